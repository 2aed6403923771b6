/**
 * Audio that was captured and is not yet acknowledged, on the session's sample clock. It lives in memory for sending and
 * in storage, in blocks of at most 250 ms, so that a reload of the page loses nothing up to the last block.
 *
 * Until the first `ready` of a page the end of the session's clock may be unknown (the page before may have sent more than
 * it stored). Samples captured until then are `loose`: they get their place when `anchor` is called.
 */
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';

/** 250 ms: what a crash of the browser may cost at most. */
export const BLOCK_SAMPLES = UPLINK_SAMPLE_RATE_HZ / 4;
/** 30 minutes = 57.6 MB. Beyond it the person is told that nothing more is kept. */
export const MAX_OUTBOX_SAMPLES = 30 * 60 * UPLINK_SAMPLE_RATE_HZ;

export interface OutboxBlock {
  firstSample: number;
  samples: Int16Array;
  /** Captured before the page knew where the session's clock stands. */
  loose: boolean;
}
/**
 * Storage of one session's blocks; the caller is its only writer. Each write is begun when its method is called, before the
 * method returns, and writes take effect in the order of the calls.
 */
export interface OutboxStorage {
  /** Ordered by `firstSample`. */
  load(): Promise<OutboxBlock[]>;
  /** Adds the block, or replaces the one with the same `firstSample`. @throws when there is no room */
  put(block: OutboxBlock): Promise<void>;
  /** Removes blocks that begin before `sample`. */
  deleteBefore(sample: number): Promise<void>;
  /** Removes blocks from `firstSample` on and adds these instead, all or nothing. */
  replaceFrom(firstSample: number, blocks: OutboxBlock[]): Promise<void>;
  clear(): Promise<void>;
}
interface LiveBlock {
  firstSample: number;
  /** Allocated at BLOCK_SAMPLES; `length` of them are filled. */
  samples: Int16Array;
  length: number;
  storedLength: number;
}
export interface OutboxEvents {
  /** Storage failed; from now on audio is kept in memory only. */
  onStorageLost?(error: unknown): void;
  /** Nothing more can be kept (`true`) or it can again (`false`). */
  onFull?(full: boolean): void;
}

export class Outbox {
  #blocks: LiveBlock[] = [];
  #firstSample = 0;
  #endSample = 0;
  /** First sample whose place is not settled; null once anchored. */
  #looseFrom: number | null = 0;
  #storage: OutboxStorage | null = null;
  #writes: Promise<void> = Promise.resolve();
  #full = false;
  readonly #events: OutboxEvents;
  readonly #maxSamples: number;

  constructor(events: OutboxEvents = {}, maxSamples = MAX_OUTBOX_SAMPLES) {
    this.#events = events;
    this.#maxSamples = maxSamples;
  }

  /** The oldest sample kept. */
  get firstSample(): number {
    return this.#firstSample;
  }
  /** The index the next captured sample gets. */
  get endSample(): number {
    return this.#endSample;
  }
  get anchored(): boolean {
    return this.#looseFrom === null;
  }
  /** False: a reload of the page would lose what is not acknowledged. */
  get persistent(): boolean {
    return this.#storage !== null;
  }

  /**
   * Takes over what an earlier page left behind and writes there from now on. Call it once, before the first `append`.
   * When storage cannot be read, the outbox stays in memory and `onStorageLost` is called.
   */
  async open(storage: OutboxStorage): Promise<void> {
    let stored: OutboxBlock[];
    try {
      stored = await storage.load();
    } catch (error) {
      this.#events.onStorageLost?.(error);
      return;
    }
    this.#storage = storage;
    let previousEnd: number | null = null;
    let looseFrom: number | null = null;
    let moved = false;
    for (const block of stored) {
      // A hole means a lost write: what follows keeps its order and gets its place when the server says where it stands.
      const firstSample: number = previousEnd ?? block.firstSample;
      if (firstSample !== block.firstSample) moved = true;
      if (looseFrom === null && (block.loose || moved)) looseFrom = firstSample;
      const length = block.samples.length;
      this.#blocks.push({ firstSample, samples: block.samples, length, storedLength: length });
      previousEnd = firstSample + length;
    }
    this.#firstSample = this.#blocks[0]?.firstSample ?? 0;
    this.#endSample = previousEnd ?? 0;
    this.#looseFrom = looseFrom ?? this.#endSample;
    if (moved) {
      const from = this.#looseFrom;
      const copies = this.#blocks.filter((block) => block.firstSample >= from).map((block) => this.#copy(block));
      this.#write((writable) => writable.replaceFrom(from, copies));
    }
  }

