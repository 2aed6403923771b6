/**
 * Sends a file into a meeting, in parts, three at a time. What arrived is never sent again: called with the same file
 * (by name and size) it goes on where it was, after a pause, a reload, or on another day.
 */
import { api } from '#components/api/client.ts';
import { ProblemError, unreachable } from '#components/api/problem-error.ts';
import type { CreatedUpload, UploadCalls } from '#components/api/upload-calls.ts';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import { ERRORS } from '#domain/errors.ts';
import type { ErrorCode } from '#domain/errors.ts';
import { sendPart } from './part-sender.ts';
import type { PartAnswer, SendPart } from './part-sender.ts';

export interface UploadProgress {
  uploadId: string;
  sentBytes: number;
  totalBytes: number;
  /** The server does not answer, or asks to wait; it goes on by itself. */
  waiting: boolean;
}
export interface UploadPorts {
  api: Pick<UploadCalls, 'createUpload' | 'getUpload' | 'completeUpload'>;
  sendPart: SendPart;
  clock: Clock;
  random: () => number;
}
export const browserUploadPorts: UploadPorts = { api, sendPart, clock: systemClock, random: Math.random };

/** Fills a line whose answers take a while, and leaves room for the rest of the page's requests (six to a host). */
export const PARALLEL_PARTS = 3;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
/** In a row, of all lanes together: ten rounds, about three minutes of a network that is away. */
export const MAX_FAILURES = 30;

/** @returns the id of the upload, all of which is on the server then. @throws ProblemError; `signal.reason` when it was called off */
export async function uploadFile(
  file: File,
  sessionId: string,
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
  ports: UploadPorts = browserUploadPorts,
): Promise<string> {
  const sizeBytes = file.size;
  // Not called off itself: the server would have it all the same, and nobody its id.
  const created = await ports.api.createUpload({ sessionId, fileName: file.name, sizeBytes });
  const sending = new Sending(file, created, onProgress, signal, ports);
  await sending.run();
  // The last part has had it taken in already; this is for a server that does not do so by itself.
  await ports.api.completeUpload(created.uploadId, signal).catch((error: unknown) => {
    if (!(error instanceof ProblemError && error.retryable)) throw error;
  });
  return created.uploadId;
}

class Sending {
  readonly #file: File;
  readonly #upload: CreatedUpload;
  readonly #onProgress: (progress: UploadProgress) => void;
  readonly #ports: UploadPorts;
  /** Ends every lane once one has failed for good. */
  readonly #over = new AbortController();
  readonly #signal: AbortSignal;
  readonly #links: Map<number, string>;
  readonly #queue: number[];
  readonly #onTheWay = new Map<number, number>();
  #doneBytes: number;
  #failures = 0;
  #waiting = 0;
  #fresh: Promise<Set<number> | null> | null = null;

  constructor(file: File, upload: CreatedUpload, onProgress: (progress: UploadProgress) => void, signal: AbortSignal, ports: UploadPorts) {
    this.#file = file;
    this.#upload = upload;
    this.#onProgress = onProgress;
    this.#ports = ports;
    this.#signal = AbortSignal.any([signal, this.#over.signal]);
    this.#links = new Map(upload.parts.map(({ part, url }) => [part, url]));
    this.#queue = [...this.#links.keys()];
    this.#doneBytes = file.size - this.#queue.reduce((sum, part) => sum + this.#slice(part).size, 0);
  }

