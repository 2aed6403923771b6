/** What a live session keeps in its database, in memory: leases, epochs and commits by the rules of the port, and failures on demand. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { ItemRecord, LiveSessionStore, SessionChanges, StoredSession, TicketClaim } from '#domain/session/ports.ts';
import type { SessionEvent, SessionKind } from '#domain/session/session.ts';

interface Row {
  stored: StoredSession;
  writerId: string | null;
  epoch: number;
  leaseUntilMs: number | null;
  handoverTo: string | null;
  /** Every item as it was committed, in order: revisions show. */
  writes: ItemRecord[];
  /** Status after each commit that named one. */
  statuses: string[];
}

export class ScriptedSessionStore implements LiveSessionStore {
  readonly #clock: Clock;
  readonly #rows = new Map<string, Row>();
  readonly tickets = new Map<string, TicketClaim>();
  /** People who may not watch any more. */
  readonly letOut = new Set<string>();
  /** When set, everything fails with it. */
  failure: SpoolError | null = null;
  /** Runs before a method does its work; tests make it wait or fail. */
  before: (method: keyof LiveSessionStore) => Promise<void> = async () => {};
  commits = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(id: string, kind: SessionKind = 'onboarding'): void {
    const createdAt = new Date(this.#clock.nowMs()).toISOString();
    const session = { id, kind, status: 'created' as const, title: '', templateId: null, consent: { recording: true }, createdAt, startedAt: null, endedAt: null, durationMs: 0, endReason: null, sample: false };
    this.#rows.set(id, { stored: { session, ownerId: 'a', ownerName: 'Ada Lovelace', items: [], events: [], interests: [], decisions: [], endRequested: false }, writerId: null, epoch: 0, leaseUntilMs: null, handoverTo: null, writes: [], statuses: [] });
  }
  row(id: string): Row {
    return this.#rows.get(id)!;
  }
  userItems(id: string): ItemRecord[] {
    return this.row(id).stored.items.filter((item) => item.speaker === 'user');
  }
  eventTypes(id: string): string[] {
    return this.row(id).stored.events.map((event) => event.type);
  }
  erase(id: string): void {
    this.#rows.delete(id);
  }
  requestEnd(id: string): void {
    this.row(id).stored.endRequested = true;
  }

  async consumeTicket(tokenHash: string): Promise<TicketClaim | null> {
    await this.#begin('consumeTicket');
    const claim = this.tickets.get(tokenHash) ?? null;
    this.tickets.delete(tokenHash);
    return claim;
  }
  async mayWatch(sessionId: string, personId: string): Promise<boolean> {
    await this.#begin('mayWatch');
    return this.#rows.has(sessionId) && !this.letOut.has(personId);
  }
  async acquireLease(sessionId: string, writerId: string, ttlMs: number, handOver = true): Promise<{ epoch: number } | { held: true; retryAfterMs: number } | null> {
    await this.#begin('acquireLease');
    const row = this.#rows.get(sessionId);
    if (!row) return null;
    const leftMs = (row.leaseUntilMs ?? 0) - this.#clock.monotonicMs();
    if (row.writerId !== null && row.writerId !== writerId && leftMs > 0) {
      if (handOver) row.handoverTo = writerId;
      return { held: true, retryAfterMs: Math.min(100, leftMs) };
    }
    Object.assign(row, { writerId, epoch: row.epoch + 1, leaseUntilMs: this.#clock.monotonicMs() + ttlMs, handoverTo: null });
    return { epoch: row.epoch };
  }
  async renewLeases(writerId: string, sessionIds: string[], ttlMs: number): Promise<{ kept: string[]; wanted: string[] }> {
    await this.#begin('renewLeases');
    const ours = sessionIds.filter((id) => this.#rows.get(id)?.writerId === writerId);
    for (const id of ours) this.row(id).leaseUntilMs = this.#clock.monotonicMs() + ttlMs;
    return { kept: ours.filter((id) => this.row(id).handoverTo === null), wanted: ours.filter((id) => this.row(id).handoverTo !== null) };
  }
  async releaseLease(sessionId: string, writerId: string, epoch: number): Promise<void> {
    await this.#begin('releaseLease');
    const row = this.#rows.get(sessionId);
    if (row?.writerId === writerId && row.epoch === epoch) Object.assign(row, { writerId: null, leaseUntilMs: null, handoverTo: null });
  }
  async releaseLeasesOf(prefix: string, but?: string): Promise<void> {
    await this.#begin('releaseLeasesOf');
    for (const row of this.#rows.values()) if (row.writerId?.startsWith(prefix) && row.writerId !== but) Object.assign(row, { writerId: null, leaseUntilMs: null, handoverTo: null });
  }
  async load(sessionId: string): Promise<StoredSession | null> {
    await this.#begin('load');
    const row = this.#rows.get(sessionId);
    return row ? structuredClone(row.stored) : null;
  }
  async exists(sessionId: string): Promise<boolean> {
    await this.#begin('exists');
    return this.#rows.has(sessionId);
  }
  async commit(sessionId: string, epoch: number, changes: SessionChanges): Promise<{ lastSeq: number }> {
    await this.#begin('commit');
    const row = this.#rows.get(sessionId);
    if (row?.epoch !== epoch) throw new SpoolError('lease.lost');
    this.commits += 1;
    const { stored } = row;
    const now = new Date(this.#clock.nowMs()).toISOString();
    for (const item of structuredClone(changes.items ?? [])) {
      row.writes.push(item);
      const index = stored.items.findIndex((other) => other.itemId === item.itemId);
      if (index < 0) stored.items.push(item);
      else if (item.revision >= stored.items[index]!.revision) stored.items[index] = item;
    }
    for (const interest of structuredClone(changes.interests ?? [])) {
      const index = stored.interests.findIndex((other) => other.id === interest.id);
      if (index < 0) stored.interests.push(interest);
      else stored.interests[index] = interest;
    }
    for (const event of structuredClone(changes.events ?? [])) stored.events.push({ seq: stored.events.length + 1, atMs: this.#clock.nowMs() - Date.parse(stored.session.createdAt), ...event });
    if (changes.status) {
      stored.session.status = changes.status;
      row.statuses.push(changes.status);
    }
    if (changes.startedAt) stored.session.startedAt ??= now;
    if (changes.ended) Object.assign(stored.session, { endedAt: stored.session.endedAt ?? now, endReason: changes.ended.reason, durationMs: changes.ended.durationMs });
    return { lastSeq: stored.events.length };
  }
  async eventsSince(sessionId: string, after: number): Promise<SessionEvent[]> {
    await this.#begin('eventsSince');
    return structuredClone(this.#rows.get(sessionId)?.stored.events.filter((event) => event.seq > after) ?? []);
  }
  async runEvents(sessions: { sessionId: string; after: number }[]): Promise<{ sessionId: string; throughSeq: number; events: SessionEvent[] }[]> {
    await this.#begin('runEvents');
    return sessions.flatMap(({ sessionId, after }) => {
      const events = this.#rows.get(sessionId)?.stored.events.filter((event) => event.seq > after) ?? [];
      return events.length === 0 ? [] : [{ sessionId, throughSeq: events.at(-1)!.seq, events: structuredClone(events.filter(({ type }) => type === 'run.started' || type === 'run.result')) }];
    });
  }
  /** What another process appends to a session's log. */
  append(sessionId: string, ...events: { type: string; data: unknown }[]): void {
    const row = this.#rows.get(sessionId);
    for (const event of events) row?.stored.events.push({ seq: row.stored.events.length + 1, atMs: this.#clock.nowMs() - Date.parse(row.stored.session.createdAt), ...event });
  }
  async endRequests(writerId: string): Promise<string[]> {
    await this.#begin('endRequests');
    return [...this.#rows].filter(([, row]) => row.writerId === writerId && row.stored.endRequested && row.stored.session.endedAt === null).map(([id]) => id);
  }
  async abandoned(idleMs: number, limit: number): Promise<string[]> {
    await this.#begin('abandoned');
    const nowMs = this.#clock.monotonicMs();
    const left = [...this.#rows].filter(([, row]) => {
      if (row.stored.session.endedAt !== null || row.epoch === 0 || (row.leaseUntilMs ?? 0) > nowMs) return false;
      const sinceMs = row.leaseUntilMs ?? Date.parse(row.stored.session.createdAt) + (row.stored.events.at(-1)?.atMs ?? 0);
      return row.stored.endRequested || sinceMs <= nowMs - idleMs;
    });
    return left.slice(0, limit).map(([id]) => id);
  }
  async reachable(): Promise<boolean> {
    return this.failure === null;
  }

  async #begin(method: keyof LiveSessionStore): Promise<void> {
    await this.before(method);
    if (this.failure) throw this.failure;
  }
}
