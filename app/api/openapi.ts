/** The OpenAPI 3.1 document, made of the operations the routes themselves parse with. */
import { z } from 'zod';
import { ERRORS } from '#domain/errors.ts';
import type { ErrorCode } from '#domain/errors.ts';
import { interestSchema } from '#domain/interests/interest.ts';
import { sessionEventSchema, sessionSchema, transcriptItemSchema } from '#domain/session/session.ts';
import { problemSchema } from '../_server/problem.ts';
import { OPERATIONS, errorsOf } from './operations.ts';
import type { Answer, Operation } from './operations.ts';

type Json = Record<string, unknown>;

/** Schemas with a name of their own in the document. */
const NAMED: Record<string, z.ZodType> = { Session: sessionSchema, TranscriptItem: transcriptItemSchema, SessionEvent: sessionEventSchema, Interest: interestSchema, Problem: problemSchema };

export function openapiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method.toLowerCase()] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Spool',
      version: '1',
      description: 'Voice sessions. Errors are problem documents (RFC 9457) with a stable `code`; unknown fields are refused; docs/api.md explains the rest.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(NAMED).map(([name, schema]) => [name, jsonSchema(schema, 'output', name)])),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'spool_session_3000', description: 'The name ends in the port of the instance.' },
      },
    },
  };
}

function describe(operation: Operation<never, never>): Json {
  return {
    operationId: operation.operationId,
    tags: [operation.tag],
    summary: operation.summary,
    security: operation.access === 'person' ? [{ bearer: [] }, { cookie: [] }] : [],
    ...parametersOf(operation),
    ...(operation.body && { requestBody: { required: !operation.bodyOptional, content: { 'application/json': { schema: jsonSchema(operation.body, 'input') } } } }),
    responses: { ...answersOf(operation.answers), ...problemsOf(errorsOf(operation)) },
  };
}

function parametersOf(operation: Operation<never, never>): Json {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const query = operation.query instanceof z.ZodObject ? Object.entries(operation.query.shape as Record<string, z.ZodType>) : [];
  const inQuery = query.map(([name, schema]) => {
    const { description, ...rest } = jsonSchema(schema, 'output');
    return { name, in: 'query', required: !schema.safeParse(undefined).success, ...(description !== undefined && { description }), schema: rest };
  });
  const parameters = [...inPath, ...inQuery];
  return parameters.length > 0 ? { parameters } : {};
}

function answersOf(answers: Record<number, Answer>): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, content }]) => [
      status,
      { description, ...(content && { content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, mediaType(schema)])) }) },
    ]),
  );
}

function mediaType(schema: z.ZodType | 'text' | 'binary'): Json {
  if (schema === 'binary') return {};
  return { schema: schema === 'text' ? { type: 'string' } : jsonSchema(schema, 'output') };
}

/** One answer per status, which names the codes it can carry. */
function problemsOf(codes: ErrorCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** A schema in place, with references to the named ones. @param self the named schema being defined, which is not a reference to itself */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', self?: string): Json {
  const registry = z.registry<{ id: string }>();
  for (const [name, named] of Object.entries(NAMED)) if (name !== self) registry.add(named, { id: name });
  const { $schema: _dialect, $defs: _definitions, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    metadata: registry,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => describeFrom(zodSchema, made),
  }) as Json;
  return relocate(rest, io) as Json;
}

/** The registry above replaces the one `.describe()` writes to, so its words are carried over. */
function describeFrom(schema: unknown, made: Json): void {
  const description = (schema as z.ZodType).description;
  if (description !== undefined) made.description = description;
}

/** References point into the document; answers may get more fields one day, so they are not closed. */
function relocate(value: unknown, io: 'input' | 'output'): unknown {
  if (Array.isArray(value)) return value.map((inner) => relocate(inner, io));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(io === 'output' && key === 'additionalProperties' && inner === false))
      .map(([key, inner]) => [key, key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : relocate(inner, io)]),
  );
}
