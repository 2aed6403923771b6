/**
 * The REST API without a port: requests go to the route handlers Next would call, over a real database and real files,
 * and every answer is held against the OpenAPI document.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { peerHeader } from '#app/_server/incoming-requests.ts';
import type { RouteHandlers } from '#app/_server/adapt-route.ts';
import { openapiDocument } from '#app/api/openapi.ts';
import { compose, useComposition } from '#app/composition.ts';
import type { Composition } from '#app/composition.ts';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import type { Role } from '#domain/actor.ts';
import { sha256Hex } from '#domain/hash.ts';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import type { SessionChanges } from '#domain/session/ports.ts';
import { startTestDatabase } from './database.ts';
import { parseEnvironment } from '../../config/environment.ts';

const API_DIR = path.resolve(import.meta.dirname, '../../app/api');

export interface RestRequest {
  token?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: BodyInit;
  headers?: Record<string, string>;
  /** The socket's other end; null: not known. */
  peer?: string | null;
}
export interface RestAnswer {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON. */
  json: any;
  bytes: Uint8Array;
  text: string;
}
export interface RestRoute {
  /** As in the OpenAPI document, e.g. `/api/sessions/{id}`. */
  path: string;
  /** Its last parameter takes the rest of the address. */
  takesRest: boolean;
  module: RouteHandlers;
}
export interface RestWorld {
  send(method: string, address: string, request?: RestRequest): Promise<RestAnswer>;
  /** Signs in and gives the token. */
  signIn(name: string, role?: Role): Promise<string>;
  composition: Composition;
  /** Writes to a session as its live session would. */
  live(sessionId: string, changes: SessionChanges): Promise<void>;
  /** Shows a ticket as at the stream's door; who is let in as an observer may then watch, or not any more. */
  letsIn(ticket: string): Promise<{ maySeeIt(): Promise<boolean> } | null>;
  /** Appends what the person said. */
  say(sessionId: string, samples: Int16Array): Promise<void>;
  /** Of everybody the database knows. */
  names(): Promise<string[]>;
  routes: RestRoute[];
  close(): Promise<void>;
}

