/** What nobody finishes of uploads: bytes that are of no use any more go, and what was left half done is taken up. */
import type { Clock } from '#domain/clock.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import type { UploadRecords, UploadStorage } from '#domain/meetings/uploads/ports.ts';

/** A week: long enough to come back to a file that could not be read or sent, e.g. after a holiday. */
export const KEPT_MS = 7 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 3_600_000;

export class UploadSweeper {
  readonly #records: Pick<UploadRecords, 'expire' | 'resume' | 'existing'>;
  readonly #storage: Pick<UploadStorage, 'remove' | 'list'>;
  readonly #clock: Clock;
  readonly #log: Log;
  #cancel = () => {};
  #stopped = false;

  constructor(parts: { records: Pick<UploadRecords, 'expire' | 'resume' | 'existing'>; storage: Pick<UploadStorage, 'remove' | 'list'>; clock: Clock; log: Log }) {
    this.#records = parts.records;
    this.#storage = parts.storage;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** Sweeps at once and then every hour. */
  start(): void {
    const again = () => {
      if (!this.#stopped) this.#cancel = this.#clock.schedule(SWEEP_EVERY_MS, run);
    };
    const run = () => {
      this.sweep()
        .catch((error: unknown) => this.#log.warn(traceOf(error), 'Old uploads could not be tidied up; it is tried again.'))
        .finally(again);
    };
    run();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async sweep(): Promise<void> {
    for (const upload of await this.#records.expire(this.#clock.nowMs() - KEPT_MS)) await this.#storage.remove(upload);
    // Bytes come after their row, so what has none was cancelled or erased while a part was on its way.
    const stored = await this.#storage.list();
    const known = new Set(await this.#records.existing(stored.map(({ uploadId }) => uploadId)));
    for (const upload of stored) if (!known.has(upload.uploadId)) await this.#storage.remove(upload);
    await this.#records.resume();
  }
}
