/**
 * The pause before a failed job is tried again, in seconds: what pg-boss works out in SQL (its `retryBackoff`), so that a job
 * waits equally long whichever queue carries it. Doubles with each try, with up to as much again by chance so that jobs
 * which failed together do not come back together, and never exceeds `retryDelayMaxS`.
 * @param retryCount how often it was tried again already, 0 after the first failure
 * @param random from 0 up to, not including, 1
 */
export function retryPauseS({ retryCount, retryDelayS, retryDelayMaxS }: { retryCount: number; retryDelayS: number; retryDelayMaxS: number | null }, random: number): number {
  const half = 2 ** Math.min(16, retryCount + 1) / 2;
  return Math.min(retryDelayMaxS ?? Infinity, Math.max(retryDelayS, 1) * (half + half * random));
}
