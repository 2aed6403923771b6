import { describe, expect, it } from 'vitest';
import { SILENT_SENDER_MS } from './admit-stream.ts';
import { APPEARS_WITHIN_MS, DEAD_FOR_MS, DeadWatch, LEASE_MS, RENEW_EVERY_MS, claimOfStream, isSpent, occupation } from './claims.ts';

const NOW_MS = 1_000_000;
const stream = (publishedAtMs: number, lastArrivalMs: number, live = true) => ({ sessionId: 's', publishedAtMs, lastArrivalMs, live, brokeDown: false });
const held = (cameAtMs: number | null) => ({ sessionId: 's', claim: 1, claimedAtMs: 0, cameAtMs, first: true, next: true, last: true });

describe('a claim of a stream', () => {
  it('outlives renewals that come late, and is not gone on with before its holder had time for one', () => {
    expect(LEASE_MS).toBeGreaterThan(3 * RENEW_EVERY_MS);
    expect(DEAD_FOR_MS).toBeGreaterThan(RENEW_EVERY_MS);
  });

  it('is that of the last time a sender was let in from elsewhere, and the first for what lay there before', () => {
    const claims = [{ sessionId: 's', claim: 2, claimedAtMs: 1_000 }, { sessionId: 's', claim: 5, claimedAtMs: 9_000 }];
    const of = (publishedAtMs: number) => claimOfStream(claims, { sessionId: 's', publishedAtMs })?.claim;
    expect([of(500), of(1_000), of(8_999), of(9_000), of(70_000)]).toEqual([2, 2, 2, 5, 5]);
    expect(claimOfStream([], { sessionId: 's', publishedAtMs: 1 })).toBeNull();
  });

  it('keeps others out while its sender is there and was heard a moment ago, as on one machine', () => {
    expect(occupation(held(0), [stream(10, NOW_MS - SILENT_SENDER_MS + 1)], NOW_MS)).toEqual({ occupied: true, heardAtMs: NOW_MS - SILENT_SENDER_MS + 1 });
    expect(occupation(held(0), [stream(10, NOW_MS - SILENT_SENDER_MS)], NOW_MS)).toMatchObject({ occupied: false });
    expect(occupation(held(0), [stream(10, NOW_MS, false)], NOW_MS)).toEqual({ occupied: false, heardAtMs: NOW_MS });
    expect(occupation(held(null), [], NOW_MS)).toEqual({ occupied: false, heardAtMs: null });
  });

  it('keeps others out while one that was let in is about to appear', () => {
    expect(occupation(held(NOW_MS - 100), [stream(10, 20, false)], NOW_MS)).toMatchObject({ occupied: true });
    expect(occupation(held(NOW_MS - SILENT_SENDER_MS), [], NOW_MS)).toMatchObject({ occupied: false });
  });

  it('is given back when nothing of it is here and nobody is on the way', () => {
    expect(isSpent(held(null), [], false, NOW_MS)).toBe(true);
    expect(isSpent(held(null), [], true, NOW_MS)).toBe(false);
    expect(isSpent(held(null), [stream(1, 2)], false, NOW_MS)).toBe(false);
    expect(isSpent(held(NOW_MS - APPEARS_WITHIN_MS + 1), [], false, NOW_MS)).toBe(false);
    expect(isSpent(held(NOW_MS - APPEARS_WITHIN_MS), [], false, NOW_MS)).toBe(true);
  });
});

describe('a dead claim', () => {
  const dead = (claim: number, handedOver = false) => ({ sessionId: 's', claim, handedOver, last: true });

  it('is gone on with once it was seen dead for a while, each time it was looked at', () => {
    const watch = new DeadWatch();
    expect(watch.due([dead(1)], NOW_MS)).toEqual([]);
    expect(watch.due([dead(1), dead(2)], NOW_MS + DEAD_FOR_MS - 1)).toEqual([]);
    expect(watch.due([dead(1), dead(2)], NOW_MS + DEAD_FOR_MS)).toEqual([dead(1)]);
    // Renewed once in between: the time runs anew.
    expect(watch.due([dead(2)], NOW_MS + DEAD_FOR_MS + 1)).toEqual([]);
    expect(watch.due([dead(1)], NOW_MS + DEAD_FOR_MS + 2)).toEqual([]);
  });

  it('is gone on with at once where it was handed over', () => {
    expect(new DeadWatch().due([dead(1, true), dead(2)], NOW_MS)).toEqual([dead(1, true)]);
  });
});
