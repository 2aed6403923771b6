/**
 * The sessions this process writes: opens each under a lease, renews all leases with one statement, follows requests to
 * end, picks up sessions nobody writes any more, and hands everything over on shutdown.
 */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import { repeatedly } from '#domain/repeat.ts';
import type { AudioLog, LiveSessionStore } from '#domain/session/ports.ts';
import { ABANDONED_AFTER_MS } from '#domain/session/session-status.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import type { Logger } from 'pino';
import type { CodeInterview } from './code-companion.ts';
import { type Engines, LiveSession, type Peer } from './live-session.ts';
import type { Metrics } from './metrics.ts';

/** A writer that has not renewed for this long may be replaced. Above two renewals and a database restart. */
export const LEASE_TTL_MS = 6_000;
export const LEASE_RENEW_MS = 1_500;
/** Acknowledgements stop this long before the lease runs out, to cover the way to the client. */
const LEASE_MARGIN_MS = 500;
/** How long a person who connects waits for the earlier writer to let go. */
const LEASE_WAIT_MS = LEASE_TTL_MS + 2_000;
const END_REQUEST_POLL_MS = 250;
/** How soon a run's result reaches the people and the interviewer; asked for all code sessions at once. */
export const RUN_POLL_MS = 150;
const ABANDONED_POLL_MS = 2_000;
/** A session without its participant stays in memory this long, for a quick reconnect. */
export const LINGER_MS = 60_000;
/** Finishing a sentence when the process is asked to stop. */
const SENTENCE_BUDGET_MS = 2_000;

export interface RegistryOptions {
  writerId: string;
  store: LiveSessionStore;
  audio: AudioLog;
  engines: Engines;
  code?: CodeInterview;
  /** Length of a meeting's chunks. */
  chunkSamples: number;
  clock: Clock;
  log: Logger;
  metrics: () => Metrics;
}