  async run(): Promise<void> {
    this.#tell();
    const lane = async () => {
      for (let part = this.#queue.shift(); part !== undefined; part = this.#queue.shift()) await this.#send(part);
    };
    const lanes = Array.from({ length: PARALLEL_PARTS }, () => lane().catch((error: unknown) => {
      this.#over.abort(error);
      throw error;
    }));
    await Promise.allSettled(lanes);
    if (this.#signal.aborted) throw this.#signal.reason;
  }

  /** Until it is there. @throws ProblemError when trying again does not help */
  async #send(part: number): Promise<void> {
    for (;;) {
      const answer = await this.#attempt(part);
      if (answer?.status === 200) return;
      const problem = answer ? new ProblemError(problemOf(answer.code, answer.status)) : unreachable();
      const expired = answer?.code === 'upload.link_expired';
      if (answer && !expired && !retries(answer.code, answer.status)) throw problem;
      this.#failures += 1;
      if (this.#failures >= MAX_FAILURES) throw problem;
      const missing = expired ? await this.#freshLinks() : null;
      // It is there: only the answer was lost.
      if (missing && !missing.has(part)) return this.#arrived(part);
      if (missing) continue;
      await this.#wait(answer?.retryAfterS ? answer.retryAfterS * 1000 : null);
    }
  }

  /** Null: no answer. */
  async #attempt(part: number): Promise<PartAnswer | null> {
    this.#signal.throwIfAborted();
    const slice = this.#slice(part);
    const link = this.#links.get(part)!;
    const answer = await this.#ports.sendPart(link, slice, (bytes) => this.#sent(part, Math.min(bytes, slice.size)), this.#signal).catch(() => null);
    this.#onTheWay.delete(part);
    this.#signal.throwIfAborted();
    if (answer === null) await this.#stillReadable();
    if (answer?.status === 200) this.#arrived(part);
    else this.#tell();
    return answer;
  }

  #arrived(part: number): void {
    this.#failures = 0;
    this.#doneBytes += this.#slice(part).size;
    this.#tell();
  }

  /** A browser calls a file that was moved or changed a network error too. */
  async #stillReadable(): Promise<void> {
    await this.#file.slice(0, 1).arrayBuffer().catch((cause: unknown) => {
      throw new ProblemError({ status: 0, code: 'file.unreadable', title: 'The file cannot be read any more', detail: 'It was moved, renamed or changed since you chose it. Choose it again: what arrived is kept.' }, cause);
    });
  }

  /** For all lanes at once: the links were made together and expire together. @returns the parts that are missing; null: the server does not answer */
  async #freshLinks(): Promise<Set<number> | null> {
    this.#fresh ??= this.#ports.api
      .getUpload(this.#upload.uploadId, this.#signal)
      .then(({ parts }) => {
        for (const { part, url } of parts) this.#links.set(part, url);
        return new Set(parts.map(({ part }) => part));
      })
      .catch((error: unknown) => {
        if (error instanceof ProblemError && error.retryable) return null;
        throw error;
      })
      .finally(() => (this.#fresh = null));
    return this.#fresh;
  }

  async #wait(askedMs: number | null): Promise<void> {
    const growing = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, Math.ceil(this.#failures / PARALLEL_PARTS) - 1));
    const delayMs = askedMs ?? growing * (0.5 + this.#ports.random() / 2);
    this.#waiting += 1;
    this.#tell();
    try {
      await pause(this.#ports.clock, delayMs, this.#signal);
    } finally {
      this.#waiting -= 1;
    }
  }

  #sent(part: number, bytes: number): void {
    this.#onTheWay.set(part, bytes);
    this.#tell();
  }

  #tell(): void {
    const onTheWay = [...this.#onTheWay.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.#onProgress({ uploadId: this.#upload.uploadId, sentBytes: this.#doneBytes + onTheWay, totalBytes: this.#file.size, waiting: this.#waiting > 0 && onTheWay === 0 });
  }

  #slice(part: number): Blob {
    const from = (part - 1) * this.#upload.partSizeBytes;
    return this.#file.slice(from, Math.min(this.#file.size, from + this.#upload.partSizeBytes));
  }
}

/** @throws `signal.reason` */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.schedule(delayMs, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

function problemOf(code: string | null, status: number) {
  const known = code !== null && Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : null;
  return { status, code: code ?? 'internal', title: known?.title ?? `The server answered with ${status}`, detail: known?.person ?? 'Try again in a moment. What arrived is kept.' };
}

/** A full disk is for a person to mend, though trying again may help then. */
function retries(code: string | null, status: number): boolean {
  if (code === 'upload.disk_full') return false;
  return status === 408 || status === 429 || status >= 500;
}
