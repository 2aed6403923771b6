/** Rate limits: one token bucket per key, refilled steadily, in bounded memory. */
import type { Clock } from '#domain/clock.ts';

export interface TokenBuckets {
  /** Takes one token. Null: go on; otherwise the seconds until there is one again. */
  take(key: string): number | null;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/**
 * @param perMinute size of a bucket and its refill per minute
 * @param maxKeys the least recently used bucket is forgotten beyond that; a forgotten bucket is a full one
 */
export function createTokenBuckets({ perMinute, clock, maxKeys = 20_000 }: { perMinute: number; clock: Clock; maxKeys?: number }): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  const perMs = perMinute / 60_000;
  return {
    take(key) {
      const nowMs = clock.monotonicMs();
      const last = buckets.get(key);
      const tokens = last ? Math.min(perMinute, last.tokens + (nowMs - last.atMs) * perMs) : perMinute;
      const allowed = tokens >= 1;
      buckets.delete(key);
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, atMs: nowMs });
      if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value!);
      return allowed ? null : (1 - tokens) / perMs / 1000;
    },
  };
}
