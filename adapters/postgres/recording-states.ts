import type { Database } from './database.ts';

/** Whether a session has ended and may be recorded, for the jobs that keep or forget its audio. */
export class PostgresRecordingStates {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async recordingState(sessionId: string): Promise<{ ended: boolean; consent: boolean } | null> {
    const { rows } = await this.#database.asService((tx) =>
      tx.query<{ ended: boolean; consent: boolean }>('select ended_at is not null as ended, consent_recording as consent from sessions where id = $1', [sessionId]),
    );
    return rows[0] ?? null;
  }
}
