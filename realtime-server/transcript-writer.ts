/**
 * Writes a session's items, events and status to the database, in order, several in one transaction when they pile up.
 * A database that is away for a while delays writing and loses nothing; a stale epoch ends the session here.
 */
import type { Clock } from '#domain/clock.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import type { LiveSessionStore, SessionChanges } from '#domain/session/ports.ts';

const RETRY_MS = 250;
/** Changes waiting while the database is away; a session makes a few per second. */
const MAX_WAITING = 5_000;

export class TranscriptWriter {
  readonly #options: { sessionId: string; epoch: number; store: LiveSessionStore; clock: Clock; onLost: (error: SpoolError) => void };
  #waiting: { changes: SessionChanges; audioThroughSample: number }[] = [];
  #running: Promise<void> | null = null;
  #lost = false;
  /** Answers how much audio is on disk once `sample` is, or less when that will never be. */
  #audioDurable: (sample: number) => Promise<number>;

  constructor(options: { sessionId: string; epoch: number; store: LiveSessionStore; clock: Clock; audioDurable: (sample: number) => Promise<number>; onLost: (error: SpoolError) => void }) {
    this.#options = options;
    this.#audioDurable = options.audioDurable;
  }

  /** `audioThroughSample`: the words come from audio before it, which must be on disk first. */
  write(changes: SessionChanges, audioThroughSample = 0): void {
    if (this.#lost) return;
    if (this.#waiting.length >= MAX_WAITING) return this.#lose(new SpoolError('unavailable', 'Too many transcript changes are waiting for the database.'));
    this.#waiting.push({ changes, audioThroughSample });
    this.#running ??= this.#run();
  }

  /** Resolves when everything written so far is in the database, or the session is lost to this process. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  get lost(): boolean {
    return this.#lost;
  }

  /** Nothing more is written; what waits is given up (another writer has the session). */
  abandon(): void {
    this.#lost = true;
    this.#waiting = [];
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0 && !this.#lost) {
      const batch = this.#waiting;
      this.#waiting = [];
      const durable = await this.#audioDurable(Math.max(...batch.map((entry) => entry.audioThroughSample)));
      // Words whose audio never came to the disk are heard again when it is sent again; what follows from them, too.
      const undurable = batch.findIndex((entry) => entry.audioThroughSample > durable);
      const safe = undurable < 0 ? batch : batch.slice(0, undurable);
      if (safe.length > 0) await this.#commit(merge(safe.map((entry) => entry.changes)));
      if (undurable >= 0) this.abandon();
    }
    // In the same breath: what is written from now on needs a run of its own.
    this.#running = null;
  }

  async #commit(changes: SessionChanges): Promise<void> {
    while (!this.#lost) {
      try {
        await this.#options.store.commit(this.#options.sessionId, this.#options.epoch, changes);
        return;
      } catch (error) {
        const known = asSpoolError(error);
        if (known.code !== 'unavailable') return this.#lose(known);
        await new Promise<void>((resolve) => this.#options.clock.schedule(RETRY_MS, resolve));
      }
    }
  }

  #lose(error: SpoolError): void {
    if (this.#lost) return;
    this.abandon();
    this.#options.onLost(error);
  }
}

function merge(all: SessionChanges[]): SessionChanges {
  const merged: SessionChanges = { items: [], events: [], interests: [] };
  for (const changes of all) {
    merged.items!.push(...(changes.items ?? []));
    merged.events!.push(...(changes.events ?? []));
    merged.interests!.push(...(changes.interests ?? []));
    merged.status = changes.status ?? merged.status;
    merged.startedAt = changes.startedAt ?? merged.startedAt;
    merged.ended = changes.ended ?? merged.ended;
    merged.captured = changes.captured ?? merged.captured;
  }
  // A later revision of an item, or state of an interest, in the same batch replaces the earlier one.
  merged.items = [...new Map(merged.items!.map((item) => [item.itemId, item])).values()];
  merged.interests = [...new Map(merged.interests!.map((interest) => [interest.id, interest])).values()];
  return merged;
}
