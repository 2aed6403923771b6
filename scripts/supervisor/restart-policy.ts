/** How long to wait before a process is started again. */

/** First restart of a process that has been ready: less than a second is promised (docs/running.md). */
const FIRST_RESTART_MS = 250;
/** Ceiling once a process has been ready (docs/running.md). */
export const MAX_RESTART_MS = 2_000;
/** Ceiling for a process that was never ready: something is wrong with it, so hurry helps nobody. */
const MAX_RESTART_NEVER_READY_MS = 15_000;
/** After this long in good health the count of failures starts anew. */
export const HEALTHY_AFTER_MS = 10_000;
/** A process that fails this often before it was ever ready ends `up`: it needs a person. */
export const MAX_ATTEMPTS_BEFORE_READY = 4;

/**
 * Milliseconds until the next start. `failures` counts the ends in a row, this one included (≥ 1).
 * Doubles from 250 ms up to 2 s after readiness; from 1 s up to 15 s before it.
 */
export function restartDelayMs({ failures, hasBeenReady }: { failures: number; hasBeenReady: boolean }): number {
  return hasBeenReady
    ? Math.min(MAX_RESTART_MS, FIRST_RESTART_MS * 2 ** (failures - 1))
    : Math.min(MAX_RESTART_NEVER_READY_MS, 1_000 * 2 ** (failures - 1));
}
