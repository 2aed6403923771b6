/** The shape of an operation, and how one is written down. */
import type { z } from 'zod';
import type { ErrorCode } from '#domain/errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Answer {
  description: string;
  /** Media type → schema of JSON, or `text` / `binary`. None: no body. */
  content?: Record<string, z.ZodType | 'text' | 'binary'>;
}

export interface Operation<Query = unknown, Body = unknown> {
  operationId: string;
  method: Method;
  /** As in OpenAPI, e.g. `/api/sessions/{id}`. */
  path: `/api/${string}`;
  tag: 'Health' | 'Auth' | 'Sessions' | 'Interests' | 'Code' | 'Meetings' | 'Operations';
  summary: string;
  /** `person`: a token or the session cookie is needed. */
  access: 'person' | 'anyone';
  /** Values of `action` that older clients may send here. */
  actions?: readonly string[];
  /** `action` is a field of its own here. */
  readsAction?: boolean;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** A request without a body counts as `{}`. */
  bodyOptional?: boolean;
  answers: Record<number, Answer>;
  /** Beyond those every operation of its shape can have. */
  errors?: readonly ErrorCode[];
}

export function operation<Query = Record<string, never>, Body = undefined>(definition: Operation<Query, Body>): Operation<Query, Body> {
  return definition;
}
export const json = (schema: z.ZodType, description: string): Answer => ({ description, content: { 'application/json': schema } });
