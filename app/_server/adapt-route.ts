/**
 * The one door of the API: every route's request passes through here and every error leaves through here.
 * Method → rate of the address → who asks → origin → rate of the person → query and body → the route's handler, and
 * then the headers all answers share.
 */
import type { Operation, Method } from '../api/operations.ts';
import { composition } from '../composition.ts';
import type { Composition } from '../composition.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { silentLog, traceOf } from '#domain/log.ts';
import type { ScorecardContext } from '#domain/scorecard/context.ts';
import type { CodeContext } from '#domain/code/context.ts';
import type { InterestContext } from '#domain/interests/context.ts';
import type { Log } from '#domain/log.ts';
import type { OperationsContext } from '#domain/operations/dead-letters.ts';
import type { NotesContext } from '#domain/meetings/notes/get-notes.ts';
import type { SearchContext } from '#domain/meetings/search/search.ts';
import type { ShareContext } from '#domain/meetings/share/create-share.ts';
import type { AudioContext } from '#domain/session/get-audio.ts';
import { authenticate } from './authenticate.ts';
import type { Authentication } from './authenticate.ts';
import { callerOf } from './caller.ts';
import type { Caller } from './caller.ts';
import { changedCookies, prependCookies } from './fresh-session.ts';
import { keepLength, methodHeader } from './incoming-requests.ts';
import { acceptedOrigin, addCorsHeaders, checkOrigin, optionsResponse } from './origin.ts';
import { nothingSchema, parseWith, queryObject, withoutAction } from './parse-input.ts';
import { problemResponse } from './problem.ts';
import { takeToken } from './rate-limits.ts';
import { readJson } from './read-json.ts';
import { streamUrl } from '../../config/stream-url.ts';

export interface Call<Query, Body> {
  /** What the verbs need. */
  ctx: AudioContext & InterestContext & CodeContext & ScorecardContext & OperationsContext & NotesContext & ShareContext & SearchContext;
  /** The `{name}` parts of the path. */
  params: Record<string, string>;
  query: Query;
  body: Body;
  request: Request;
  caller: Caller;
  composition: Composition;
  /** Of operations that are open to anyone: who it is all the same. @throws SpoolError `auth.invalid` */
  whoAsks(): Promise<Authentication>;
}
interface Implementation {
  operation: Operation<never, never>;
  answer(call: Call<never, never>): Promise<Response> | Response;
}
type RouteHandler = (request: Request, context?: { params: Promise<Record<string, string | string[] | undefined>> }) => Promise<Response>;
export type RouteHandlers = Record<Method | 'HEAD' | 'OPTIONS', RouteHandler>;

/** Binds an operation to what answers it. */
export function implement<Query, Body>(operation: Operation<Query, Body>, answer: (call: Call<Query, Body>) => Promise<Response> | Response): Implementation {
  return { operation: operation as unknown as Operation<never, never>, answer: answer as unknown as Implementation['answer'] };
}

/** Handlers for every method of one address: those it has, and the right refusal for the others. No implementation: 404. */
export function adaptRoute(...implementations: Implementation[]): RouteHandlers {
  const byMethod = new Map(implementations.map((implementation) => [implementation.operation.method as string, implementation]));
  const get = byMethod.get('GET');
  const allow = [...byMethod.keys(), ...(get ? ['HEAD'] : []), 'OPTIONS'].join(', ');

  const handler: RouteHandler = async (request, context) => {
    const requestId = newId();
    const method = request.headers.get(methodHeader()) ?? request.method;
    const implementation = method === 'HEAD' ? get : byMethod.get(method);
    let log: Log = silentLog;
    let accepted: string | null = null;
    const cookies: string[] = [];
    let response: Response;
    try {
      const made = await composition();
      log = made.log;
      const caller = callerOf(request, made.environment.SPOOL_TRUSTED_PROXIES, made.accounts !== null);
      accepted = acceptedOrigin(request, caller, made.environment.SPOOL_ALLOWED_ORIGINS ?? []);
      if (byMethod.size === 0) throw new SpoolError('route.unknown');
      if (method === 'OPTIONS') response = optionsResponse(request, accepted, allow);
      else if (!implementation) throw new SpoolError('route.method');
      else response = await answer(implementation, { request, caller, accepted, made, cookies, params: (await context?.params) ?? {} });
    } catch (error) {
      const known = asSpoolError(error);
      if (known.code === 'internal' || known.code === 'unavailable') log.error({ requestId, operation: implementation?.operation.operationId, ...traceOf(error) }, 'A request failed.');
      response = problemResponse(known, requestId);
      if (known.code === 'route.method') response.headers.set('allow', allow);
    }
    prependCookies(response.headers, cookies);
    response.headers.set('x-request-id', requestId);
    response.headers.set('x-content-type-options', 'nosniff');
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    addCorsHeaders(response.headers, accepted);
    keepLength(response.headers);
    log.debug({ requestId, operation: implementation?.operation.operationId, method, status: response.status }, 'A request was answered.');
    return request.method === 'HEAD' ? withoutBody(response) : response;
  };
  return { GET: handler, HEAD: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler, OPTIONS: handler };
}

async function answer(
  { operation, answer: respond }: Implementation,
  { request, caller, accepted, made, cookies, params }: { request: Request; caller: Caller; accepted: string | null; made: Composition; cookies: string[]; params: Record<string, string | string[] | undefined> },
): Promise<Response> {
  if (operation.operationId !== 'getHealth') takeToken(made.limits.address, caller.rateKey);
  const whoAsks = () => authenticate(request, made, (change) => cookies.push(...changedCookies(change, made, caller)));
  const anonymous = { actor: { kind: 'anonymous' }, credential: 'other' } as const;
  const { actor, credential } = operation.access === 'person' ? await whoAsks() : anonymous;
  checkOrigin(request, accepted, credential);
  if (operation.access === 'person') {
    if (actor.kind !== 'person') throw new SpoolError('auth.required');
    takeToken(made.limits.person, actor.id);
    // A guest is known from their invitation until that session is erased; a tab left open does not bring their name back.
    if (actor.role !== 'candidate') await made.people.ensurePerson(actor);
  }

  const actions = operation.actions ?? [];
  const query = parseWith(operation.query ?? nothingSchema, withoutAction(queryObject(new URL(request.url).searchParams), actions));
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await parseBody(operation, request, actions);
  const texts = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : (value ?? '')]));
  const ctx = { actor, clock: made.clock, sessions: made.sessions, interests: made.interests, audio: made.audio, capacity: made.capacity, log: made.log, streamUrl: streamUrl(made.environment, caller), ...made.code, ...made.meetings, rtmp: () => made.meetings.rtmp(caller.hostName), ...made.operations };
  return respond({ ctx, params: texts, query: query as never, body: body as never, request, caller, composition: made, whoAsks });
}

async function parseBody(operation: Operation<never, never>, request: Request, actions: readonly string[]): Promise<unknown> {
  const sent = await readJson(request);
  if (sent === undefined && operation.body && !operation.bodyOptional) throw new SpoolError('request.not_json', 'The body is missing.');
  const input = operation.readsAction ? sent : withoutAction(sent === undefined ? {} : sent, actions);
  return parseWith(operation.body ?? nothingSchema, input);
}

function withoutBody(response: Response): Response {
  void response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}
