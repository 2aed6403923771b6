/**
 * The bounded, fair queue in front of a transcription engine, whether that is a child process or a remote server.
 *
 * Order: `final` before `speculative` before `partial`; inside a purpose, sessions take turns. So that nobody waits
 * for ever, one request of a lower purpose runs after `patience` of higher purposes ran while it waited.
 */
import type { Clock } from '../clock.ts';
import { SpoolError } from '../errors.ts';
import type { TranscriptionPurpose, TranscriptionRequest } from './ports.ts';

/** Waiting requests per slot, in all. At 100 ms each, the last of a full queue waits about three seconds. */
export const WAITING_PER_SLOT = 32;
/** Of these, places that only finals may take: what somebody said to its end outranks every preview. */
export const RESERVED_FOR_FINALS_PER_SLOT = 16;
/** Partials are refused from this many waiting requests on: a caption a second late is worth nothing. */
export const PARTIAL_ROOM_PER_SLOT = 8;
/** Slots that captions never take, where there is more than one: the end of somebody's turn must not wait for a caption. */
export const SLOTS_WITHOUT_PARTIALS = 1;
/** Requests of higher purposes that may overtake a waiting one. Finals wait for at most one preview in this many. */
export const PATIENCE: Readonly<Record<TranscriptionPurpose, number>> = { final: Infinity, speculative: 4, partial: 8 };

const BY_RANK: readonly TranscriptionPurpose[] = ['final', 'speculative', 'partial'];

export interface TranscriptionQueueOptions<Result> {
  /** Requests run at the same time. */
  slots: number;
  clock: Clock;
  /** Runs one request that waited `queueMs`. The slot is taken until the promise settles, aborted or not. */
  run(request: TranscriptionRequest, queueMs: number, signal: AbortSignal | undefined): Promise<Result>;
}

interface Waiting<Result> {
  request: TranscriptionRequest;
  signal: AbortSignal | undefined;
  sinceMs: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** Requests of one purpose. The map's order is the round: its first session is served next, then goes to the end. */
type Lane<Result> = Map<string, Waiting<Result>[]>;

export class TranscriptionQueue<Result> {
  readonly #options: TranscriptionQueueOptions<Result>;
  readonly #lanes: Record<TranscriptionPurpose, Lane<Result>> = { final: new Map(), speculative: new Map(), partial: new Map() };
  /** How many of a higher purpose ran since this lane was last served or empty. */
  readonly #overtaken: Record<TranscriptionPurpose, number> = { final: 0, speculative: 0, partial: 0 };
  #waiting = 0;
  #running = 0;
  #runningPartials = 0;

  constructor(options: TranscriptionQueueOptions<Result>) {
    this.#options = options;
  }

