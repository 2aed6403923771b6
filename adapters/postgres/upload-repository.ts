/** Uploads: what a person asks of theirs, and what our servers write about them. */
import type { PersonActor } from '#domain/actor.ts';
import { takeInFileJob } from '#domain/jobs/meeting-jobs.ts';
import type { UploadAddress, UploadRecords, UploadRepository } from '#domain/meetings/uploads/ports.ts';
import { missingParts } from '#domain/meetings/uploads/limits.ts';
import type { Upload } from '#domain/meetings/uploads/upload.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import type { Database, Transaction } from './database.ts';
import type { EnqueueJob } from './live-session-store.ts';

const COLUMNS = 'id, session_id, file_name, size_bytes, part_size_bytes, received_parts, state, failure, duration_ms, decoded_samples';
/** Failures of ours that may be over by now. */
const PASSING = "'audio.disk_full', 'audio.write_failed', 'unavailable', 'internal'";
/** Of uploads: the worker goes on with it by itself. */
export const GOES_ON = `(state in ('received', 'decoding') or state = 'failed' and failure in (${PASSING}))`;
interface UploadRow {
  id: string;
  session_id: string;
  file_name: string;
  size_bytes: string;
  part_size_bytes: number;
  received_parts: number[];
  state: Upload['state'];
  failure: string | null;
  duration_ms: string | null;
  decoded_samples: string;
}
type NewUpload = Pick<Upload, 'uploadId' | 'sessionId' | 'fileName' | 'sizeBytes' | 'partSizeBytes'>;

export class PostgresUploads implements UploadRepository, UploadRecords {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;

  constructor(database: Database, enqueue: EnqueueJob) {
    this.#database = database;
    this.#enqueue = enqueue;
  }

