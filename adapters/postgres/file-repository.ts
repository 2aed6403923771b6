/** A session's files and their versions. Every query runs with the person's claims. */
import { z } from 'zod';
import type { PersonActor } from '#domain/actor.ts';
import { MAX_VERSION_BYTES } from '#domain/code/file.ts';
import type { FileSummary, WorkspaceFile } from '#domain/code/file.ts';
import type { ExpectedVersion, FileRepository } from '#domain/code/ports.ts';
import type { FileVersion } from '#domain/code/replay.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Database, Transaction } from './database.ts';
import { isDenied } from './database-errors.ts';
import { momentSchema } from './page-cursor.ts';

const COLUMNS = 'path, version, content, octet_length(content) as size_bytes, updated_at';
interface FileRow {
  path: string;
  version: number;
  content: string | null;
  size_bytes: number | null;
  updated_at: Date;
}

export class PostgresFileRepository implements FileRepository {
  readonly #database: Database;
  readonly #maxVersionBytes: number;

  constructor(database: Database, { maxVersionBytes = MAX_VERSION_BYTES } = {}) {
    this.#database = database;
    this.#maxVersionBytes = maxVersionBytes;
  }

  async list(actor: PersonActor, sessionId: string): Promise<FileSummary[]> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<FileRow>(
        'select path, version, octet_length(content) as size_bytes, updated_at from session_files where session_id = $1 and content is not null order by path collate "C"',
        [sessionId],
      );
      return rows.map(toSummary);
    });
  }

  async readAll(actor: PersonActor, sessionId: string): Promise<WorkspaceFile[]> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<FileRow>(`select ${COLUMNS} from session_files where session_id = $1 and content is not null order by path collate "C"`, [sessionId]);
      return rows.map(toFile);
    });
  }

  async read(actor: PersonActor, sessionId: string, path: string): Promise<WorkspaceFile | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<FileRow>(`select ${COLUMNS} from session_files where session_id = $1 and path = $2 and content is not null`, [sessionId, path]);
      return rows[0] ? toFile(rows[0]) : null;
    });
  }

  async create(actor: PersonActor, sessionId: string, path: string, content: string, maxFiles: number): Promise<WorkspaceFile | 'exists' | 'too_many'> {
    return readOnlyInstead(this.#database.asPerson(actor, async (tx) => {
      // One at a time for a session, so that two at once do not both find room for the last file.
      await tx.query("select pg_advisory_xact_lock(hashtextextended('files:' || $1, 0))", [sessionId]);
      const { rows: counted } = await tx.query<{ count: number; taken: boolean }>(
        'select count(*)::int as count, coalesce(bool_or(path = $2), false) as taken from session_files where session_id = $1 and content is not null',
        [sessionId, path],
      );
      if (counted[0]!.taken) return 'exists';
      if (counted[0]!.count >= maxFiles) return 'too_many';
      const { rows } = await tx.query<FileRow>(
        `insert into session_files as f (session_id, path, version, content) values ($1, $2, 1, $3)
         on conflict (session_id, path) do update set version = f.version + 1, content = excluded.content, updated_at = clock_timestamp()
         returning ${COLUMNS}`,
        [sessionId, path, content],
      );
      return this.#kept(tx, sessionId, rows[0]!);
    }));
  }

  async update(actor: PersonActor, sessionId: string, path: string, content: string, expected: ExpectedVersion): Promise<WorkspaceFile | 'mismatch' | null> {
    return this.#change(actor, sessionId, path, content, expected);
  }

  async remove(actor: PersonActor, sessionId: string, path: string, expected: ExpectedVersion): Promise<'deleted' | 'mismatch' | null> {
    const changed = await this.#change(actor, sessionId, path, null, expected);
    return changed === null || changed === 'mismatch' ? changed : 'deleted';
  }

  async versions(actor: PersonActor, sessionId: string, { after, limit, maxChars }: { after: string | null; limit: number; maxChars: number }): Promise<{ versions: FileVersion[]; next: string | null }> {
    const from = after === null ? null : decodePosition(after);
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<VersionRow>(VERSIONS_SQL, [sessionId, from?.at ?? null, from?.path ?? null, from?.version ?? null, limit, maxChars]);
      const last = rows.at(-1);
      return {
        versions: rows.map(({ path, version, content, at_ms: atMs }) => ({ path, version, atMs: Number(atMs), content })),
        next: last ? encodePosition(last) : after,
      };
    });
  }

  async #change(actor: PersonActor, sessionId: string, path: string, content: string | null, expected: ExpectedVersion): Promise<WorkspaceFile | 'mismatch' | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows: before } = await tx.query<{ version: number }>('select version from session_files where session_id = $1 and path = $2 and content is not null for update', [sessionId, path]);
      if (!before[0]) {
        const { rowCount } = await tx.query('select 1 from session_files where session_id = $1 and path = $2 and content is not null', [sessionId, path]);
        if (rowCount === 0) return null;
        throw new SpoolError('workspace.read_only');
      }
      if (Array.isArray(expected) && !expected.includes(before[0].version)) return 'mismatch';
      const { rows } = await tx.query<FileRow>(
        `update session_files set version = version + 1, content = $3, updated_at = clock_timestamp() where session_id = $1 and path = $2 returning ${COLUMNS}`,
        [sessionId, path, content],
      );
      // The policy: the session ended in the meantime.
      return rows[0] ? this.#kept(tx, sessionId, rows[0]) : null;
    });
  }

  /** @throws SpoolError `workspace.full` */
  async #kept(tx: Transaction, sessionId: string, row: FileRow): Promise<WorkspaceFile> {
    const { rows } = await tx.query<{ full: boolean }>('select coalesce(sum(octet_length(content)), 0) + coalesce(octet_length($2::text), 0) > $3 as full from file_versions where session_id = $1', [sessionId, row.content, this.#maxVersionBytes]);
    if (rows[0]!.full) throw new SpoolError('workspace.full');
    await tx.query('insert into file_versions (session_id, path, version, content) values ($1, $2, $3, $4)', [sessionId, row.path, row.version, row.content]);
    return toFile(row);
  }
}

