/** All meetings that are streamed to this process: lets senders in, and keeps a feed for each meeting it has. */
import type { Clock } from '#domain/clock.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import { repeatedly } from '#domain/repeat.ts';
import { admitStream } from '#domain/meetings/ingest/admit-stream.ts';
import type { Presence } from '#domain/meetings/ingest/presence.ts';
import type { ClaimStore, IncomingStream, IngestStore, OpenMeeting, StreamIntake } from '#domain/meetings/ingest/ports.ts';
import { MeetingFeed } from './meeting-feed.ts';
import { StreamClaims } from './stream-claims.ts';

/** How soon a request to end is noticed: the tail of a stream is taken in before the live session ends. */
const ASK_EVERY_MS = 500;
const END_UNUSED_EVERY_MS = 60_000;
/** What has arrived is in the session 0.15 s after its sender has gone; a process that stops has little more (INGEST_STOP_BUDGET_MS). */
const LAST_MOMENT_MS = 250;

export interface MeetingIngestOptions {
  intake: StreamIntake;
  store: IngestStore;
  claims: ClaimStore;
  /** Whose the streams on this disk are. */
  owner: string;
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
  readonly #claims: StreamClaims;
  readonly #takingUp = new Set<string>();
  #vacated = false;
  #stopping = false;

  constructor(options: MeetingIngestOptions) {
    this.#options = options;
    this.#claims = new StreamClaims({
      ...options,
      store: options.claims,
      inUse: (sessionId) => this.#feeds.has(sessionId),
      onAdopted: (sessionId) => this.#adopted(sessionId),
      onLost: (sessionId, streams) => this.#lost(sessionId, streams),
      onChange: () => this.#look(),
    });
    options.intake.onChange(() => this.#look());
  }

  /**
   * Meetings an earlier process on this disk left, and those nobody has; those that are away get the whole time to come back.
   * @throws SpoolError `unavailable`
   */
  async start(): Promise<void> {
    const { store, clock } = this.#options;
    await this.#claims.start();
    for (const meeting of await store.openMeetings()) {
      if (this.#claims.has(meeting.sessionId) || (await this.#claims.adopt(meeting.sessionId))) this.#goOn(meeting);
    }
    this.#cancels.add(repeatedly(this.#options, ASK_EVERY_MS, () => this.#followEnds()));
    this.#cancels.add(repeatedly(this.#options, END_UNUSED_EVERY_MS, () => store.endUnused(clock.nowMs())));
  }

  /** Call after the intake has started: what is missing there is away. */
  look(): void {
    this.#claims.follow();
    this.#look();
  }

  /** No sender comes to this process any more. Never fails: others find out by themselves a few seconds later. */
  async vacate(): Promise<void> {
    this.#vacated = true;
    await this.#claims.vacate().catch((error: unknown) => this.#options.log.warn(traceOf(error), 'Others could not be told that this process stops.'));
  }

  /** Call after the intake has stopped: nothing more comes. What has arrived is brought in if that takes a moment, the rest is left where it is. */
  async stop(): Promise<void> {
    await this.#lastMoment();
    this.#stopping = true;
    for (const cancel of this.#cancels) cancel();
    await Promise.all([...this.#feeds.values()].map((feed) => feed.stop()));
    await this.#claims.stop();
  }

  #lastMoment(): Promise<void> {
    const { intake, clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.schedule(LAST_MOMENT_MS, resolve);
    const look = () => intake.streams().length === 0 && resolve();
    intake.onChange(look);
    look();
    return promise.finally(cancel);
  }

  /** The session a key belongs to, if its sender may come in now. */
  async admit(key: string): Promise<string | null> {
    const { store, clock, log } = this.#options;
    const admission = await admitStream(key, { store, nowMs: clock.nowMs(), heardAtMs: (sessionId) => this.#heardAtMs(sessionId) }).catch((error: unknown) => {
      log.error(traceOf(error), 'Whether a sender may come in could not be found out; it is refused for now.');
      throw error;
    });
    const why = !admission.admitted ? admission.why : (await this.#claims.claim(admission.sessionId)) ? null : 'busy';
    if (!admission.admitted || why !== null) {
      log.warn({ why }, 'A sender was refused.');
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
      if (this.#feeds.has(sessionId)) continue;
      if (this.#claims.has(sessionId)) this.#feed(sessionId, { is: 'awaited' });
      else void this.#takeUp(sessionId);
    }
    for (const feed of this.#feeds.values()) feed.look();
    this.#claims.look();
  }

  /** Lies on the disk, and this process does not have its meeting: nobody has, or others went on without it. */
  async #takeUp(sessionId: string): Promise<void> {
    const { intake, log } = this.#options;
    // A process that takes up nothing more cannot tell whose it is.
    if (this.#vacated || this.#takingUp.has(sessionId)) return;
    this.#takingUp.add(sessionId);
    try {
      const left = intake.streams().filter((stream) => stream.sessionId === sessionId);
      if (await this.#claims.adopt(sessionId)) return this.#feed(sessionId, { is: 'awaited' });
      if (this.#claims.has(sessionId)) return;
      log.warn({ sessionId, streams: left.length }, 'Another process went on with this meeting; what of it is left here is dropped.');
      for (const stream of left) intake.remove(stream);
    } catch (error) {
      log.warn({ sessionId, ...traceOf(error) }, 'Whose a meeting is could not be found out; it is tried again.');
    } finally {
      this.#takingUp.delete(sessionId);
    }
  }

  #goOn({ sessionId, away, lastReason }: OpenMeeting): void {
    this.#feed(sessionId, away === null ? { is: 'here', after: lastReason } : { is: 'away', graceFromMs: this.#options.clock.nowMs(), ...away });
  }

  /** One that is over already has a feed as well: what its process did not bring in is written down as missing. */
  async #adopted(sessionId: string): Promise<void> {
    const meeting = (await this.#options.store.openMeetings()).find((open) => open.sessionId === sessionId);
    if (meeting) this.#goOn(meeting);
    else this.#feed(sessionId, { is: 'awaited' });
  }

  async #lost(sessionId: string, streams: IncomingStream[]): Promise<void> {
    await this.#feeds.get(sessionId)?.stop();
    for (const stream of streams) this.#options.intake.remove(stream);
  }

  #feed(sessionId: string, presence: Presence): void {
    if (this.#stopping || this.#feeds.has(sessionId)) return;
    const feed = new MeetingFeed({ ...this.#options, sessionId, presence, hold: this.#claims.holdOf(sessionId) });
    this.#feeds.set(sessionId, feed);
    void feed.done.finally(() => this.#feeds.delete(sessionId));
  }

  async #followEnds(): Promise<void> {
    for (const sessionId of await this.#options.store.ending([...this.#feeds.keys()])) this.#feeds.get(sessionId)?.end();
  }
}