/** @param variables environment variables beyond the database and the data directory */
export async function openRestWorld(variables: Record<string, string> = {}, clock: Clock = systemClock): Promise<RestWorld> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-rest-'));
  const testDatabase = await startTestDatabase();
  const environment = parseEnvironment({ SPOOL_DATA_DIR: dataDir, DATABASE_URL: testDatabase.url, SPOOL_LOG_LEVEL: 'silent', ...variables });
  const composition = await compose(environment, { clock, log: silentLog });
  const database = new Database({ url: testDatabase.url, maxConnections: 2 });
  const store = new PostgresLiveSessionStore(database, enqueueJob);
  const audio = createFilesystemAudioLog({ directory: dataDir, clock: systemClock, log: silentLog });
  const routes = await findRoutes();
  const document = openapiDocument();
  useComposition(composition);

  async function send(method: string, address: string, { token, body, raw, headers = {}, peer = '127.0.0.1' }: RestRequest = {}): Promise<RestAnswer> {
    useComposition(composition);
    const sent = new Headers({ host: 'localhost:3000', ...headers });
    if (token) sent.set('authorization', `Bearer ${token}`);
    if (peer !== null) sent.set(peerHeader(), peer);
    if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
    const url = new URL(address, 'http://localhost:3000');
    const { route, params } = match(routes, url.pathname);
    const init: RequestInit & { duplex: 'half' } = { method, headers: sent, body: body === undefined ? raw : JSON.stringify(body), duplex: 'half' };
    const response = await route.module[method as keyof RouteHandlers](new Request(url, init), { params: Promise.resolve(params) });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    const answer = { status: response.status, headers: response.headers, bytes, text, json: /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : undefined };
    checkAgainst(document, route.path, method, answer);
    return answer;
  }

  return {
    send,
    composition,
    routes,
    async signIn(name, role = 'learner') {
      const { json } = await send('POST', '/api/auth/local', { body: { name, role } });
      return json.token as string;
    },
    async letsIn(ticket) {
      const claim = await store.consumeTicket(await sha256Hex(ticket));
      return claim && { maySeeIt: () => store.mayWatch(claim.sessionId, claim.personId) };
    },
    async live(sessionId, changes) {
      const lease = await store.acquireLease(sessionId, `test:${crypto.randomUUID()}`, 1);
      if (!lease || !('epoch' in lease)) throw new Error('The session could not be written to.');
      await store.commit(sessionId, lease.epoch, changes);
    },
    async say(sessionId, samples) {
      const writer = await audio.openWriter(sessionId, 1);
      await writer.append(samples);
      await writer.close();
    },
    names: () => database.asService(async (tx) => (await tx.query<{ name: string }>('select name from people')).rows.map(({ name }) => name)),
    async close() {
      await audio.stop();
      await composition.close();
      await database.close();
      await testDatabase.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every route file, under the address Next gives it. */
async function findRoutes(): Promise<RestRoute[]> {
  const files = (await readdir(API_DIR, { recursive: true })).filter((file) => path.basename(file) === 'route.ts').sort();
  return Promise.all(
    files.map(async (file) => {
      const parts = path.dirname(file).split(path.sep).map((part) => part.replace(/^\[(?:\.\.\.)?(\w+)\]$/, '{$1}'));
      const takesRest = file.includes('[...') && !file.includes('[[...');
      return { path: `/api/${parts.join('/')}`, takesRest, module: (await import(pathToFileURL(path.join(API_DIR, file)).href)) as RouteHandlers };
    }),
  );
}

function match(routes: RestRoute[], pathname: string): { route: RestRoute; params: Record<string, string> } {
  // An address of its own comes before a parameter, as in Next.
  for (const route of routes.toSorted((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))) {
    const pattern = new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}(?=(.?))/g, (_, name, next) => `(?<${name}>${route.takesRest && next === '' ? '.+' : '[^/]+'})`)}$`);
    const found = route.path.includes('[[') ? null : pattern.exec(pathname);
    if (found) return { route, params: Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])) };
  }
  return { route: routes.find((route) => route.path.includes('[['))!, params: {} };
}

/** The status must be documented and the JSON must fit its schema; refused methods and unknown addresses are problems. */
function checkAgainst(document: any, routePath: string, method: string, answer: RestAnswer): void {
  const operation = document.paths[routePath]?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
  const documented = operation?.responses[String(answer.status)];
  const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  if (!documented && !(method === 'OPTIONS' || answer.status === 404 || answer.status === 405)) throw new Error(`${method} ${routePath} answered ${answer.status}, which is not documented.`);
  if (answer.bytes.byteLength === 0) return;
  const type = answer.headers.get('content-type')!.split(';')[0]!;
  const content = (documented ?? problem).content?.[type];
  if (!content) throw new Error(`${method} ${routePath} answered ${answer.status} with ${type}, which is not documented.`);
  if (answer.json !== undefined) schemaOf(document, content.schema).parse(answer.json);
}

const schemas = new Map<string, z.ZodType>();
function schemaOf(document: any, schema: any): z.ZodType {
  const key = JSON.stringify(schema);
  let made = schemas.get(key);
  if (!made) {
    const inlined = closed(JSON.parse(key.replaceAll('#/components/schemas/', '#/$defs/')));
    const definitions = closed(JSON.parse(JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/')));
    made = z.fromJSONSchema({ ...inlined, $defs: definitions });
    schemas.set(key, made);
  }
  return made;
}

/** The document lets answers grow; today's may have no field it does not name. */
function closed(schema: any): any {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return inner.type === 'object' && inner.properties && inner.additionalProperties === undefined ? { ...inner, additionalProperties: false } : inner;
}
