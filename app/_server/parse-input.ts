/** Query and body against an operation's schemas, and the `action` older clients send. */
import { z } from 'zod';
import { SpoolError } from '#domain/errors.ts';
import type { FieldProblem } from '#domain/errors.ts';
import { MAX_FIELDS, fieldProblems } from './problem.ts';

/** Query parameters as an object. @throws SpoolError `request.invalid` for one given twice */
export function queryObject(search: URLSearchParams): Record<string, unknown> {
  const repeated = [...new Set(search.keys())].filter((key) => search.getAll(key).length > 1);
  if (repeated.length > 0) throw invalid(repeated.map((key) => ({ path: `$.${key}`, message: 'Give it only once.' })));
  return Object.fromEntries(search);
}

/** The input without `action`. @throws SpoolError `request.action_mismatch` when there is one that does not belong here */
export function withoutAction(input: unknown, actions: readonly string[]): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input) || !Object.hasOwn(input, 'action')) return input;
  const { action, ...rest } = input as Record<string, unknown>;
  if (typeof action !== 'string' || !actions.includes(action)) {
    throw new SpoolError('request.action_mismatch', undefined, {
      errors: [{ path: '$.action', message: actions.length > 0 ? `Send ${actions.join(' or ')}, or leave it out.` : 'Leave it out here.' }],
    });
  }
  return rest;
}

/** @throws SpoolError `request.invalid` with every problem */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(fieldProblems(parsed.error));
  return parsed.data;
}

export const nothingSchema = z.strictObject({});

function invalid(errors: FieldProblem[]): SpoolError {
  return new SpoolError('request.invalid', undefined, { errors: errors.slice(0, MAX_FIELDS) });
}