  /** 0 when idle, 1 from the point where partials are refused. */
  load(): number {
    const { slots } = this.#options;
    return Math.min(1, (this.#running + this.#waiting) / (slots + slots * PARTIAL_ROOM_PER_SLOT));
  }

  /**
   * Waits for a turn and runs the request. @throws SpoolError `engine.busy`, `engine.superseded`, or what `run`
   * throws; rejects with the signal's reason when aborted, waiting or running.
   */
  submit(request: TranscriptionRequest, signal?: AbortSignal): Promise<Result> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise<Result>((resolve, reject) => {
      const onAbort = (): void => {
        this.#remove(waiting);
        waiting.reject(signal?.reason);
      };
      const waiting: Waiting<Result> = {
        request,
        signal,
        sinceMs: this.#options.clock.monotonicMs(),
        resolve: (result) => (signal?.removeEventListener('abort', onAbort), resolve(result)),
        reject: (error) => (signal?.removeEventListener('abort', onAbort), reject(error)),
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#enter(waiting);
      this.#serve();
    });
  }

  /** Rejects everything that waits; what runs is left to end. */
  clear(error: SpoolError): void {
    for (const lane of Object.values(this.#lanes)) {
      for (const queue of [...lane.values()]) {
        for (const waiting of [...queue]) {
          this.#remove(waiting);
          waiting.reject(error);
        }
      }
    }
  }

  #enter(waiting: Waiting<Result>): void {
    const { sessionId, purpose } = waiting.request;
    const olderPartial = this.#lanes.partial.get(sessionId)?.[0];
    if (olderPartial) {
      // A newer partial takes its place in the round; a final or speculative one makes it pointless.
      if (purpose === 'partial') this.#lanes.partial.set(sessionId, [waiting]);
      else this.#remove(olderPartial);
      olderPartial.reject(new SpoolError('engine.superseded', 'A newer request of the session replaced this one.'));
      if (purpose === 'partial') return;
    }
    if (this.#waiting >= this.#roomFor(purpose) && !this.#makeRoom(purpose)) {
      waiting.reject(new SpoolError('engine.busy', 'The transcription queue is full.', { fields: { purpose, waiting: this.#waiting } }));
      return;
    }
    const lane = this.#lanes[purpose];
    const own = lane.get(sessionId);
    if (own) own.push(waiting);
    else lane.set(sessionId, [waiting]);
    this.#waiting += 1;
  }

  #roomFor(purpose: TranscriptionPurpose): number {
    const { slots } = this.#options;
    if (purpose === 'partial') return slots * PARTIAL_ROOM_PER_SLOT;
    return slots * (purpose === 'final' ? WAITING_PER_SLOT : WAITING_PER_SLOT - RESERVED_FOR_FINALS_PER_SLOT);
  }

  /** Turns the newest request of the lowest lesser purpose away. True when a place became free. */
  #makeRoom(purpose: TranscriptionPurpose): boolean {
    for (const lesser of BY_RANK.toReversed()) {
      if (lesser === purpose) return false;
      const victim = [...this.#lanes[lesser].values()].at(-1)?.at(-1);
      if (!victim) continue;
      this.#remove(victim);
      victim.reject(new SpoolError('engine.busy', 'Gave way to a more urgent request.', { fields: { purpose: lesser } }));
      return true;
    }
    return false;
  }

  #remove(waiting: Waiting<Result>): void {
    const { sessionId, purpose } = waiting.request;
    const lane = this.#lanes[purpose];
    const queue = lane.get(sessionId);
    const index = queue?.indexOf(waiting) ?? -1;
    if (!queue || index < 0) return;
    queue.splice(index, 1);
    if (queue.length === 0) lane.delete(sessionId);
    this.#waiting -= 1;
  }

  #serve(): void {
    while (this.#running < this.#options.slots) {
      const waiting = this.#takeNext();
      if (!waiting) return;
      void this.#run(waiting);
    }
  }

  #takeNext(): Waiting<Result> | undefined {
    const partialsFull = this.#runningPartials >= Math.max(1, this.#options.slots - SLOTS_WITHOUT_PARTIALS);
    const filled = BY_RANK.filter((purpose) => this.#lanes[purpose].size > 0 && !(purpose === 'partial' && partialsFull));
    const purpose = filled.find((each) => this.#overtaken[each] >= PATIENCE[each]) ?? filled[0];
    if (!purpose) return undefined;
    for (const each of BY_RANK) {
      const lower = BY_RANK.indexOf(each) > BY_RANK.indexOf(purpose) && this.#lanes[each].size > 0;
      if (each === purpose || this.#lanes[each].size === 0) this.#overtaken[each] = 0;
      else if (lower) this.#overtaken[each] += 1;
    }
    const lane = this.#lanes[purpose];
    const [sessionId, queue] = lane.entries().next().value!;
    const waiting = queue.shift()!;
    lane.delete(sessionId);
    if (queue.length > 0) lane.set(sessionId, queue);
    this.#waiting -= 1;
    return waiting;
  }

  async #run(waiting: Waiting<Result>): Promise<void> {
    const { clock, run } = this.#options;
    const partial = waiting.request.purpose === 'partial' ? 1 : 0;
    this.#running += 1;
    this.#runningPartials += partial;
    try {
      waiting.resolve(await run(waiting.request, clock.monotonicMs() - waiting.sinceMs, waiting.signal));
    } catch (error) {
      waiting.reject(error);
    } finally {
      this.#running -= 1;
      this.#runningPartials -= partial;
      this.#serve();
    }
  }
}