export class SessionRegistry {
  readonly #options: RegistryOptions;
  readonly #sessions = new Map<string, LiveSession>();
  readonly #opening = new Map<string, Promise<LiveSession>>();
  readonly #closing = new Map<string, Promise<void>>();
  /** How many people are on their way into a session. */
  readonly #joining = new Map<string, number>();
  /** Until when, on the monotonic clock, each lease is ours for certain. */
  readonly #leaseUntilMs = new Map<string, number>();
  readonly #lingering = new Map<string, () => void>();
  readonly #timers = new Set<() => void>();
  #stopping = false;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** An earlier process at this host and port is dead, since the port is ours: its leases end now, and not those of people who were faster than this. */
  async start(): Promise<void> {
    const { store, writerId } = this.#options;
    await store.releaseLeasesOf(writerId.slice(0, writerId.indexOf('/') + 1), writerId);
    if (this.#stopping) return;
    this.#timers.add(repeatedly(this.#options, LEASE_RENEW_MS, () => this.#renew()));
    this.#timers.add(repeatedly(this.#options, END_REQUEST_POLL_MS, () => this.#followEndRequests()));
    this.#timers.add(repeatedly(this.#options, RUN_POLL_MS, () => this.#followRuns()));
    this.#timers.add(repeatedly(this.#options, ABANDONED_POLL_MS, () => this.#pickUpAbandoned()));
  }

  /** Drains every session; the caller bounds the time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const cancel of this.#timers) cancel();
    await Promise.allSettled([...this.#opening.values()]);
    const sessions = [...this.#sessions.values()];
    await Promise.allSettled(sessions.map((session) => session.drain(CLOSE.restarting, SENTENCE_BUDGET_MS)));
    await Promise.allSettled([...this.#closing.values(), ...sessions.map((session) => session.soundStored())]);
  }

  /** The session if this process writes it. */
  local(sessionId: string): LiveSession | undefined {
    return this.#sessions.get(sessionId);
  }

  /** @throws SpoolError `session.over`, `session.not_found`, `unavailable`, `stream.overloaded` (shutting down) */
  async join(sessionId: string, peer: Peer): Promise<LiveSession> {
    this.#joining.set(sessionId, (this.#joining.get(sessionId) ?? 0) + 1);
    try {
      let session = await this.open(sessionId);
      // It may have left this process between being found and this line.
      while (session.gone) session = await this.open(sessionId);
      if (peer.closed) {
        this.#lingerIfEmpty(session);
        throw new SpoolError('protocol.unexpected', 'The connection was lost while it joined.');
      }
      session.join(peer);
      // Only now: showing an older connection out looks as if everybody had left.
      this.#lingering.get(sessionId)?.();
      return session;
    } finally {
      const others = this.#joining.get(sessionId)! - 1;
      if (others > 0) this.#joining.set(sessionId, others);
      else this.#joining.delete(sessionId);
    }
  }

  leave(session: LiveSession, peer: Peer): void {
    session.leave(peer);
    this.#lingerIfEmpty(session);
  }

  #lingerIfEmpty(session: LiveSession): void {
    if (session.hasPeers || session.gone || this.#stopping) return;
    this.#lingering.get(session.sessionId)?.();
    const cancel = this.#options.clock.schedule(LINGER_MS, () => void session.drain(CLOSE.restarting, 0));
    this.#lingering.set(session.sessionId, () => {
      cancel();
      this.#lingering.delete(session.sessionId);
    });
  }

  /** `handOver`: a writer elsewhere is asked to let go; without, it is `unavailable` while there is one. */
  async open(sessionId: string, handOver = true): Promise<LiveSession> {
    // What leaves closes its files and gives its lease back first, or the next writer would lose both.
    for (let closing = this.#closing.get(sessionId); closing && !this.#stopping; closing = this.#closing.get(sessionId)) await this.#closed(closing);
    if (this.#stopping) throw new SpoolError('stream.overloaded', 'The server is shutting down.');
    const open = this.#sessions.get(sessionId);
    if (open && !open.gone) return open;
    const under = this.#opening.get(sessionId) ?? this.#open(sessionId, handOver).finally(() => this.#opening.delete(sessionId));
    this.#opening.set(sessionId, under);
    return under;
  }

  /** A database that is away keeps a session from closing; nobody waits at the door for longer than for a lease. */
  #closed(closing: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.schedule(LEASE_WAIT_MS, () => reject(new SpoolError('unavailable', 'The session is still being closed.')));
      void closing.finally(() => {
        cancel();
        resolve();
      });
    });
  }

  async #open(sessionId: string, handOver: boolean): Promise<LiveSession> {
    const { store, audio, clock, writerId } = this.#options;
    const leasedAtMs = clock.monotonicMs();
    const epoch = await this.#acquire(sessionId, leasedAtMs, handOver);
    try {
      const stored = await store.load(sessionId);
      if (!stored) throw new SpoolError('session.not_found');
      if (stored.session.endedAt !== null) throw new SpoolError('session.over');
      const writer = await audio.openWriter(sessionId, epoch);
      const session = new LiveSession({
        stored,
        epoch,
        audio,
        writer,
        store,
        engines: this.#options.engines,
        code: this.#options.code,
        chunkSamples: this.#options.chunkSamples,
        clock,
        metrics: this.#options.metrics(),
        holdsLease: () => clock.monotonicMs() < (this.#leaseUntilMs.get(sessionId) ?? 0),
        onGone: (gone, closed) => this.#gone(gone, closed),
      });
      this.#sessions.set(sessionId, session);
      return session;
    } catch (error) {
      this.#leaseUntilMs.delete(sessionId);
      await store.releaseLease(sessionId, writerId, epoch).catch(() => {});
      throw error;
    }
  }

  async #acquire(sessionId: string, sinceMs: number, handOver: boolean): Promise<number> {
    const { store, clock, writerId } = this.#options;
    for (;;) {
      const askedAtMs = clock.monotonicMs();
      const lease = await store.acquireLease(sessionId, writerId, LEASE_TTL_MS, handOver);
      if (lease === null) throw new SpoolError('session.not_found');
      if ('epoch' in lease) {
        this.#leaseUntilMs.set(sessionId, askedAtMs + LEASE_TTL_MS - LEASE_MARGIN_MS);
        return lease.epoch;
      }
      if (!handOver || clock.monotonicMs() - sinceMs > LEASE_WAIT_MS || this.#stopping) throw new SpoolError('unavailable', 'The session is held by another server.');
      await new Promise<void>((resolve) => clock.schedule(Math.min(250, Math.max(20, lease.retryAfterMs)), resolve));
    }
  }

  #gone(session: LiveSession, closed: Promise<void>): void {
    const { store, writerId, log } = this.#options;
    const { sessionId } = session;
    if (this.#sessions.get(sessionId) === session) this.#sessions.delete(sessionId);
    this.#leaseUntilMs.delete(sessionId);
    this.#lingering.get(sessionId)?.();
    const closing = closed
      .then(() => store.releaseLease(sessionId, writerId, session.epoch))
      .catch((error: unknown) => log.warn(traceOf(error), 'A lease could not be released; it runs out by itself.'))
      .finally(() => this.#closing.delete(sessionId));
    this.#closing.set(sessionId, closing);
  }

  async #renew(): Promise<void> {
    const { store, clock, writerId } = this.#options;
    const asked = [...this.#sessions];
    if (asked.length === 0) return;
    const askedAtMs = clock.monotonicMs();
    const { kept, wanted } = await store.renewLeases(writerId, asked.map(([sessionId]) => sessionId), LEASE_TTL_MS);
    const ours = new Set(kept);
    for (const [sessionId, session] of asked) {
      // It left meanwhile; the lease of one that was opened in its place is another.
      if (this.#sessions.get(sessionId) !== session) continue;
      if (wanted.includes(sessionId)) void session.drain(CLOSE.replaced, 0);
      else if (ours.has(sessionId)) {
        this.#leaseUntilMs.set(sessionId, askedAtMs + LEASE_TTL_MS - LEASE_MARGIN_MS);
        session.leaseRenewed();
      }
      else session.lose();
    }
  }

  async #followEndRequests(): Promise<void> {
    if (this.#sessions.size === 0) return;
    for (const sessionId of await this.#options.store.endRequests(this.#options.writerId)) this.#sessions.get(sessionId)?.end('ended_by_request');
  }

  async #followRuns(): Promise<void> {
    const following = [...this.#sessions.values()].flatMap((session) => (session.followedSeq === null ? [] : [{ sessionId: session.sessionId, after: session.followedSeq }]));
    if (following.length === 0) return;
    for (const { sessionId, throughSeq, events } of await this.#options.store.runEvents(following)) this.#sessions.get(sessionId)?.follow(events, throughSeq);
  }

  async #pickUpAbandoned(): Promise<void> {
    for (const sessionId of await this.#options.store.abandoned(ABANDONED_AFTER_MS, 10)) {
      // Somebody came back since the question was asked.
      if (this.#sessions.has(sessionId) || this.#joining.has(sessionId)) continue;
      // On another server, too: whoever holds it by now keeps it.
      const session = await this.open(sessionId, false).catch(() => null);
      if (session && !session.hasPeers && !this.#joining.has(sessionId)) session.end(session.endRequested ? 'ended_by_request' : 'idle');
    }
  }
}
