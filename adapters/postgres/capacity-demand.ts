/** What the rows say of how much must run, as the service role. */
import type { CapacityDemand } from '#domain/operations/capacity.ts';
import type { LiveSessionStore } from '#domain/session/ports.ts';
import { ABANDONED_AFTER_MS } from '#domain/session/session-status.ts';
import type { Database } from './database.ts';

const STREAMED = `m.source in ('rtmp', 'rtms') and s.ended_at is null`;

export class PostgresCapacityDemand implements CapacityDemand {
  readonly #database: Database;
  readonly #live: Pick<LiveSessionStore, 'abandoned'>;

  constructor(database: Database, live: Pick<LiveSessionStore, 'abandoned'>) {
    this.#database = database;
    this.#live = live;
  }

  async streamedMeetings(): Promise<number> {
    return this.#count(`from meetings m join sessions s on s.id = m.session_id where ${STREAMED}`);
  }

  async realtimeNeeded(): Promise<boolean> {
    const streams = await this.#count(`from meeting_streams t join meetings m on m.session_id = t.session_id join sessions s on s.id = m.session_id where ${STREAMED} and t.ended_at is null`);
    return streams > 0 || (await this.#live.abandoned(ABANDONED_AFTER_MS, 1)).length > 0;
  }

  /** Meetings that go on: streamed, or with somebody who writes them now. */
  async liveMeetings(): Promise<number> {
    return this.#count(
      `from sessions s left join meetings m on m.session_id = s.id
       where s.kind = 'meeting' and s.ended_at is null and (m.source in ('rtmp', 'rtms') or s.lease_expires_at > clock_timestamp())`,
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
