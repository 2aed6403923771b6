/** Who of several processes that take in streams has which meeting: rows with a lease (0016_stream_claims.sql). Runs as the service role. */
import { LEASE_MS } from '#domain/meetings/ingest/claims.ts';
import type { ClaimStore, DeadClaim, MeetingWrites, RenewedClaim, StandingClaim, StreamClaim } from '#domain/meetings/ingest/ports.ts';
import type { Database, Transaction } from './database.ts';
import { PostgresMeetingIngestStore } from './meeting-ingest-store.ts';

interface ClaimRow {
  claim: number;
  claimed_ms: number;
}
const CLAIMED_MS = 'round(extract(epoch from claimed_at) * 1000)::float8 as claimed_ms';
const at = (parameter: string) => `to_timestamp(${parameter}::float8 / 1000)`;

export class PostgresStreamClaims implements ClaimStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async claimStream(sessionId: string, owner: string, nowMs: number): Promise<StreamClaim | null> {
    return this.#one(sessionId, `select claim, ${CLAIMED_MS} from spool_claim_stream($1, $2, $3, ${at('$4')})`, [sessionId, owner, LEASE_MS, nowMs]);
  }

  async adoptMeeting(sessionId: string, owner: string, nowMs: number, over: number | null): Promise<StreamClaim | null> {
    return this.#one(sessionId, `select claim, ${CLAIMED_MS} from spool_adopt_meeting($1, $2, $3, ${at('$4')}, $5)`, [sessionId, owner, LEASE_MS, nowMs, over]);
  }

  async claimsOf(owner: string): Promise<StreamClaim[]> {
    const { rows } = await this.#query<ClaimRow & { session_id: string }>(`select session_id, claim, ${CLAIMED_MS} from meeting_claims where owner = $1 order by session_id, claim`, [owner]);
    return rows.map((row) => ({ sessionId: row.session_id, claim: row.claim, claimedAtMs: row.claimed_ms }));
  }

  async renewClaims(owner: string, held: RenewedClaim[]): Promise<{ standing: StandingClaim[]; dead: DeadClaim[] }> {
    return this.#database.asService(async (tx) => {
      const claims = held.map(({ sessionId, claim, occupied, heardAtMs }) => ({ session_id: sessionId, claim, occupied, heard_ms: heardAtMs }));
      const standing = await tx.query<StandingClaim>(`select session_id as "sessionId", claim, is_first as first, is_next as next, is_last as last from spool_renew_claims($1, $2, $3)`, [owner, LEASE_MS, JSON.stringify(claims)]);
      const dead = await tx.query<DeadClaim>(
        `select c.session_id as "sessionId", c.claim, c.lease_expires_at = '-infinity' as "handedOver",
                not exists (select 1 from meeting_claims l where l.session_id = c.session_id and l.claim > c.claim) as last
         from meeting_claims c where c.owner <> $1 and c.lease_expires_at <= clock_timestamp()`,
        [owner],
      );
      return { standing: standing.rows, dead: dead.rows };
    });
  }

  async passDeadClaims({ sessionId, claim }: StreamClaim, owner: string, durableThroughSample: number | null): Promise<boolean> {
    const { rows } = await this.#query<{ first: boolean }>('select spool_pass_dead_claims($1, $2, $3, $4) as first', [sessionId, claim, owner, durableThroughSample]);
    return rows[0]!.first;
  }

  async releaseClaims(owner: string, claims: Pick<StreamClaim, 'sessionId' | 'claim'>[]): Promise<void> {
    if (claims.length === 0) return;
    await this.#query(
      'delete from meeting_claims c using unnest($2::uuid[], $3::int[]) as spent (session_id, claim) where c.session_id = spent.session_id and c.claim = spent.claim and c.owner = $1',
      [owner, claims.map(({ sessionId }) => sessionId), claims.map(({ claim }) => claim)],
    );
  }

  async handOver(owner: string): Promise<void> {
    await this.#query(`update meeting_claims set lease_expires_at = '-infinity', occupied = false where owner = $1`, [owner]);
  }

  writesOf({ claim }: StreamClaim, owner: string): MeetingWrites {
    return new PostgresMeetingIngestStore(this.#database, { owner, claim });
  }

  async #one(sessionId: string, sql: string, params: unknown[]): Promise<StreamClaim | null> {
    const { rows } = await this.#query<ClaimRow>(sql, params);
    return rows[0] ? { sessionId, claim: rows[0].claim, claimedAtMs: rows[0].claimed_ms } : null;
  }

  #query<R>(sql: string, params: unknown[]) {
    return this.#database.asService((tx: Transaction) => tx.query<R>(sql, params));
  }
}