  async create(actor: PersonActor, input: NewUpload): ReturnType<UploadRepository['create']> {
    return this.#database.asPerson(actor, async (tx) => {
      // One at a time for a session, so that two files at once do not both find it free.
      await tx.query("select pg_advisory_xact_lock(hashtextextended('uploads:' || $1, 0))", [input.sessionId]);
      const { rows: sessions } = await tx.query<{ fresh: boolean; over: boolean; source: string }>(
        `select s.kind = 'meeting' and s.status = 'created' and s.started_at is null as fresh, s.ended_at is not null as over, coalesce(m.source, 'browser') as source
         from sessions s left join meetings m on m.session_id = s.id where s.id = $1 and s.owner_id = $2`,
        [input.sessionId, actor.id],
      );
      const session = sessions[0];
      if (!session) return 'no_session';
      if (session.over) return 'over';
      const { rows: unfinished } = await tx.query<UploadRow>(`select ${COLUMNS} from uploads where session_id = $1 and state not in ('done', 'failed') limit 1`, [input.sessionId]);
      if (unfinished[0]) {
        const upload = toUpload(unfinished[0]);
        const same = upload.fileName === input.fileName && upload.sizeBytes === input.sizeBytes;
        return same ? { upload, created: false } : { unfinished: upload.uploadId };
      }
      if (!session.fresh || !['browser', 'file'].includes(session.source)) return 'taken';
      const { rows } = await tx.query<UploadRow>(`insert into uploads (id, session_id, file_name, size_bytes, part_size_bytes) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`, [
        input.uploadId,
        input.sessionId,
        input.fileName,
        input.sizeBytes,
        input.partSizeBytes,
      ]);
      await tx.becomeService();
      await tx.query("insert into meetings (session_id, source) values ($1, 'file') on conflict (session_id) do update set source = 'file'", [input.sessionId]);
      return { upload: toUpload(rows[0]!), created: true };
    });
  }

  async get(actor: PersonActor, uploadId: string): Promise<Upload | null> {
    return this.#database.asPerson(actor, (tx) => find(tx, uploadId));
  }

  async takeIn(actor: PersonActor, uploadId: string): Promise<Upload | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const upload = await find(tx, uploadId);
      if (!upload || missingParts(upload).length > 0) return upload;
      await tx.becomeService();
      return (await this.#receive(tx, uploadId, "state = 'receiving' or state = 'failed' and failure <> 'upload.expired'")) ?? upload;
    });
  }

  async remove(actor: PersonActor, uploadId: string): Promise<Upload | 'taken_in' | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const upload = await find(tx, uploadId);
      if (!upload) return null;
      await tx.becomeService();
      const { rowCount } = await tx.query("delete from uploads where id = $1 and state not in ('decoding', 'done')", [uploadId]);
      return rowCount === 1 ? upload : 'taken_in';
    });
  }

  async find(uploadId: string): Promise<(Upload & { over: boolean }) | null> {
    const rows = await this.#rows<UploadRow & { over: boolean }>(
      `select ${COLUMNS.replaceAll(/\b(\w+)\b/g, 'u.$1')}, s.ended_at is not null as over from uploads u join sessions s on s.id = u.session_id where u.id = $1`,
      [uploadId],
    );
    return rows[0] ? { ...toUpload(rows[0]), over: rows[0].over } : null;
  }

  async partReceived(uploadId: string, part: number): Promise<Upload | null> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<UploadRow>(
        `update uploads set received_parts = (select array_agg(distinct p order by p) from unnest(received_parts || $2::int) as p)
         where id = $1 and state = 'receiving' returning ${COLUMNS}`,
        [uploadId, part],
      );
      // Parts arrive side by side; who has waited for the row sees all of them.
      if (!rows[0]) return find(tx, uploadId);
      const upload = toUpload(rows[0]);
      return missingParts(upload).length > 0 ? upload : this.#receive(tx, uploadId, "state = 'receiving'");
    });
  }

  beginDecoding(uploadId: string, durationMs: number | null): Promise<boolean> {
    return this.#change("update uploads set state = 'decoding', failure = null, duration_ms = $2 where id = $1 and state in ('received', 'decoding')", [uploadId, durationMs]);
  }
  decoded(uploadId: string, samples: number): Promise<boolean> {
    return this.#change("update uploads set decoded_samples = greatest(decoded_samples, $2) where id = $1 and state = 'decoding'", [uploadId, samples]);
  }
  /** What a damaged file says it has and could not be read is a gap behind its last sample: at least a second, since how much is not always known. */
  finish(uploadId: string, samples: number, failure: string | null): Promise<boolean> {
    return this.#change(
      `with done as (
         update uploads set state = 'done', decoded_samples = $2, failure = $3 where id = $1 and state = 'decoding' returning id, session_id, duration_ms, created_at
       ), gap as (
         insert into meeting_gaps (session_id, at_sample, from_at, to_at, reason)
         select session_id, $2::bigint, created_at, created_at + greatest(1000, coalesce(duration_ms - $2::bigint * 1000 / ${UPLINK_SAMPLE_RATE_HZ}, 0)) * interval '1 millisecond', 'file_damaged' from done where $3 = 'upload.damaged'
         on conflict do nothing
       ) select id from done`,
      [uploadId, samples, failure],
    );
  }
  fail(uploadId: string, code: string): Promise<boolean> {
    return this.#change("update uploads set state = 'failed', failure = $2 where id = $1 and state in ('received', 'decoding')", [uploadId, code]);
  }

  async expire(olderThanMs: number): Promise<UploadAddress[]> {
    const rows = await this.#rows<{ id: string; session_id: string }>(
      `update uploads set state = 'failed', failure = case state when 'receiving' then 'upload.expired' else failure end
       where state in ('receiving', 'failed')
         and (created_at < to_timestamp($1::float8 / 1000) or exists (select 1 from sessions s where s.id = session_id and s.ended_at is not null)) returning id, session_id`,
      [olderThanMs],
    );
    return rows.map(({ id, session_id: sessionId }) => ({ uploadId: id, sessionId }));
  }

  async resume(): Promise<void> {
    await this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ id: string; session_id: string }>(`select id, session_id from uploads where ${GOES_ON}`);
      await tx.query("update uploads set state = 'received', failure = null where id = any($1::uuid[]) and state = 'failed'", [rows.map(({ id }) => id)]);
      // A job that waits or runs stays as it is.
      for (const { id, session_id: sessionId } of rows) await this.#enqueue(tx, { definition: takeInFileJob, payload: { sessionId, uploadId: id } });
    });
  }

  async existing(uploadIds: string[]): Promise<string[]> {
    return (await this.#rows<{ id: string }>('select id from uploads where id = any($1::uuid[])', [uploadIds])).map(({ id }) => id);
  }

  async #receive(tx: Transaction, uploadId: string, when: string): Promise<Upload | null> {
    const { rows } = await tx.query<UploadRow>(`update uploads set state = 'received', failure = null where id = $1 and (${when}) returning ${COLUMNS}`, [uploadId]);
    if (!rows[0]) return null;
    const upload = toUpload(rows[0]);
    await this.#enqueue(tx, { definition: takeInFileJob, payload: { sessionId: upload.sessionId, uploadId } });
    return upload;
  }

  async #change(sql: string, params: unknown[]): Promise<boolean> {
    return (await this.#database.asService((tx) => tx.query(sql, params))).rowCount === 1;
  }
  async #rows<R>(sql: string, params?: unknown[]): Promise<R[]> {
    return (await this.#database.asService((tx) => tx.query<R>(sql, params))).rows;
  }
}

async function find(tx: Transaction, uploadId: string): Promise<Upload | null> {
  const { rows } = await tx.query<UploadRow>(`select ${COLUMNS} from uploads where id = $1`, [uploadId]);
  return rows[0] ? toUpload(rows[0]) : null;
}

function toUpload(row: UploadRow): Upload {
  return {
    uploadId: row.id,
    sessionId: row.session_id,
    fileName: row.file_name,
    sizeBytes: Number(row.size_bytes),
    partSizeBytes: row.part_size_bytes,
    receivedParts: row.received_parts,
    state: row.state,
    failure: row.failure,
    durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
    decodedSamples: Number(row.decoded_samples),
  };
}
