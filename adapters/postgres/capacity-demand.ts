/** What the rows say of how much must run, as the service role. */
import type { CapacityDemand } from '#domain/operations/capacity.ts';
import type { LiveSessionStore } from '#domain/session/ports.ts';
import { ABANDONED_AFTER_MS } from '#domain/session/session-status.ts';
import type { Database } from './database.ts';

const STREAMED = `m.source in ('rtmp', 'rtms') and s.ended_at is null`;
/** Of one person's meetings; more of them share tasks. A key that is asked for costs nothing, a task by the hour. */
const COUNTED_PER_PERSON = 3;
/** A meeting whose stream has not come is expected for this long; its key is good for a day, and would keep a GPU for as long. */
const EXPECTED_FOR = "interval '30 minutes'";

export class PostgresCapacityDemand implements CapacityDemand {
  readonly #database: Database;
  readonly #live: Pick<LiveSessionStore, 'abandoned'>;

  constructor(database: Database, live: Pick<LiveSessionStore, 'abandoned'>) {
    this.#database = database;
    this.#live = live;
  }

  async streamedMeetings(): Promise<number> {
    return this.#count(
      `from (select row_number() over (partition by s.owner_id) as number from meetings m join sessions s on s.id = m.session_id where ${STREAMED}) of_one
       where number <= $1`,
      [COUNTED_PER_PERSON],
    );
  }

  async realtimeNeeded(): Promise<boolean> {
    const streams = await this.#count(`from meeting_streams t join meetings m on m.session_id = t.session_id join sessions s on s.id = m.session_id where ${STREAMED} and t.ended_at is null`);
    return streams > 0 || (await this.#live.abandoned(ABANDONED_AFTER_MS, 1)).length > 0;
  }

  /** Meetings that go on: streamed or about to be, or with somebody who writes them now. */
  async liveMeetings(): Promise<number> {
    return this.#count(
      `from sessions s left join meetings m on m.session_id = s.id
       where s.kind = 'meeting' and s.ended_at is null and (
         s.lease_expires_at > clock_timestamp()
         or m.source in ('rtmp', 'rtms') and (s.created_at > clock_timestamp() - ${EXPECTED_FOR} or exists (select 1 from meeting_streams t where t.session_id = s.id))
       )`,
    );
  }

  /** Programs that were finished in the last `withinMs`. */
  async codeRuns(withinMs: number): Promise<number> {
    return this.#count('from code_runs where finished_at > clock_timestamp() - make_interval(secs => $1::float8 / 1000)', [withinMs]);
  }

  async #count(from: string, params: unknown[] = []): Promise<number> {
    const { rows } = await this.#database.asService((tx) => tx.query<{ count: number }>(`select count(*)::int as count ${from}`, params));
    return rows[0]!.count;
  }
}
