/**
 * How a process asks the runner's process: one connection per run over a Unix socket. Frames are a length (u32, little endian)
 * and that many bytes of JSON. Closing the connection ends the run.
 */
import type { ErrorCode } from '../errors.ts';
import type { RunProgress, RunnerDescription, RunRequest } from './ports.ts';
import type { RunResult } from './run.ts';

export type ToRunner = { op: 'run'; request: RunRequest } | { op: 'describe' };
export type FromRunner =
  | { type: 'progress'; progress: RunProgress }
  | { type: 'result'; result: RunResult }
  | { type: 'description'; description: RunnerDescription }
  | { type: 'error'; code: ErrorCode; personMessage: string; retryAfterS?: number };

/** Two hundred files of 1 MiB, escaped. */
export const MAX_FRAME_BYTES = 256 * 1024 * 1024;
const HEADER_BYTES = 4;

export function frameOf(message: ToRunner | FromRunner): Uint8Array[] {
  const payload = new TextEncoder().encode(JSON.stringify(message));
  const header = new Uint8Array(HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, payload.length, true);
  return [header, payload];
}

/** Takes chunks as they come and gives whole messages. @throws RangeError for a frame that is too large, SyntaxError for no JSON */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** The messages that are complete with this chunk. */
  push(chunk: Uint8Array): unknown[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const messages: unknown[] = [];
    for (;;) {
      if (this.#bytes < HEADER_BYTES) return messages;
      const length = this.#lengthOfNext();
      if (length > MAX_FRAME_BYTES) throw new RangeError('The frame is too large.');
      if (this.#bytes < HEADER_BYTES + length) return messages;
      const all = this.#joined();
      messages.push(JSON.parse(new TextDecoder().decode(all.subarray(HEADER_BYTES, HEADER_BYTES + length))));
      const rest = all.subarray(HEADER_BYTES + length);
      this.#chunks = rest.length > 0 ? [rest] : [];
      this.#bytes = rest.length;
    }
  }

  #lengthOfNext(): number {
    if (this.#chunks[0]!.length < HEADER_BYTES) this.#chunks = [this.#joined()];
    const head = this.#chunks[0]!;
    return new DataView(head.buffer, head.byteOffset, HEADER_BYTES).getUint32(0, true);
  }

  #joined(): Uint8Array {
    if (this.#chunks.length === 1) return this.#chunks[0]!;
    const all = new Uint8Array(this.#bytes);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}
