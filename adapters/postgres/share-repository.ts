/** Links by which meetings are read without an account: made and taken back under row-level security, opened by their secret. */
import type { PersonActor } from '#domain/actor.ts';
import type { OpenedShare, ShareRepository } from '#domain/meetings/share/ports.ts';
import type { Share } from '#domain/meetings/share/share.ts';
import type { Database } from './database.ts';
import { isDenied } from './database-errors.ts';
import { coverageRows } from './meeting-rows.ts';
import { newestNotes } from './notes-repository.ts';
import { ITEM_COLUMNS, SESSION_COLUMNS, toSession, toTranscriptItem } from './session-rows.ts';
import type { ItemRow, SessionRow } from './session-rows.ts';

const COLUMNS = 'id, created_at, expires_at, revoked_at';
interface ShareRow {
  id: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}
/** Still good: the one condition under which a secret opens anything. */
const GOOD = 'revoked_at is null and expires_at > clock_timestamp()';

export class PostgresShareRepository implements ShareRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(actor: PersonActor, input: { id: string; sessionId: string; tokenHash: string; expiresAtMs: number; maxOpen: number }): Promise<Share | 'too_many' | null> {
    try {
      return await this.#database.asPerson(actor, async (tx) => {
        await tx.query("select pg_advisory_xact_lock(hashtextextended('shares:' || $1, 0))", [input.sessionId]);
        const { rows: open } = await tx.query<{ count: number }>(`select count(*)::int as count from share_links where session_id = $1 and ${GOOD}`, [input.sessionId]);
        if (open[0]!.count >= input.maxOpen) return 'too_many';
        const { rows } = await tx.query<ShareRow>(
          `insert into share_links (id, session_id, token_hash, expires_at) values ($1, $2, $3, to_timestamp($4::float8 / 1000)) returning ${COLUMNS}`,
          [input.id, input.sessionId, input.tokenHash, input.expiresAtMs],
        );
        return toShare(rows[0]!);
      });
    } catch (error) {
      // The policy: not one's own meeting.
      if (isDenied(error)) return null;
      throw error;
    }
  }

  async list(actor: PersonActor, sessionId: string): Promise<Share[]> {
    const { rows } = await this.#database.asPerson(actor, (tx) => tx.query<ShareRow>(`select ${COLUMNS} from share_links where session_id = $1 order by created_at desc, id`, [sessionId]));
    return rows.map(toShare);
  }

  async revoke(actor: PersonActor, sessionId: string, shareId: string): Promise<boolean> {
    const { rowCount } = await this.#database.asPerson(actor, (tx) =>
      tx.query('update share_links set revoked_at = coalesce(revoked_at, clock_timestamp()) where id = $1 and session_id = $2', [shareId, sessionId]),
    );
    return rowCount === 1;
  }

  async open(tokenHash: string): Promise<OpenedShare | null> {
    return this.#database.asService(async (tx) => {
      const { rows: links } = await tx.query<{ session_id: string; expires_at: Date }>(`select session_id, expires_at from share_links where token_hash = $1 and ${GOOD}`, [tokenHash]);
      const link = links[0];
      if (!link) return null;
      const of = [link.session_id];
      const { rows: sessions } = await tx.query<SessionRow>(`select ${SESSION_COLUMNS} from sessions where id = $1`, of);
      // Erased since the link was found.
      if (!sessions[0]) return null;
      const { rows: items } = await tx.query<ItemRow>(`select ${ITEM_COLUMNS} from transcript_items where session_id = $1 and not superseded order by start_sample, position`, of);
      const { rows: speakers } = await tx.query<{ speaker: string; name: string | null; merged_into: string | null }>('select speaker, name, merged_into from meeting_speakers where session_id = $1', of);
      return {
        expiresAtMs: link.expires_at.getTime(),
        session: toSession(sessions[0]),
        items: items.map(toTranscriptItem),
        speakers: speakers.map((row) => ({ speaker: row.speaker, name: row.name, mergedInto: row.merged_into })),
        notes: await newestNotes(tx, link.session_id),
        ...(await coverageRows(tx, link.session_id)),
      };
    });
  }
}

function toShare(row: ShareRow): Share {
  return { id: row.id, createdAt: row.created_at.toISOString(), expiresAt: row.expires_at.toISOString(), revokedAt: row.revoked_at?.toISOString() ?? null };
}
