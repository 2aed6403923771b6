/** What all writers of a process share: how much may wait, and how many objects may be on their way. */
import { SpoolError } from '#domain/errors.ts';

/** Unacknowledged audio of all sessions together, as in adapters/filesystem: two seconds of a thousand people. */
export const MAX_PENDING_BYTES = 64 * 1024 * 1024;
/** A thousand sessions begin 1,250 objects a second; at 100 ms each 125 are under way. */
export const MAX_REQUESTS = 256;

export class WritePool {
  #pendingBytes = 0;
  #running = 0;
  #stopped = false;
  readonly #waiting: (() => void)[] = [];

  /** @throws SpoolError `stream.overloaded`, `unavailable` after stop; nothing was taken then */
  reserve(sizeBytes: number): void {
    if (this.#stopped) throw new SpoolError('unavailable', 'The audio log is stopped.');
    if (this.#pendingBytes + sizeBytes > MAX_PENDING_BYTES) throw new SpoolError('stream.overloaded', 'Too much audio waits for the bucket.');
    this.#pendingBytes += sizeBytes;
  }
  release(sizeBytes: number): void {
    this.#pendingBytes -= sizeBytes;
  }
  stop(): void {
    this.#stopped = true;
  }

  /** Runs `run` when it is its turn; first come, first served. */
  async request<T>(run: () => Promise<T>): Promise<T> {
    if (this.#running >= MAX_REQUESTS) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await run();
    } finally {
      // The place goes to the next in line, if there is one.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