interface VersionRow {
  path: string;
  version: number;
  content: string | null;
  at_ms: string;
  at: string;
}
/** `$2` to `$4`: the place of the last version that was given. The running length ends a page behind the version that passes it. */
const VERSIONS_SQL = `
  select path, version, content, at_ms, at from (
    select v.path, v.version, v.content, v.at as saved_at,
      greatest(0, floor(extract(epoch from v.at - s.created_at) * 1000))::bigint as at_ms,
      to_char(v.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      coalesce(sum(char_length(v.content)) over (order by v.at, v.path collate "C", v.version rows between unbounded preceding and 1 preceding), 0) as chars_before
    from file_versions v join sessions s on s.id = v.session_id
    where v.session_id = $1 and ($2::timestamptz is null or (v.at, v.path collate "C", v.version) > ($2::timestamptz, $3::text collate "C", $4::int))
    order by v.at, v.path collate "C", v.version limit $5) page
  where chars_before < $6
  order by saved_at, path collate "C", version`;

const positionSchema = z.tuple([momentSchema, z.string().max(255).refine((path) => path.isWellFormed() && !path.includes('\0')), z.int32().min(1)]);
function encodePosition({ at, path, version }: VersionRow): string {
  return Buffer.from(JSON.stringify([at, path, version])).toString('base64url');
}
function decodePosition(after: string): { at: string; path: string; version: number } {
  try {
    const [at, path, version] = positionSchema.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')));
    return { at, path, version };
  } catch (error) {
    throw new SpoolError('request.invalid', 'A malformed place in the versions.', {
      cause: error,
      errors: [{ path: '$.after', message: 'Use next from an earlier answer as it is, or leave it out to start at the oldest.' }],
    });
  }
}

/** Row-level security said no: they see the workspace, and somebody else writes in it. */
export function readOnlyInstead<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw isDenied(error) ? new SpoolError('workspace.read_only') : error;
  });
}

function toSummary({ path, size_bytes: sizeBytes, version, updated_at: updatedAt }: FileRow): FileSummary {
  return { path, sizeBytes: sizeBytes ?? 0, version, updatedAt: updatedAt.toISOString() };
}
function toFile(row: FileRow): WorkspaceFile {
  return { ...toSummary(row), content: row.content ?? '' };
}
