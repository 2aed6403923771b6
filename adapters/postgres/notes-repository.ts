/** Notes of meetings: versions written by our worker, read by the owner under row-level security. */
import type { PersonActor } from '#domain/actor.ts';
import type { NotesReader, NotesStore, StoredNotes } from '#domain/meetings/notes/ports.ts';
import type { MeetingNotes } from '#domain/meetings/notes/schema.ts';
import type { Database, Transaction } from './database.ts';
import { storableJson, storableText } from './session-rows.ts';

export class PostgresNotesRepository implements NotesReader, NotesStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async newest(actor: PersonActor, sessionId: string): Promise<MeetingNotes | null> {
    return this.#database.asPerson(actor, (tx) => newestNotes(tx, sessionId));
  }

  async newestStored(sessionId: string): Promise<StoredNotes | null> {
    const { rows } = await this.#database.asService((tx) => tx.query<NotesRow & { transcript_digest: string }>(`select ${COLUMNS}, transcript_digest from ${NEWEST}`, [sessionId]));
    return rows[0] ? { notes: toNotes(rows[0]), transcriptDigest: rows[0].transcript_digest } : null;
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

/** For whoever may read them. */
export async function newestNotes(tx: Transaction, sessionId: string): Promise<MeetingNotes | null> {
  const { rows } = await tx.query<NotesRow>(`select ${COLUMNS} from ${NEWEST}`, [sessionId]);
  return rows[0] ? toNotes(rows[0]) : null;
}

const COLUMNS = 'version, made_by, made_at, body';
const NEWEST = 'meeting_notes where session_id = $1 order by version desc limit 1';
interface NotesRow {
  version: number;
  made_by: string;
  made_at: Date;
  body: MeetingNotes;
}
function toNotes({ version, made_by: madeBy, made_at: madeAt, body }: NotesRow): MeetingNotes {
  return { ...body, version, madeBy, madeAt: madeAt.toISOString() };
}
