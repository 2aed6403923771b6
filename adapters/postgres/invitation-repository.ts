/** Invitations to code interviews and the team's private notes. */
import type { PersonActor } from '#domain/actor.ts';
import type { Invitation, InvitationKind } from '#domain/code/invitation.ts';
import type { InvitationRepository } from '#domain/code/ports.ts';
import type { Database } from './database.ts';
import { isDenied } from './database-errors.ts';
import { storableText } from './session-rows.ts';

const COLUMNS = 'i.id, i.kind, i.created_at, i.expires_at, i.revoked_at, i.accepted_at, i.expires_at <= clock_timestamp() as expired';
interface InvitationRow {
  id: string;
  kind: InvitationKind;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  accepted_at: Date | null;
  expired: boolean;
  accepted_name?: string | null;
}
/** Still good: the one condition under which a secret opens anything. */
const OPEN = 'i.revoked_at is null and i.expires_at > clock_timestamp() and s.ended_at is null and s.end_requested_at is null';

export class PostgresInvitationRepository implements InvitationRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(
    actor: PersonActor,
    input: { id: string; sessionId: string; kind: InvitationKind; tokenHash: string; expiresAtMs: number; maxOpen: number },
  ): Promise<Invitation | 'too_many' | null> {
    try {
      return await this.#database.asPerson(actor, async (tx) => {
        await tx.query("select pg_advisory_xact_lock(hashtextextended('invitations:' || $1, 0))", [input.sessionId]);
        // One open link for one candidate; a new one takes the place of the old.
        if (input.kind === 'candidate') await tx.query("update invitations set revoked_at = clock_timestamp() where session_id = $1 and kind = 'candidate' and accepted_at is null and revoked_at is null", [input.sessionId]);
        const { rows: open } = await tx.query<{ count: number }>(
          'select count(*)::int as count from invitations where session_id = $1 and revoked_at is null and accepted_at is null and expires_at > clock_timestamp()',
          [input.sessionId],
        );
        if (open[0]!.count >= input.maxOpen) return 'too_many';
        const { rows } = await tx.query<InvitationRow>(
          `insert into invitations as i (id, session_id, kind, token_hash, expires_at) values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000)) returning ${COLUMNS}`,
          [input.id, input.sessionId, input.kind, input.tokenHash, input.expiresAtMs],
        );
        return toInvitation(rows[0]!);
      });
    } catch (error) {
      // The policy: not one's own session, or not a code interview.
      if (isDenied(error)) return null;
      throw error;
    }
  }

  async list(actor: PersonActor, sessionId: string): Promise<Invitation[]> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<InvitationRow & { accepted_by: string | null }>(`select ${COLUMNS}, i.accepted_by from invitations i where i.session_id = $1 order by i.created_at desc, i.id`, [sessionId]);
      const ids = rows.map((row) => row.accepted_by).filter((id) => id !== null);
      if (rows.length === 0 || ids.length === 0) return rows.map(toInvitation);
      // Whose rows these are was established above; names of others are not readable for a person.
      await tx.becomeService();
      const { rows: people } = await tx.query<{ id: string; name: string }>('select id, name from people where id = any($1::uuid[])', [ids]);
      return rows.map((row) => toInvitation({ ...row, accepted_name: people.find(({ id }) => id === row.accepted_by)?.name ?? null }));
    });
  }

  async revoke(actor: PersonActor, sessionId: string, invitationId: string): Promise<boolean> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<{ kind: InvitationKind; accepted_by: string | null }>(
        'update invitations set revoked_at = coalesce(revoked_at, clock_timestamp()) where id = $1 and session_id = $2 returning kind, accepted_by',
        [invitationId, sessionId],
      );
      const row = rows[0];
      if (row?.kind !== 'observer' || row.accepted_by === null) return row !== undefined;
      // Whose session it is was established above. Somebody with another link that holds stays.
      await tx.becomeService();
      await tx.query(
        `update sessions set observer_ids = array_remove(observer_ids, $2::uuid)
         where id = $1 and not exists (select 1 from invitations i where i.session_id = $1 and i.kind = 'observer' and i.accepted_by = $2 and i.revoked_at is null)`,
        [sessionId, row.accepted_by],
      );
      return true;
    });
  }

  async find(tokenHash: string): Promise<{ kind: InvitationKind; sessionId: string; title: string; templateId: string | null } | null> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ kind: InvitationKind; session_id: string; title: string; template_id: string | null }>(
        `select i.kind, i.session_id, s.title, s.template_id from invitations i join sessions s on s.id = i.session_id where i.token_hash = $1 and ${OPEN}`,
        [tokenHash],
      );
      const row = rows[0];
      return row ? { kind: row.kind, sessionId: row.session_id, title: row.title, templateId: row.template_id } : null;
    });
  }

  async look(tokenHash: string): Promise<{ kind: InvitationKind; state: 'open' | 'expired' | 'revoked' | 'over'; acceptedBy: string | null; ownerId: string; invitedBy: string; title: string; templateId: string | null } | null> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<InvitationRow & { over: boolean; accepted_by: string | null; owner_id: string; invited_by: string; title: string; template_id: string | null }>(
        `select ${COLUMNS}, i.accepted_by, (s.ended_at is not null or s.end_requested_at is not null) as over, s.owner_id, p.name as invited_by, s.title, s.template_id
         from invitations i join sessions s on s.id = i.session_id join people p on p.id = s.owner_id where i.token_hash = $1`,
        [tokenHash],
      );
      const row = rows[0];
      if (!row) return null;
      const state = row.over ? 'over' : row.revoked_at ? 'revoked' : row.expired ? 'expired' : 'open';
      return { kind: row.kind, state, acceptedBy: row.accepted_by, ownerId: row.owner_id, invitedBy: row.invited_by, title: row.title, templateId: row.template_id };
    });
  }

  async accept(tokenHash: string, person: PersonActor, recordingConsent: boolean): Promise<{ sessionId: string } | 'taken' | null> {
    const accepted = await this.#accept(tokenHash, person);
    if (accepted === null || accepted === 'taken') return accepted;
    // Consent is asked when they come in, and once; it is theirs, so it is written as them.
    if (accepted.newCandidate) await this.#database.asPerson(person, (tx) => tx.query('update sessions set consent_recording = $2 where id = $1', [accepted.sessionId, recordingConsent]));
    return { sessionId: accepted.sessionId };
  }

  async #accept(tokenHash: string, { id: personId, name }: PersonActor): Promise<{ sessionId: string; newCandidate: boolean } | 'taken' | null> {
    return this.#database.asService(async (tx) => {
      const { rows } = await tx.query<{ id: string; session_id: string; kind: InvitationKind; candidate_id: string | null; accepted_by: string | null }>(
        `select i.id, i.session_id, i.kind, s.candidate_id, i.accepted_by from invitations i join sessions s on s.id = i.session_id
         where i.token_hash = $1 and ${OPEN} for update of s`,
        [tokenHash],
      );
      const row = rows[0];
      if (!row) return null;
      if (row.kind === 'observer') {
        await tx.query('update sessions set observer_ids = array_append(observer_ids, $2::uuid) where id = $1 and not $2::uuid = any (observer_ids)', [row.session_id, personId]);
      } else {
        // One link is one person's. A new link, made on purpose, hands the seat on: the same candidate at another machine.
        if (row.accepted_by !== null && (row.accepted_by !== personId || row.candidate_id !== personId)) return 'taken';
        // Only who is let in is known from then on; also again, when what they were known by was erased.
        await tx.query("insert into people (id, name, role) values ($1, $2, 'candidate') on conflict (id) do update set name = excluded.name where people.role = 'candidate' and people.name <> excluded.name", [personId, storableText(name)]);
        await tx.query('update sessions set candidate_id = $2 where id = $1', [row.session_id, personId]);
      }
      await tx.query('update invitations set accepted_at = coalesce(accepted_at, clock_timestamp()), accepted_by = coalesce(accepted_by, $2) where id = $1', [row.id, personId]);
      return { sessionId: row.session_id, newCandidate: row.kind === 'candidate' && row.candidate_id !== personId };
    });
  }

  async notes(actor: PersonActor, sessionId: string): Promise<{ mine: boolean; text: string; updatedAt: string }[]> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows } = await tx.query<{ mine: boolean; text: string; updated_at: Date }>(
        'select person_id = $2 as mine, text, updated_at from private_notes where session_id = $1 order by mine desc, updated_at desc',
        [sessionId, actor.id],
      );
      return rows.map(({ mine, text, updated_at: updatedAt }) => ({ mine, text, updatedAt: updatedAt.toISOString() }));
    });
  }

  async saveNote(actor: PersonActor, sessionId: string, text: string): Promise<void> {
    await this.#database.asPerson(actor, async (tx) => {
      if (text.trim() === '') await tx.query('delete from private_notes where session_id = $1 and person_id = $2', [sessionId, actor.id]);
      else {
        await tx.query(
          `insert into private_notes (session_id, person_id, text) values ($1, $2, $3)
           on conflict (session_id, person_id) do update set text = excluded.text, updated_at = clock_timestamp()`,
          [sessionId, actor.id, storableText(text)],
        );
      }
    });
  }
}

function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    kind: row.kind,
    status: row.revoked_at ? 'revoked' : row.accepted_at ? 'accepted' : row.expired ? 'expired' : 'open',
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    acceptedBy: row.accepted_name ?? null,
  };
}
