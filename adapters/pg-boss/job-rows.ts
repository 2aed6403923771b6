/**
 * pg-boss's rows while SQS carries the jobs; no instance of pg-boss runs then. A row that is handed over is `active` with
 * no `started_on`, and `heartbeat_on` says until when that holds; a running one is as pg-boss's own.
 */
import type { JobPlace, JobRows, TakenJob } from '#domain/jobs/job-rows.ts';
import { retryPauseS } from '#domain/jobs/retry-pause.ts';
import type { Database } from '../postgres/database.ts';
import { QUEUE_SCHEMA } from './enqueue.ts';

const JOB = `${QUEUE_SCHEMA}.job`;

export interface RowTimes {
  /** A row the queue did not take within this is handed over again. A duplicate is harmless. */
  unconfirmedS: number;
  /** A row that the queue has and nobody began: its message may be lost (retention, a purge). */
  confirmedS: number;
  /** A run that was not heard of for this long has no worker any more: whoever gets its message takes it. Two beats < this < the visibility time. */
  silentS: number;
  /** A run whose message did not bring another worker by then: handed over again. Several visibility times. */
  lostS: number;
}
export const ROW_TIMES: RowTimes = { unconfirmedS: 60, confirmedS: 6 * 3600, silentS: 75, lostS: 1800 };
/** Rows that are removed in one statement. */
const TIDY_BATCH = 1000;

export class PostgresJobRows implements JobRows {
  readonly #database: Database;
  readonly #times: RowTimes;
  readonly #random: () => number;

  /** `random` spreads the pauses of jobs that failed together. */
  constructor(database: Database, { times = {}, random = Math.random }: { times?: Partial<RowTimes>; random?: () => number } = {}) {
    this.#database = database;
    this.#times = { ...ROW_TIMES, ...times };
    this.#random = random;
  }

  async handOver(names: readonly string[], limit: number): Promise<JobPlace[]> {
    const { rows } = await this.#database.asOwner<JobPlace>(
      `with due as (
         select name, id from ${JOB}
         where name = any($1) and state < 'active' and not blocked and start_after <= now()
         order by start_after limit $2 for update skip locked)
       update ${JOB} j
       set state = 'active', started_on = null, heartbeat_on = now() + make_interval(secs => $3),
           retry_count = case when j.state = 'retry' then j.retry_count + 1 else j.retry_count end
       from due where j.name = due.name and j.id = due.id
       returning j.name, j.id`,
      [names, limit, this.#times.unconfirmedS],
    );
    return rows;
  }

  async reclaim(names: readonly string[]): Promise<number> {
    const { rowCount } = await this.#database.asOwner(
      `update ${JOB} set ${DUE_AGAIN}
       where name = any($1) and state = 'active' and (started_on is null and heartbeat_on <= now() or started_on is not null and heartbeat_on < now() - make_interval(secs => $2))`,
      [names, this.#times.lostS],
    );
    return rowCount;
  }

  async confirm(places: readonly JobPlace[]): Promise<void> {
    await this.#database.asOwner(
      `update ${JOB} j set heartbeat_on = now() + make_interval(secs => $3)
       from unnest($1::text[], $2::uuid[]) as sent(name, id)
       where j.name = sent.name and j.id = sent.id and j.state = 'active' and j.started_on is null`,
      [places.map(({ name }) => name), places.map(({ id }) => id), this.#times.confirmedS],
    );
  }

  async take({ name, id }: JobPlace): Promise<TakenJob | 'busy' | 'over'> {
    const { rows } = await this.#database.asOwner<Omit<TakenJob, 'name' | 'id'>>(
      `update ${JOB} set started_on = clock_timestamp(), heartbeat_on = now()
       where name = $1 and id = $2 and state = 'active' and (started_on is null or heartbeat_on < now() - make_interval(secs => $3))
       returning data as payload, retry_count as "retryCount", retry_limit as "retryLimit", retry_delay as "retryDelayS",
                 retry_delay_max as "retryDelayMaxS", expire_seconds as "expireS", started_on::text as run`,
      [name, id, this.#times.silentS],
    );
    if (rows[0]) return { ...rows[0], name, id };
    return this.#standing({ name, id });
  }

