/**
 * One meeting's audio on its way from the intake into the session: its streams one after the other, each from where the
 * session stands, and what follows when no stream is there. Whatever fails is begun again from what is written down.
 */
import type { Clock } from '#domain/clock.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import { gapReasonOf, presenceTransition } from '#domain/meetings/ingest/presence.ts';
import type { Presence, PresenceEvent } from '#domain/meetings/ingest/presence.ts';
import type { GapReason, IncomingStream, MeetingWrites, StreamIntake } from '#domain/meetings/ingest/ports.ts';
import { msToSamples, samplesToMs } from '#domain/stream/audio-format.ts';
import { FeedSeat } from './feed-seat.ts';
import { soleHold } from './stream-claims.ts';
import type { MeetingHold } from './stream-claims.ts';

const AGAIN_AFTER_MS = 1_000;
const TICK_MS = 1_000;
/** A stream that cannot be decoded to its end by then is ended where decoding stops, with a gap for the rest. */
const DECODE_TRIES = 3;
/**
 * A stream cannot hold more sound than its sender was there for, and what it had kept before it came. Timestamps may claim
 * days, e.g. in another unit: they would fill the disk with silence.
 */
const KEPT_BEFORE_MS = 3_600_000;
/** What a sender takes to begin, and a decoder holds back: less is no gap. */
const UNNOTICED_MS = 5_000;

export interface MeetingFeedOptions {
  sessionId: string;
  intake: StreamIntake;
  store: MeetingWrites;
  /** Of several processes that take in streams, whose turn it is. By default there is but one. */
  hold?: MeetingHold;
  url: string;
  graceMs: number;
  clock: Clock;
  log: Log;
  /** As it was left by an earlier process. */
  presence: Presence;
}

export class MeetingFeed {
  readonly sessionId: string;
  /** Resolves when the session is over and nothing of it is left here, or after `stop`. */
  readonly done: Promise<void>;
  readonly #options: MeetingFeedOptions;
  readonly #hold: MeetingHold;
  readonly #abort = new AbortController();
  #seat: FeedSeat | null = null;
  #presence: Presence;
  /** Why nothing came before the stream that is there. */
  #gapReason: GapReason;
  #idle = false;
  #over = false;
  /** Where the stream that is being taken in begins in the session. */
  #begun: { stream: IncomingStream; baseSample: number } | null = null;
  #wake: () => void = () => {};
  #cancelTick: () => void = () => {};
  #writes: Promise<void> = Promise.resolve();

  constructor(options: MeetingFeedOptions) {
    this.#options = options;
    this.#hold = options.hold ?? soleHold(options.sessionId, options.store);
    this.sessionId = options.sessionId;
    this.#presence = options.presence;
    this.#gapReason = gapReasonOf(options.presence);
    this.done = this.#run();
    this.#tick();
  }

