/**
 * Postgres through `pg`, always in a transaction that has stepped down into a role: a person's, with the person's
 * claims (row-level security then decides what exists), or our servers' own. Nothing here sets anything on the
 * connection itself, names a statement or listens, so the same code runs on PGlite, where all clients share one session.
 */
import pg from 'pg';
import type { PersonActor } from '#domain/actor.ts';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { isConnectionLoss, isOutOfResources, isWorthRepeating } from './database-errors.ts';

export type Row = Record<string, unknown>;
export interface QueryResult<R> {
  rows: R[];
  rowCount: number;
}
/** An open transaction. It may await nothing but its own queries: on PGlite everybody waits for it. */
export interface Transaction {
  query<R = Row>(sql: string, params?: unknown[]): Promise<QueryResult<R>>;
  /** Goes on as our servers' role, e.g. to enqueue a job after the person's own right was established. */
  becomeService(): Promise<void>;
}
export interface DatabaseOptions {
  url: string;
  /** Connections held at most. */
  maxConnections?: number;
  /** For how long a lost connection is tried again before the caller hears `unavailable`. */
  retryForMs?: number;
  clock?: Clock;
  /** Told about connections that broke while idle; static words only. */
  onWarning?(message: string, error: unknown): void;
}

/** No statement of ours takes a second on a healthy database; a hung one must not hang the session. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** What the client waits for an answer: the server's own limit comes first. */
const QUERY_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A restarted embedded database is back within about a second; Fargate fails over to another task sooner than 5 s. */
const RETRY_FOR_MS = 5_000;
const RETRY_DELAYS_MS = [20, 50, 100, 200, 400];
/** A process that is stopped in mid-transaction holds rows that its successor wants; a healthy one is silent for milliseconds. */
const TRANSACTION_IDLE_TIMEOUT_MS = 3_000;
/** PGlite never comes back from ending its one session; its server (adapters/pglite) cuts off idle clients itself. */
const LIMITS = `set local statement_timeout = ${STATEMENT_TIMEOUT_MS};
  select set_config('idle_in_transaction_session_timeout', case when current_setting('spool.embedded', true) = 'on' then '0' else '${TRANSACTION_IDLE_TIMEOUT_MS}' end, true)`;

export class Database {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #retryForMs: number;

  constructor(options: DatabaseOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#retryForMs = options.retryForMs ?? RETRY_FOR_MS;
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.maxConnections ?? 10,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    });
    this.#pool.on('error', (error) => options.onWarning?.('An idle database connection broke.', error));
    // While a connection is in use only its query hears of a break; without a listener the process would end.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /**
   * One transaction as the person. `run` may be called again after a lost connection, so it must not act on anything
   * but the transaction. @throws SpoolError `unavailable` when the database stays away, or when it went away during
   * the commit, whose outcome is then unknown (`fields.outcome`).
   */
  asPerson<T>(actor: PersonActor, run: (tx: Transaction) => Promise<T>): Promise<T> {
    const claims = JSON.stringify({ sub: actor.id, role: 'authenticated', name: actor.name.toWellFormed().replaceAll('\0', ''), app_metadata: { role: actor.role } });
    return this.#transaction(`set local role authenticated; select set_config('request.jwt.claims', ${pg.escapeLiteral(claims)}, true)`, run);
  }

  /** One transaction as our servers' role `spool_service`, which has the few rights they need. Otherwise like `asPerson`. */
  asService<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#transaction('set local role spool_service', run);
  }

  /** One transaction as nobody: what a request without a valid token may see. */
  asAnonymous<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#transaction('set local role anon', run);
  }

  /**
   * Runs SQL as the login role, outside of any transaction of ours, for the job queue's own statements (which may
   * carry their own begin and commit) and for operations. Never for anything a person asked for.
   */
  async asOwner<R = Row>(sql: string, params?: unknown[]): Promise<QueryResult<R>> {
    const client = await this.#retrying(() => this.#pool.connect());
    let broken = true;
    try {
      const result = await client.query(sql, params);
      broken = false;
      // Several statements answer with several results; the one with rows is meant.
      const results = (Array.isArray(result) ? result : [result]) as pg.QueryResult[];
      return { rows: results.flatMap((one) => one.rows ?? []) as R[], rowCount: results.at(-1)?.rowCount ?? 0 };
    } finally {
      // A failed block may have left its transaction open; the connection goes with it.
      client.release(broken);
    }
  }

  /** Whether a query succeeds now, without trying again. */
  async reachable(): Promise<boolean> {
    return this.#pool.query('select 1').then(() => true, () => false);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #transaction<T>(stepDown: string, run: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#retrying(async () => {
      const client = await this.#pool.connect();
      let broken = true;
      try {
        await client.query(`begin; ${LIMITS}; ${stepDown}`);
        const result = await run(transactionOn(client));
        await commit(client);
        broken = false;
        return result;
      } catch (error) {
        if (!isConnectionLoss(error)) broken = await client.query('rollback').then(() => false, () => true);
        throw error;
      } finally {
        client.release(broken);
      }
    });
  }

  /** Tries again while the database cannot be reached, or two transactions stood in each other's way. */
  async #retrying<T>(attempt: () => Promise<T>): Promise<T> {
    const giveUpAtMs = this.#clock.monotonicMs() + this.#retryForMs;
    for (let count = 0; ; count += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!isWorthRepeating(error) && isOutOfResources(error)) throw new SpoolError('unavailable', 'The database lacks room or time.', { cause: error, fields: { outcome: 'not_done' } });
        if (error instanceof SpoolError || !isWorthRepeating(error)) throw error;
        const delayMs = RETRY_DELAYS_MS[Math.min(count, RETRY_DELAYS_MS.length - 1)]!;
        if (this.#clock.monotonicMs() + delayMs > giveUpAtMs) throw new SpoolError('unavailable', 'The database cannot be reached.', { cause: error, fields: { outcome: 'not_done' } });
        await new Promise<void>((resolve) => this.#clock.schedule(delayMs, resolve));
      }
    }
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('commit');
  } catch (error) {
    if (isConnectionLoss(error)) throw new SpoolError('unavailable', 'The database went away during a commit.', { cause: error, fields: { outcome: 'unknown' } });
    throw error;
  }
}

function transactionOn(client: pg.PoolClient): Transaction {
  return {
    async query<R>(sql: string, params?: unknown[]) {
      const result = await client.query(sql, params);
      return { rows: result.rows as R[], rowCount: result.rowCount ?? 0 };
    },
    async becomeService() {
      await client.query('set local role spool_service');
    },
  };
}