  /** Keeps a copy of the samples at the end of the clock. False: the outbox is full and they were not kept. */
  append(samples: Int16Array): boolean {
    if (this.#endSample - this.#firstSample + samples.length > this.#maxSamples) {
      this.#setFull(true);
      return false;
    }
    let offset = 0;
    while (offset < samples.length) {
      let block = this.#blocks.at(-1);
      // Blocks that came from storage are exactly as long as their samples, so they never take more.
      if (!block || block.length === block.samples.length) {
        block = { firstSample: this.#endSample, samples: new Int16Array(BLOCK_SAMPLES), length: 0, storedLength: 0 };
        this.#blocks.push(block);
      }
      const count = Math.min(samples.length - offset, block.samples.length - block.length);
      block.samples.set(samples.subarray(offset, offset + count), block.length);
      block.length += count;
      this.#endSample += count;
      offset += count;
      if (block.length === block.samples.length) this.#store(block);
    }
    return true;
  }

  /**
   * At most `maxSamples` samples from `fromSample`, from one block (so fewer may come back although more exist).
   * Before `firstSample` there is nothing left: empty.
   */
  read(fromSample: number, maxSamples: number): Int16Array {
    const block = this.#find(fromSample);
    if (!block) return new Int16Array();
    const start = fromSample - block.firstSample;
    return block.samples.subarray(start, Math.min(block.length, start + maxSamples));
  }

  /**
   * Settles the clock at the first `ready` of this page: loose samples move behind everything the server has.
   * Nothing loose may have been sent before.
   */
  anchor(durableThroughSample: number): void {
    if (this.#looseFrom === null) return;
    const looseFrom = this.#looseFrom;
    const shift = Math.max(0, durableThroughSample - looseFrom);
    this.#looseFrom = null;
    const loose = this.#blocks.filter((block) => block.firstSample >= looseFrom);
    for (const block of loose) block.firstSample += shift;
    this.#endSample += shift;
    if (this.#blocks.length === loose.length) this.#firstSample = loose[0]?.firstSample ?? this.#endSample;
    if (loose.some((block) => block.storedLength > 0)) {
      const copies = loose.filter((block) => block.length > 0).map((block) => this.#copy(block));
      for (const block of loose) block.storedLength = block.length;
      this.#write((storage) => storage.replaceFrom(looseFrom, copies));
    }
  }

  /** Forgets samples before `sample`: the server has them. */
  trim(sample: number): void {
    if (sample <= this.#firstSample) return;
    this.#firstSample = Math.min(sample, this.#endSample);
    let gone = 0;
    while (gone < this.#blocks.length && end(this.#blocks[gone]!) <= this.#firstSample) gone += 1;
    if (gone > 0) {
      const last = this.#blocks[gone - 1]!;
      // The block being filled stays the one to fill: its place in storage is taken again by its next write.
      this.#blocks.splice(0, gone);
      const before = last.firstSample + 1;
      this.#write((storage) => storage.deleteBefore(before));
    }
    if (this.#endSample - this.#firstSample < this.#maxSamples * 0.9) this.#setFull(false);
  }

  /** Forgets everything and goes on at `sample`, because somebody else wrote the session up to there. @returns samples forgotten */
  skipTo(sample: number): number {
    const forgotten = this.#endSample - this.#firstSample;
    this.#blocks = [];
    this.#firstSample = sample;
    this.#endSample = sample;
    this.#write((storage) => storage.clear());
    return forgotten;
  }

  /** Starts writing the block being filled, e.g. when the page is about to go. Resolves when all writes are done. */
  flush(): Promise<void> {
    const block = this.#blocks.at(-1);
    if (block && block.length > block.storedLength) this.#store(block);
    return this.#writes;
  }

  /** Forgets everything, in storage too. Resolves when it is gone. */
  clear(): Promise<void> {
    this.#blocks = [];
    this.#firstSample = this.#endSample;
    this.#write((storage) => storage.clear());
    return this.#writes;
  }

  /** Stops writing to storage, e.g. because another tab writes there now. Resolves when the last write is done. */
  async release(): Promise<void> {
    await this.flush();
    this.#storage = null;
  }

  #find(sample: number): LiveBlock | undefined {
    if (sample < this.#firstSample || sample >= this.#endSample) return undefined;
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#blocks[middle]!.firstSample <= sample) low = middle;
      else high = middle - 1;
    }
    return this.#blocks[low];
  }

  #copy(block: LiveBlock): OutboxBlock {
    const loose = this.#looseFrom !== null && block.firstSample >= this.#looseFrom;
    return { firstSample: block.firstSample, samples: block.samples.slice(0, block.length), loose };
  }

  #store(block: LiveBlock): void {
    const copy = this.#copy(block);
    block.storedLength = block.length;
    this.#write((storage) => storage.put(copy));
  }

  /** Given to the storage at once: a page that is going does not come back to write what waited. */
  #write(run: (storage: OutboxStorage) => Promise<void>): void {
    const storage = this.#storage;
    if (!storage) return;
    const writing = run(storage).catch((error: unknown) => {
      // After one failed write later blocks would leave a hole behind, so memory alone goes on.
      if (this.#storage !== storage) return;
      this.#storage = null;
      this.#events.onStorageLost?.(error);
    });
    this.#writes = Promise.all([this.#writes, writing]).then(() => {});
  }

  #setFull(full: boolean): void {
    if (this.#full === full) return;
    this.#full = full;
    this.#events.onFull?.(full);
  }
}

function end(block: LiveBlock): number {
  return block.firstSample + block.length;
}
