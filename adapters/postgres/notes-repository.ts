/** Notes of meetings: versions written by our worker, read by the owner under row-level security. */
import type { PersonActor } from '#domain/actor.ts';
import type { NotesReader, NotesStore, StoredNotes } from '#domain/meetings/notes/ports.ts';
import type { MeetingNotes } from '#domain/meetings/notes/schema.ts';
import type { Database } from './database.ts';
import { storableJson, storableText } from './session-rows.ts';

export class PostgresNotesRepository implements NotesReader, NotesStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async newest(actor: PersonActor, sessionId: string): Promise<MeetingNotes | null> {
    const { rows } = await this.#database.asPerson(actor, (tx) => tx.query<{ body: MeetingNotes }>('select body from meeting_notes where session_id = $1 order by version desc limit 1', [sessionId]));
    return rows[0]?.body ?? null;
  }

  async newestStored(sessionId: string): Promise<StoredNotes | null> {
    const { rows } = await this.#database.asService((tx) =>
      tx.query<{ body: MeetingNotes; transcript_digest: string }>('select body, transcript_digest from meeting_notes where session_id = $1 order by version desc limit 1', [sessionId]),
    );
    return rows[0] ? { notes: rows[0].body, transcriptDigest: rows[0].transcript_digest } : null;
  }

  async add(sessionId: string, { notes, transcriptDigest }: StoredNotes): Promise<boolean> {
    const { rowCount } = await this.#database.asService((tx) =>
      tx.query(
        `insert into meeting_notes (session_id, version, made_by, made_at, transcript_digest, body)
         select id, $2, $3, $4, $5, $6::jsonb from sessions where id = $1 on conflict do nothing`,
        [sessionId, notes.version, storableText(notes.madeBy), notes.madeAt, transcriptDigest, storableJson(notes)],
      ),
    );
    return rowCount === 1;
  }
}
