/** Follow-ups: written once by our worker, read by whoever the outcome is for under row-level security. */
import type { PersonActor } from '#domain/actor.ts';
import type { FollowUp } from '#domain/follow-up/follow-up.ts';
import type { FollowUpReader, FollowUpStore } from '#domain/follow-up/ports.ts';
import type { Database } from './database.ts';
import { storableText } from './session-rows.ts';

export class PostgresFollowUps implements FollowUpReader, FollowUpStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async get(actor: PersonActor, sessionId: string): Promise<FollowUp | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<{ body: string; flow: string; made_at: Date }>('select body, flow, made_at from follow_ups where session_id = $1', [sessionId]);
      return rows[0] ? { text: rows[0].body, madeBy: 'LangFlow', flow: rows[0].flow, madeAt: rows[0].made_at.toISOString() } : null;
    });
  }

  async material(sessionId: string): Promise<{ speaker: string; text: string }[] | 'not_over' | null> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ over: boolean }>(
        `select ended_at is not null as over from sessions
         where id = $1 and kind in ('onboarding', 'code') and not sample and not exists (select from follow_ups where session_id = $1)`,
        [sessionId],
      );
      if (!rows[0]) return null;
      if (!rows[0].over) return 'not_over';
      const items = await tx.query<{ speaker: string; text: string }>('select speaker, text from transcript_items where session_id = $1 order by start_sample, item_id', [sessionId]);
      return items.rows;
    });
  }

  async add(sessionId: string, { text, flow }: { text: string; flow: string }): Promise<void> {
    await this.#database.asService((tx) => tx.query('insert into follow_ups (session_id, body, flow) select id, $2, $3 from sessions where id = $1 on conflict do nothing', [sessionId, storableText(text), flow]));
  }
}
