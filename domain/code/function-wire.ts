/**
 * What the process that asks for a run and the function that does it tell each other. Expected values do not go: in the
 * machine a program runs on nothing is out of its reach, so what it answers is compared outside.
 */
import { z } from 'zod';
import type { RunnerDescription, RunRequest } from './ports.ts';
import { runResultSchema } from './run.ts';

type Tests = NonNullable<RunRequest['tests']>;
/** A run as the function gets it. */
export type ForeignRun = Omit<RunRequest, 'tests'> & { tests?: Omit<Tests, 'cases'> & { cases: Omit<Tests['cases'][number], 'expected'>[] } };
export type ToFunction = { op: 'describe' } | { op: 'run'; request: ForeignRun };

export const fromFunctionSchema = z.union([
  /** `answers`: of each case the value as it came; null where it gave none that could be compared. Such a case counts as passed in `result`. */
  z.strictObject({ type: z.literal('result'), result: runResultSchema, answers: z.array(z.string().nullable()) }),
  /** The time of the invocation was over first. */
  z.strictObject({ type: z.literal('late') }),
  z.strictObject({ type: z.literal('refused'), code: z.string(), personMessage: z.string() }),
  z.strictObject({ type: z.literal('description'), description: z.unknown().transform((value) => value as RunnerDescription) }),
]);
export type FromFunction = z.infer<typeof fromFunctionSchema>;
