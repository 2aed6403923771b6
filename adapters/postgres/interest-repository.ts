/** What people see and decide of their interests. Every query runs with the person's claims. */
import type { PersonActor } from '#domain/actor.ts';
import type { Interest, Sentiment } from '#domain/interests/interest.ts';
import type { InterestRecord, InterestRepository, Profile, TopicDecision } from '#domain/interests/ports.ts';
import { shownInterest } from '#domain/interests/shown-interest.ts';
import type { Database, Transaction } from './database.ts';
import { FIRST_MENTION, INTEREST_COLUMNS, profileInterests, SHOWN } from './interest-rows.ts';
import type { EnqueueJob } from './live-session-store.ts';
import { summaryWanted } from './profile-summaries.ts';

/** A sample is about an invented person: neither the profile nor a decision about a topic knows of it. */
const OF_THE_PERSON = 'session_id not in (select id from sessions where sample)';

export class PostgresInterestRepository implements InterestRepository {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;

  constructor(database: Database, enqueue: EnqueueJob) {
    this.#database = database;
    this.#enqueue = enqueue;
  }

  async list(actor: PersonActor, sessionId: string): Promise<Interest[] | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const session = await tx.query('select id from sessions where id = $1', [sessionId]);
      if (session.rowCount === 0) return null;
      const { rows } = await tx.query<InterestRecord>(`select ${INTEREST_COLUMNS} from interests where session_id = $1 and ${SHOWN} order by ${FIRST_MENTION}`, [sessionId]);
      return rows.map(shownInterest);
    });
  }

  async update(
    actor: PersonActor,
    sessionId: string,
    interestId: string,
    patch: { topic?: string; category?: string; sentiment?: Sentiment; status?: 'confirmed' },
  ): Promise<Interest | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const found = patch.status === 'confirmed' ? 'jsonb_array_length(mentions) > 0' : SHOWN;
      const before = (await tx.query<InterestRecord>(`select ${INTEREST_COLUMNS} from interests where id = $1 and session_id = $2 and ${found} for update`, [interestId, sessionId])).rows[0];
      if (!before || Object.keys(patch).length === 0) return before ? shownInterest(before) : null;
      const { rows } = await tx.query<InterestRecord>(
        `update interests set topic = coalesce($2, topic), category = coalesce($3, category), sentiment = coalesce($4, sentiment),
           status = 'confirmed', decided_at = clock_timestamp(), updated_at = clock_timestamp()
         where id = $1 returning ${INTEREST_COLUMNS}`,
        [interestId, patch.topic ?? null, patch.category ?? null, patch.sentiment ?? null],
      );
      const after = rows[0]!;
      if (after.topic !== before.topic) await forgetUnused(tx, { sessionId, topic: before.topic });
      await decide(tx, actor, { sessionId, topic: after.topic }, 'confirmed');
      await this.#summarizeLater(tx, sessionId);
      return shownInterest(after);
    });
  }

  async remove(actor: PersonActor, sessionId: string, interestId: string): Promise<boolean> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<{ topic: string }>(
        `update interests set status = 'deleted', decided_at = clock_timestamp(), updated_at = clock_timestamp()
         where id = $1 and session_id = $2 and ${SHOWN} returning topic`,
        [interestId, sessionId],
      );
      if (!rows[0]) return false;
      await decide(tx, actor, { sessionId, topic: rows[0].topic }, 'deleted');
      await this.#summarizeLater(tx, sessionId);
      return true;
    });
  }

  async profile(actor: PersonActor): Promise<Profile> {
    return this.#database.asPerson(actor, async (tx) => {
      const interests = await profileInterests(tx, actor.id);
      const summary = await tx.query<{ model: string; dimensions: number; updated_at: Date }>(
        'select summary_model as model, cardinality(summary) as dimensions, updated_at from profiles where person_id = $1 and summary is not null',
        [actor.id],
      );
      const changed = await tx.query<{ at: Date | null }>(
        `select greatest((select max(updated_at) from interests where ${OF_THE_PERSON}), (select max(decided_at) from topic_decisions), (select max(updated_at) from profiles)) as at`,
      );
      return {
        interests,
        summary: summary.rows.map(({ model, dimensions, updated_at: at }) => ({ model, dimensions, updatedAt: at.toISOString() }))[0] ?? null,
        updatedAt: changed.rows[0]!.at?.toISOString() ?? null,
      };
    });
  }

  async eraseProfile(actor: PersonActor): Promise<void> {
    await this.#database.asPerson(actor, async (tx) => {
      await tx.query('delete from topic_decisions where person_id = $1', [actor.id]);
      await tx.query('delete from profiles where person_id = $1', [actor.id]);
      // A job under way must not bring the summary back.
      await tx.becomeService();
      await tx.query('insert into profiles (person_id, erased_at) values ($1, clock_timestamp()) on conflict (person_id) do update set summary = null, summary_model = null, erased_at = excluded.erased_at', [actor.id]);
    });
  }

  /** In the transaction of the change, as its last act: it goes on as our servers' role. */
  async #summarizeLater(tx: Transaction, sessionId: string): Promise<void> {
    const job = await summaryWanted(tx, sessionId);
    if (!job) return;
    await tx.becomeService();
    await this.#enqueue(tx, job);
  }
}

/** What is decided in a sample stays in it. */
async function decide(tx: Transaction, actor: PersonActor, { sessionId, topic }: { sessionId: string; topic: string }, decision: TopicDecision['decision']): Promise<void> {
  await tx.query(
    `insert into topic_decisions (person_id, topic, decision, decided_at)
     select $1, $2, $3, clock_timestamp() from sessions where id = $4 and not sample
     on conflict (person_id, topic) do update set decision = excluded.decision, decided_at = excluded.decided_at`,
    [actor.id, topic, decision, sessionId],
  );
}

/** What was decided about a topic that was corrected into another is void, unless it was also decided elsewhere. */
async function forgetUnused(tx: Transaction, { sessionId, topic }: { sessionId: string; topic: string }): Promise<void> {
  await tx.query(
    `delete from topic_decisions d
     where d.topic = $1 and not exists (select 1 from interests i where i.topic = $1 and i.status = d.decision and ${OF_THE_PERSON})
       and exists (select 1 from sessions where id = $2 and not sample)`,
    [topic, sessionId],
  );
}
