/**
 * What stands before a database of Supabase, for functions: `POST /rest/v1/rpc/<function>` as docs.postgrest.org has it
 * (functions that give one value or none), and the gateway's `apikey`. On loopback, over a real database.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, errors, jwtVerify } from 'jose';
import pg from 'pg';

export interface PostgrestServer {
  url: string;
  /** What the gateway lets in; no token. */
  key: string;
  /** A token of the project. `role`: who its bearer is in the database. */
  token(role: string, expires?: string): Promise<string>;
  /** The next request is answered with this status by something in between, cut off, or never answered. */
  failNext(how: number | 'reset' | 'silent' | 'page'): void;
  /** Names of the functions called, in order. */
  calls: string[];
  stop(): Promise<void>;
}

interface Answer {
  status: number;
  body?: unknown;
}
/** Errors of the service itself, and of Postgres, have the same four fields. */
const problem = (status: number, code: string, message: string, details: string | null = null, hint: string | null = null): Answer => ({ status, body: { code, message, details, hint } });

export async function startPostgrestServer(databaseUrl: string): Promise<PostgrestServer> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  const key = 'sb_publishable_for_tests';
  const secret = new TextEncoder().encode('a secret of the project, 32 bytes or more');
  const calls: string[] = [];
  let fault: Parameters<PostgrestServer['failNext']>[0] | null = null;

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.headers['apikey'] !== key) return { status: 401, body: { message: 'Invalid API key', hint: 'Double check your API key.' } };
    const name = /^\/rest\/v1\/rpc\/(\w+)$/.exec(pathname)?.[1];
    if (!name) return problem(404, 'PGRST125', 'Invalid path specified in request URL');
    if (request.method !== 'POST') return problem(405, 'PGRST101', `Cannot use the ${request.method} method on RPC`);
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    let claims: Record<string, unknown> = {};
    try {
      if (bearer) claims = (await jwtVerify(bearer, secret, { algorithms: ['HS256'] })).payload;
    } catch (error) {
      return error instanceof errors.JWTExpired ? problem(401, 'PGRST303', 'JWT expired') : problem(401, 'PGRST301', 'No suitable key or wrong key type');
    }
    let args: Record<string, unknown>;
    try {
      args = JSON.parse(await textOf(request)) as Record<string, unknown>;
    } catch {
      return problem(400, 'PGRST102', 'Empty or invalid json');
    }
    calls.push(name);
    return call(pool, name, args, { role: 'anon', ...claims });
  }

  const server = createServer((request, response) => {
    const how = fault;
    fault = null;
    if (how === 'reset') return request.socket.resetAndDestroy();
    if (how === 'silent') return;
    if (how === 'page') return response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Please sign in to this network.</p>');
    if (how !== null) return response.writeHead(how, { 'content-type': 'text/plain' }).end('upstream says no');
    answer(request).then(
      ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body === undefined ? undefined : JSON.stringify(body)),
      (error: unknown) => response.destroy(error as Error),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    token: (role, expires = '1h') => new SignJWT({ role }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(expires).sign(secret),
    failNext(how) {
      fault = how;
    },
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await pool.end();
    },
  };
}

/** One transaction as the role of the claims; arguments by name, as their types are declared. */
async function call(pool: pg.Pool, name: string, args: Record<string, unknown>, claims: Record<string, unknown>): Promise<Answer> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch {
    return problem(503, 'PGRST000', 'Database connection error. Retrying the connection.');
  }
  try {
    const { rows } = await client.query<{ names: string[] | null; types: string[]; defaults: number; void: boolean }>(
      `select proargnames as names, array(select format_type(t, null) from unnest(proargtypes) with ordinality as a (t, n) order by n) as types, pronargdefaults as defaults, prorettype = 'void'::regtype as void
       from pg_proc where pronamespace = 'public'::regnamespace and proname = $1 and prokind = 'f' and prorettype <> 'trigger'::regtype`,
      [name],
    );
    const given = Object.keys(args);
    const found = rows.find(({ names, types, defaults }) => given.every((arg) => names?.includes(arg)) && (names ?? []).slice(0, types.length - defaults).every((arg) => given.includes(arg)));
    if (!found) return problem(404, 'PGRST202', `Could not find the function public.${name}(${given.join(', ')}) in the schema cache`);
    const typeOf = (arg: string) => found.types[found.names!.indexOf(arg)]!;
    const sql = `public.${pg.escapeIdentifier(name)}(${given.map((arg) => `${pg.escapeIdentifier(arg)} => given.${pg.escapeIdentifier(arg)}`).join(', ')})`;
    const columns = given.map((arg) => `${pg.escapeIdentifier(arg)} ${typeOf(arg)}`).join(', ');
    await client.query(`begin; set local role ${pg.escapeIdentifier(String(claims.role))}; select set_config('request.jwt.claims', ${pg.escapeLiteral(JSON.stringify(claims))}, true)`);
    const { rows: answers } = await client.query<{ value?: unknown }>(`select ${found.void ? sql : `to_json(${sql}) as value`} from json_to_record($1::json) as given (${columns})`, [JSON.stringify(args)]);
    await client.query('commit');
    return found.void ? { status: 204 } : { status: 200, body: answers[0]!.value };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const { code = 'XX000', message, detail, hint } = error as pg.DatabaseError;
    return problem(statusOf(code, claims.role !== 'anon'), code, message, detail ?? null, hint ?? null);
  } finally {
    client.release();
  }
}

/** By SQLSTATE, the first that fits. */
const STATUSES: [RegExp, number][] = [
  [/^(?:08|53(?!400))/, 503],
  [/^(?:0L|0P|28)/, 403],
  [/^(?:23503|23505)$/, 409],
  [/^25006$/, 405],
  [/^(?:09|25|2D|38|39|3B|40|53400|54|55|57|58|F0|HV|XX)/, 500],
  [/^P0001$/, 400],
  [/^P0/, 500],
  [/^(?:42883|42P01)$/, 404],
];
function statusOf(code: string, authenticated: boolean): number {
  if (code === '42501') return authenticated ? 403 : 401;
  return STATUSES.find(([pattern]) => pattern.test(code))?.[1] ?? 400;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece as string;
  return text;
}
