/** Meetings that are streamed to us, as the process that takes them in sees them. Runs as the service role. */
import { asPlainLine } from '#domain/identity/person-name.ts';
import { newSecret } from '#domain/ids.ts';
import { sha256Hex } from '#domain/hash.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Away, BegunStream, GapReason, IncomingStream, IngestStore, KeyHolder, OpenMeeting, SpokenSpan } from '#domain/meetings/ingest/ports.ts';
import type { Database, Transaction } from './database.ts';

const STREAMED = `m.source in ('rtmp', 'rtms')`;
const OPEN = 's.ended_at is null and s.end_requested_at is null';
const at = (parameter: string) => `to_timestamp(${parameter}::float8 / 1000)`;
const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`;

/** Of a claim `c`: whoever came later says whether the stream is there; nobody who lives has something that comes before. */
const LAST = 'not exists (select 1 from meeting_claims l where l.session_id = c.session_id and l.claim > c.claim)';
const NEXT = 'not exists (select 1 from meeting_claims e where e.session_id = c.session_id and e.claim < c.claim and e.owner <> c.owner and e.lease_expires_at > clock_timestamp())';

/** Under what claim is written (stream-claims.ts). */
export interface Fence {
  owner: string;
  claim: number;
}

export class PostgresMeetingIngestStore implements IngestStore {
  readonly #database: Database;
  readonly #fence: Fence | null;

  /** With `fence`, what is written about a meeting is written only while that claim of it stands. */
  constructor(database: Database, fence: Fence | null = null) {
    this.#database = database;
    this.#fence = fence;
  }

  async keyHolder(keyHash: string): Promise<KeyHolder | null> {
    const { rows } = await this.#query<{ session_id: string; expires_ms: number | null; begun: boolean; over: boolean }>(
      `select m.session_id, ${ms('m.stream_key_expires_at')} as expires_ms, not (${OPEN}) as over,
              m.away_since is not null or exists (select 1 from meeting_streams t where t.session_id = m.session_id) as begun
       from meetings m join sessions s on s.id = m.session_id where m.stream_key_hash = $1`,
      [keyHash],
    );
    const row = rows[0];
    return row ? { sessionId: row.session_id, keyExpiresAtMs: row.expires_ms ?? 0, begun: row.begun, over: row.over } : null;
  }

  async openMeetings(): Promise<OpenMeeting[]> {
    const { rows } = await this.#query<{ session_id: string; away_ms: number | null; away_reason: GapReason | null }>(
      `select m.session_id, ${ms('m.away_since')} as away_ms, m.away_reason from meetings m join sessions s on s.id = m.session_id
       where ${STREAMED} and s.ended_at is null
         and (m.away_since is not null or exists (select 1 from meeting_streams t where t.session_id = m.session_id))`,
    );
    return rows.map((row) => ({ sessionId: row.session_id, away: row.away_ms === null ? null : { sinceMs: row.away_ms, reason: row.away_reason ?? 'stream_away' }, lastReason: row.away_reason ?? 'stream_away' }));
  }

  /** @throws SpoolError `unavailable`: the claim does not stand any more */
  async beginStream({ sessionId, publishedAtMs }: IncomingStream, baseSample: number, gapReason: GapReason): Promise<BegunStream> {
    return this.#database.asService(async (tx) => {
      if (!(await this.#stands(tx, sessionId))) throw superseded();
      const { rows } = await tx.query<{ base_sample: string; ended: boolean }>(
        `select base_sample, ended_at is not null as ended from meeting_streams where session_id = $1 and published_at = ${at('$2')}`,
        [sessionId, publishedAtMs],
      );
      if (rows[0]) return { baseSample: Number(rows[0].base_sample), ended: rows[0].ended };
      await tx.query(
        `insert into meeting_gaps (session_id, at_sample, from_at, to_at, reason)
         select session_id, $3, coalesce(ended_at, published_at), greatest(coalesce(ended_at, published_at), ${at('$2')}), $4
         from meeting_streams where session_id = $1 order by stream desc limit 1
         on conflict on constraint meeting_gaps_pkey do update set to_at = greatest(meeting_gaps.to_at, excluded.to_at)`,
        [sessionId, publishedAtMs, baseSample, gapReason],
      );
      await tx.query(
        `insert into meeting_streams (session_id, stream, base_sample, published_at)
         select $1, coalesce(max(stream), 0) + 1, $3, ${at('$2')} from meeting_streams where session_id = $1`,
        [sessionId, publishedAtMs, baseSample],
      );
      return { baseSample, ended: false };
    });
  }

  async recordSpoken(sessionId: string, baseSample: number, spans: SpokenSpan[]): Promise<void> {
    const columns = [spans.map((span) => span.participant), spans.map((span) => [...asPlainLine(span.name)].slice(0, 100).join('').trim()), spans.map((span) => baseSample + span.startSample), spans.map((span) => baseSample + span.endSample)];
    await this.#write(
      sessionId,
      `insert into meeting_spoken (session_id, participant, name, start_sample, end_sample)
       select $1, participant, name, start_sample, end_sample from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) as span (participant, name, start_sample, end_sample)
       on conflict (session_id, participant, start_sample) do nothing`,
      [sessionId, ...columns],
    );
  }

  async endStream({ sessionId, publishedAtMs }: IncomingStream, endedAtMs: number): Promise<void> {
    await this.#write(
      sessionId,
      `update meeting_streams set ended_at = greatest(published_at, ${at('$3')}) where session_id = $1 and published_at = ${at('$2')} and ended_at is null`,
      [sessionId, publishedAtMs, endedAtMs],
    );
  }

  async recordGap(sessionId: string, { atSample, fromMs, toMs, reason }: { atSample: number; fromMs: number; toMs: number; reason: GapReason }): Promise<void> {
    await this.#write(
      sessionId,
      `insert into meeting_gaps (session_id, at_sample, from_at, to_at, reason)
       select id, $2, ${at('$3')}, ${at('$4')}, $5 from sessions where id = $1 on conflict do nothing`,
      [sessionId, atSample, fromMs, Math.max(fromMs, toMs), reason],
    );
  }

  async setAway(sessionId: string, away: Away | null): Promise<void> {
    // The reason outlasts the return: whoever begins the stream that came may be another process.
    await this.#write(sessionId, `update meetings set away_since = ${at('$2')}, away_reason = coalesce($3, away_reason) where session_id = $1`, [sessionId, away?.sinceMs ?? null, away?.reason ?? null], LAST);
  }

  async requestEnd(sessionId: string): Promise<void> {
    await this.#write(sessionId, 'update sessions set end_requested_at = now() where id = $1 and end_requested_at is null and ended_at is null', [sessionId], LAST);
  }

  async ending(sessionIds: string[]): Promise<string[]> {
    if (sessionIds.length === 0) return [];
    const { rows } = await this.#query<{ id: string }>(`select s.id from sessions s where s.id = any($1::uuid[]) and ${OPEN}`, [sessionIds]);
    const open = new Set(rows.map((row) => row.id));
    return sessionIds.filter((id) => !open.has(id));
  }

  /** @throws SpoolError `unavailable`: the claim does not stand any more, or it is not its turn */
  async issueTicket(sessionId: string): Promise<string | null> {
    const ticket = newSecret();
    const hash = await sha256Hex(ticket);
    return this.#database.asService(async (tx) => {
      if (!(await this.#stands(tx, sessionId, NEXT))) throw superseded();
      const { rowCount } = await tx.query(
        `insert into tickets (token_hash, session_id, person_id, role, expires_at)
         select $2, s.id, s.owner_id, 'participant', now() + interval '1 minute'
         from sessions s join meetings m on m.session_id = s.id where s.id = $1 and s.kind = 'meeting' and ${STREAMED} and s.ended_at is null`,
        [sessionId, hash],
      );
      return rowCount === 1 ? ticket : null;
    });
  }

  async endUnused(nowMs: number): Promise<void> {
    await this.#query(
      `update sessions s set end_requested_at = now() from meetings m
       where m.session_id = s.id and ${STREAMED} and ${OPEN} and s.writer_epoch = 0 and m.stream_key_expires_at < ${at('$1')} and m.away_since is null
         and not exists (select 1 from meeting_streams t where t.session_id = s.id)`,
      [nowMs],
    );
  }

  /** Until the transaction is over nobody else claims or passes: the meeting's row is locked first, as they do. */
  async #stands(tx: Transaction, sessionId: string, besides = 'true'): Promise<boolean> {
    if (this.#fence === null) return true;
    await tx.query('select 1 from meetings where session_id = $1 for no key update', [sessionId]);
    const { rowCount } = await tx.query(`select 1 from meeting_claims c where c.session_id = $1 and c.claim = $2 and c.owner = $3 and ${besides}`, [sessionId, this.#fence.claim, this.#fence.owner]);
    return rowCount === 1;
  }

  async #write(sessionId: string, sql: string, params: unknown[], besides?: string): Promise<void> {
    await this.#database.asService(async (tx) => {
      if (await this.#stands(tx, sessionId, besides)) await tx.query(sql, params);
    });
  }

  #query<R>(sql: string, params?: unknown[]) {
    return this.#database.asService((tx: Transaction) => tx.query<R>(sql, params));
  }
}

/** Whoever holds the claim hears of it within a second, and leaves the meeting. */
function superseded(): SpoolError {
  return new SpoolError('unavailable', 'Another process has the meeting.');
}
