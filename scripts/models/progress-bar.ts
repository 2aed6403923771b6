/** A progress bar for a terminal, and a quiet line for everything else. */
import type { Writable } from 'node:stream';

const WIDTH = 30;
const EVERY_MS = 200;

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);

/** `[#########                     ]  30 %  41.2 of 135.0 MB`; without a known total only what has arrived. */
export function progressText(receivedBytes: number, totalBytes: number | null): string {
  if (totalBytes === null || totalBytes === 0) return `${megabytes(receivedBytes)} MB`;
  const share = Math.min(1, receivedBytes / totalBytes);
  const filled = Math.round(share * WIDTH);
  return `[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${String(Math.floor(share * 100)).padStart(3)} %  ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`;
}

/** Draws at most every 200 ms, and only on a terminal. */
export function progressBar(out: Writable & { isTTY?: boolean }): { update(receivedBytes: number, totalBytes: number | null): void; end(): void } {
  let drawnAtMs = -Infinity;
  return {
    update(receivedBytes, totalBytes) {
      if (!out.isTTY || performance.now() - drawnAtMs < EVERY_MS) return;
      drawnAtMs = performance.now();
      out.write(`\r  ${progressText(receivedBytes, totalBytes)}`);
    },
    end() {
      if (out.isTTY) out.write(`\r${' '.repeat(WIDTH + 40)}\r`);
    },
  };
}