  /** The intake has changed: a sender came or went. */
  look(): void {
    const { intake, clock } = this.#options;
    const streams = this.#streams();
    const live = streams.some((stream) => intake.status(stream).live);
    if (!this.#hold.last()) {
      // Its sender has come to another process, which says from now on whether it is there.
      for (const stream of streams) intake.cut(stream);
      if (this.#presence.is !== 'ending') this.#presence = { is: 'awaited' };
    } else if (live && this.#presence.is !== 'here') {
      this.#gapReason = gapReasonOf(this.#presence);
      this.#apply({ type: 'came' });
    } else if (!live && this.#presence.is === 'here') {
      const last = streams.at(-1);
      const { lastArrivalMs, brokeDown } = last ? intake.status(last) : { lastArrivalMs: clock.nowMs(), brokeDown: false };
      this.#apply({ type: 'went', atMs: Math.round(lastArrivalMs), nowMs: clock.nowMs(), reason: brokeDown ? 'ingest_failed' : 'stream_away' });
    }
    this.#wake();
  }

  /** Somebody asked for the end: what has arrived is taken in, the sender is shown out. */
  end(): void {
    if (this.#presence.is !== 'ending') this.#apply({ type: 'endRequested' });
    this.#wake();
  }

  /** Leaves everything as it is for the next process. */
  async stop(): Promise<void> {
    this.#abort.abort(new SpoolError('unavailable', 'The ingest process stops.'));
    this.#seat?.leave();
    this.#wake();
    await this.done;
  }

  async #run(): Promise<void> {
    while (!this.#abort.signal.aborted && !this.#over) {
      const stream = this.#streams()[0];
      this.#idle = !stream && this.#hold.first();
      if (stream && this.#hold.feeds(stream)) {
        await this.#take(stream).catch((error: unknown) => this.#failed(error));
        continue;
      }
      // The seat is somebody else's meanwhile.
      if (stream) this.#seat?.leave();
      if (this.#hold.passable()) {
        await this.#pass().catch((error: unknown) => this.#failed(error));
        // Whoever wakes does so once, and may have done it meanwhile.
        if (this.#hold.first() || this.#abort.signal.aborted || this.#over) continue;
      } else if (!stream && this.#isDone()) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#cancelTick();
    this.#seat?.leave();
    if (this.#over) for (const stream of this.#streams()) this.#leaveOut(stream);
    await this.#writes;
  }

  /** Nobody here is in the session any more, so whoever ends it needs nothing of us; or it is another process's. */
  #isDone(): boolean {
    return !this.#hold.last() || (this.#presence.is === 'ending' && this.#hold.first() && (this.#seat?.closed ?? true));
  }

  /** What dead processes had is missing from where the session stands, which only a seat of one's own tells. */
  async #pass(): Promise<void> {
    this.#seat?.leave();
    const seat = this.#seated();
    const durable = await Promise.race([seat.ready(), seat.over]);
    await this.#hold.pass(durable ?? null);
  }

  async #take(stream: IncomingStream): Promise<void> {
    const { intake } = this.#options;
    const store = this.#hold.writes(stream);
    const seat = this.#seated();
    const durable = await Promise.race([seat.ready(), seat.over]);
    if (durable === undefined) return;
    let begun: number | null = null;
    let given = 0;
    for (let tries = 1; ; tries += 1) {
      try {
        const base: number | null = begun ?? (await this.#base(stream, seat.durableThroughSample));
        if (base === null) return intake.remove(stream);
        begun = base;
        this.#begun = { stream, baseSample: base };
        let position = seat.durableThroughSample - base;
        for await (const samples of intake.read(stream, position, this.#abort.signal)) {
          given += samples.length;
          position += samples.length;
          await seat.send(samples);
          if (position <= msToSamples(intake.status(stream).lastArrivalMs - stream.publishedAtMs + KEPT_BEFORE_MS)) continue;
          this.#options.log.warn({ sessionId: this.sessionId, ms: samplesToMs(position) }, 'A stream claims to be longer than its sender was there; it is ended there.');
          break;
        }
        break;
      } catch (error) {
        if (asSpoolError(error).code !== 'engine.failed') throw error;
        await seat.drained();
        this.#options.log.error({ sessionId: this.sessionId, ms: samplesToMs(given), ...traceOf(error) }, 'A stream could not be decoded to its end.');
        if (tries < DECODE_TRIES) continue;
        const { lastArrivalMs } = intake.status(stream);
        await store.recordGap(this.sessionId, { atSample: seat.durableThroughSample, fromMs: stream.publishedAtMs, toMs: lastArrivalMs, reason: 'ingest_failed' });
        break;
      }
    }
    await seat.drained();
    const spoken = intake.spoken?.(stream) ?? [];
    if (begun !== null && spoken.length > 0) await store.recordSpoken(this.sessionId, begun, spoken);
    await store.endStream(stream, Math.round(intake.status(stream).lastArrivalMs));
    intake.remove(stream);
  }

  /** The session is over and takes nothing more. What of a stream is not in it is missing, and that is said. */
  #leaveOut(stream: IncomingStream): void {
    const { intake } = this.#options;
    const store = this.#hold.writes(stream);
    const atSample = this.#seat?.durableThroughSample ?? 0;
    const base = this.#begun?.stream.publishedAtMs === stream.publishedAtMs ? this.#begun.baseSample : null;
    const taken = base === null ? 0 : atSample - base;
    const takenMs = samplesToMs(taken);
    // Who spoke in what is in it is known all the same.
    const spoken = (intake.spoken?.(stream) ?? []).flatMap((span) => (span.startSample < taken ? [{ ...span, endSample: Math.min(span.endSample, taken) }] : []));
    if (base !== null && spoken.length > 0) this.#write(() => store.recordSpoken(this.sessionId, base, spoken));
    const [fromMs, toMs] = [stream.publishedAtMs + takenMs, Math.round(intake.status(stream).lastArrivalMs)];
    if (atSample > 0 && toMs - fromMs > UNNOTICED_MS) this.#write(() => store.recordGap(this.sessionId, { atSample, fromMs, toMs, reason: 'ingest_failed' }));
    intake.remove(stream);
  }

  /** Where the stream begins in the session; null: all of it is there already. */
  async #base(stream: IncomingStream, durableThroughSample: number): Promise<number | null> {
    const { baseSample, ended } = await this.#hold.writes(stream).beginStream(stream, durableThroughSample, this.#gapReason);
    return ended ? null : baseSample;
  }

  #seated(): FeedSeat {
    if (this.#seat && !this.#seat.closed) return this.#seat;
    const { url, clock } = this.#options;
    const seat = new FeedSeat({ url, clock, ticket: () => this.#hold.issueTicket() });
    this.#seat = seat;
    void seat.over.then(() => {
      this.#over = true;
      this.#wake();
    });
    return seat;
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#abort.signal.aborted || this.#over) return;
    this.#options.log.warn({ sessionId: this.sessionId, ...traceOf(error) }, 'Taking in a stream was interrupted; it is taken up again.');
    this.#seat?.leave();
    await this.#pause();
  }

  #tick(): void {
    const { clock, graceMs } = this.#options;
    this.#cancelTick = clock.schedule(TICK_MS, () => {
      if (this.#hold.last()) this.#apply({ type: 'tick', nowMs: clock.nowMs(), graceMs, takenIn: this.#idle });
      this.#tick();
    });
  }

  #apply(event: PresenceEvent): void {
    const { intake } = this.#options;
    const store = this.#hold.writes(null);
    const { state, effects } = presenceTransition(this.#presence, event);
    this.#presence = state;
    for (const effect of effects) {
      if (effect.do === 'cut') for (const stream of this.#streams()) intake.cut(stream);
      else this.#write(() => (effect.do === 'setAway' ? store.setAway(this.sessionId, effect.away) : store.requestEnd(this.sessionId)));
    }
  }

  /** One after the other, each until it is done: a database that is away for a while changes nothing. */
  #write(run: () => Promise<void>): void {
    this.#writes = this.#writes.then(async () => {
      while (!this.#abort.signal.aborted) {
        try {
          return await run();
        } catch (error) {
          this.#options.log.warn({ sessionId: this.sessionId, ...traceOf(error) }, 'What became of a stream could not be written down; it is tried again.');
          await this.#pause();
        }
      }
    });
  }

  #pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.schedule(AGAIN_AFTER_MS, resolve);
    const stop = () => {
      cancel();
      resolve();
    };
    this.#abort.signal.addEventListener('abort', stop, { once: true });
    return promise.finally(() => this.#abort.signal.removeEventListener('abort', stop));
  }

  #streams(): IncomingStream[] {
    return this.#options.intake.streams().filter(({ sessionId }) => sessionId === this.sessionId);
  }
}
