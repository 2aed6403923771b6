/** All meetings that are streamed to this machine: lets senders in, and keeps a feed for each meeting that has one. */
import type { Clock } from '#domain/clock.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import { repeatedly } from '#domain/repeat.ts';
import { admitStream } from '#domain/meetings/ingest/admit-stream.ts';
import type { Presence } from '#domain/meetings/ingest/presence.ts';
import type { IngestStore, StreamIntake } from '#domain/meetings/ingest/ports.ts';
import { MeetingFeed } from './meeting-feed.ts';

/** How soon a request to end is noticed: the tail of a stream is taken in before the live session ends. */
const ASK_EVERY_MS = 500;
const END_UNUSED_EVERY_MS = 60_000;

export interface MeetingIngestOptions {
  intake: StreamIntake;
  store: IngestStore;
  /** The live sessions' stream. */
  url: string;
  graceMs: number;
  clock: Clock;
  log: Log;
}

export class MeetingIngest {
  readonly #options: MeetingIngestOptions;
  readonly #feeds = new Map<string, MeetingFeed>();
  readonly #cancels = new Set<() => void>();
  #stopping = false;

  constructor(options: MeetingIngestOptions) {
    this.#options = options;
    options.intake.onChange(() => this.#look());
  }

  /** Meetings an earlier process left; those that are away get the whole time to come back. @throws SpoolError `unavailable` */
  async start(): Promise<void> {
    const { store, clock } = this.#options;
    const nowMs = clock.nowMs();
    for (const { sessionId, away } of await store.openMeetings()) {
      this.#feed(sessionId, away === null ? { is: 'here' } : { is: 'away', graceFromMs: nowMs, ...away });
    }
    this.#cancels.add(repeatedly(this.#options, ASK_EVERY_MS, () => this.#followEnds()));
    this.#cancels.add(repeatedly(this.#options, END_UNUSED_EVERY_MS, () => store.endUnused(clock.nowMs())));
  }

  /** Call after the intake has started: what is missing there is away. */
  look(): void {
    this.#look();
    for (const feed of this.#feeds.values()) feed.look();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const cancel of this.#cancels) cancel();
    await Promise.all([...this.#feeds.values()].map((feed) => feed.stop()));
  }

  /** The session a key belongs to, if its sender may come in now. */
  async admit(key: string): Promise<string | null> {
    const { store, clock, log } = this.#options;
    const admission = await admitStream(key, { store, nowMs: clock.nowMs(), heardAtMs: (sessionId) => this.#heardAtMs(sessionId) }).catch((error: unknown) => {
      log.error(traceOf(error), 'Whether a sender may come in could not be found out; it is refused for now.');
      throw error;
    });
    if (!admission.admitted) {
      log.warn({ why: admission.why }, 'A sender was refused.');
      return null;
    }
    log.info({ sessionId: admission.sessionId }, 'A sender was let in.');
    return admission.sessionId;
  }

  #heardAtMs(sessionId: string): number | null {
    const { intake } = this.#options;
    const live = intake.streams().filter((stream) => stream.sessionId === sessionId && intake.status(stream).live);
    return live.length === 0 ? null : Math.max(...live.map((stream) => intake.status(stream).lastArrivalMs));
  }

  #look(): void {
    if (this.#stopping) return;
    for (const sessionId of new Set(this.#options.intake.streams().map((stream) => stream.sessionId))) {
      if (!this.#feeds.has(sessionId)) this.#feed(sessionId, { is: 'awaited' });
    }
    for (const feed of this.#feeds.values()) feed.look();
  }

  #feed(sessionId: string, presence: Presence): void {
    const feed = new MeetingFeed({ ...this.#options, sessionId, presence });
    this.#feeds.set(sessionId, feed);
    void feed.done.finally(() => this.#feeds.delete(sessionId));
  }

  async #followEnds(): Promise<void> {
    for (const sessionId of await this.#options.store.ending([...this.#feeds.keys()])) this.#feeds.get(sessionId)?.end();
  }
}
