/** What the summary of a profile is made of, and where it is kept; as our servers' own role. */
import type { SummarisedInterest } from '#domain/interests/summary.ts';
import { summarizeProfile } from '#domain/jobs/profile-jobs.ts';
import type { JobRequest } from '#domain/jobs/session-jobs.ts';
import type { Database, Transaction } from './database.ts';
import { profileInterests } from './interest-rows.ts';

export class PostgresProfileSummaries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async interestsOf(personId: string): Promise<SummarisedInterest[]> {
    return this.#database.asService((tx) => summarised(tx, personId));
  }

  /**
   * Null removes the summary. False: the interests are others by now, nothing was written. A profile erased after
   * `changedAt` stays without one.
   */
  async write(from: { personId: string; changedAt: string; interests: SummarisedInterest[]; summary: { model: string; vector: Float32Array } | null }): Promise<boolean> {
    const { personId, changedAt, interests, summary } = from;
    return this.#database.asService(async (tx) => {
      // One writer at a time, and no erasure between comparing and writing.
      await tx.query("select pg_advisory_xact_lock(hashtextextended('summary:' || $1, 0))", [personId]);
      if (JSON.stringify(await summarised(tx, personId)) !== JSON.stringify(interests)) return false;
      if (!summary) {
        await tx.query('update profiles set summary = null, summary_model = null, updated_at = clock_timestamp() where person_id = $1 and summary is not null', [personId]);
        return true;
      }
      await tx.query(
        `insert into profiles as p (person_id, summary, summary_model, updated_at) values ($1, $2::real[], $3, clock_timestamp())
         on conflict (person_id) do update set summary = excluded.summary, summary_model = excluded.summary_model, updated_at = excluded.updated_at, erased_at = null
         where p.erased_at is null or p.erased_at < $4::timestamptz`,
        [personId, [...summary.vector], summary.model, changedAt],
      );
      return true;
    });
  }
}

async function summarised(tx: Transaction, personId: string): Promise<SummarisedInterest[]> {
  return (await profileInterests(tx, personId)).map(({ topic, sentiment, confidence, status }) => ({ topic, sentiment, confidence, status }));
}

/** The database's time to the microsecond. */
const NOW = `to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The job that a change of a session's interests makes necessary; null when nothing of it belongs to the owner's profile. */
export async function summaryWanted(tx: Transaction, sessionId: string): Promise<JobRequest | null> {
  const { rows } = await tx.query<{ owner_id: string; now: string }>(
    `select owner_id, ${NOW} as now from sessions s where id = $1 and not sample and exists (select 1 from interests i where i.session_id = s.id)`,
    [sessionId],
  );
  return rows[0] ? summarizeProfile(rows[0].owner_id, rows[0].now) : null;
}

/** Removes the summary that a session's interests have a part in. The job makes it anew from what is left; null when there was none. */
export async function forgetSummary(tx: Transaction, sessionId: string): Promise<JobRequest | null> {
  // A job that is writing one comes first; one that comes later sees what is left.
  await tx.query("select pg_advisory_xact_lock(hashtextextended('summary:' || owner_id, 0)) from sessions where id = $1", [sessionId]);
  const { rows } = await tx.query<{ person_id: string; now: string }>(
    `delete from profiles where summary is not null
       and person_id in (select s.owner_id from sessions s join interests i on i.session_id = s.id where s.id = $1 and not s.sample)
     returning person_id, ${NOW} as now`,
    [sessionId],
  );
  return rows[0] ? summarizeProfile(rows[0].person_id, rows[0].now) : null;
}