  async touch({ name, id, run }: TakenJob): Promise<boolean> {
    const { rowCount } = await this.#database.asOwner(`update ${JOB} set heartbeat_on = now() where ${RUN}`, [name, id, run]);
    return rowCount === 1;
  }

  async complete({ name, id, run }: TakenJob): Promise<void> {
    await this.#database.asOwner(`update ${JOB} set state = 'completed', completed_on = now(), output = null where ${RUN}`, [name, id, run]);
  }

  async fail(job: TakenJob, code: string): Promise<void> {
    const { name, id, run, retryCount, retryLimit } = job;
    if (retryCount >= retryLimit) {
      await this.#bury(RUN, [name, id, run], code);
      return;
    }
    await this.#database.asOwner(
      `update ${JOB} set state = 'retry', heartbeat_on = null, output = $4::jsonb, start_after = now() + make_interval(secs => $5) where ${RUN}`,
      [name, id, run, JSON.stringify({ message: code }), retryPauseS(job, this.#random())],
    );
  }

  async giveBack({ name, id, run }: TakenJob): Promise<void> {
    await this.#database.asOwner(`update ${JOB} set started_on = null, heartbeat_on = now() + make_interval(secs => $4) where ${RUN}`, [name, id, run, this.#times.confirmedS]);
  }

  async writeOff({ name, id }: JobPlace): Promise<'dead' | 'again' | 'busy' | 'over'> {
    const silent = `name = $1 and id = $2 and state = 'active' and started_on is not null and heartbeat_on < now() - make_interval(secs => $3)`;
    if (await this.#bury(silent, [name, id, this.#times.silentS], 'worker.died')) return 'dead';
    const { rowCount } = await this.#database.asOwner(`update ${JOB} set ${DUE_AGAIN} where name = $1 and id = $2 and state = 'active' and started_on is null`, [name, id]);
    return rowCount === 1 ? 'again' : this.#standing({ name, id });
  }

  /** As pg-boss: what was done a while ago, and what nobody began in time. */
  async tidy(): Promise<number> {
    const { rowCount } = await this.#database.asOwner(
      `delete from ${JOB} j using (
         select name, id from ${JOB}
         where deletion_seconds > 0 and completed_on + make_interval(secs => deletion_seconds) < now()
            or state in ('created', 'retry') and keep_until < now()
         limit ${TIDY_BATCH} for update skip locked) as old
       where j.name = old.name and j.id = old.id`,
    );
    return rowCount;
  }

  async #standing({ name, id }: JobPlace): Promise<'busy' | 'over'> {
    const { rows } = await this.#database.asOwner(`select 1 from ${JOB} where name = $1 and id = $2 and state = 'active'`, [name, id]);
    return rows.length > 0 ? 'busy' : 'over';
  }

  /** Fails the row for good and adds the dead letter, as pg-boss does; true when there was such a row. */
  async #bury(where: string, key: [string, string, string | number], code: string): Promise<boolean> {
    const { rows } = await this.#database.asOwner<{ buried: number }>(
      `with failed as (
         update ${JOB} set state = 'failed', completed_on = now(), heartbeat_on = null, output = $4::jsonb where ${where} returning *
       ), letter as (
         insert into ${JOB} (name, priority, data, output, retry_limit, retry_backoff, retry_delay, keep_until, deletion_seconds, expire_seconds,
                             source_name, source_id, source_created_on, source_retry_count, heartbeat_seconds)
         select q.name, f.priority, f.data, f.output, q.retry_limit, q.retry_backoff, q.retry_delay, now() + make_interval(secs => q.retention_seconds),
                q.deletion_seconds, q.expire_seconds, f.name, f.id, f.created_on, f.retry_count, q.heartbeat_seconds
         from failed f join ${QUEUE_SCHEMA}.queue q on q.name = f.dead_letter
       )
       select count(*)::int as buried from failed`,
      [...key, JSON.stringify({ message: code })],
    );
    return rows[0]?.buried === 1;
  }
}

/** At once, and with no try lost. */
const DUE_AGAIN = `state = 'created', started_on = null, heartbeat_on = null, start_after = now()`;
/** The one run that began then. */
const RUN = `name = $1 and id = $2 and state = 'active' and started_on = $3::timestamptz`;
