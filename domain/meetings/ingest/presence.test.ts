import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRACE_MS, gapReasonOf, presenceTransition } from './presence.ts';
import type { Presence, PresenceEffect, PresenceEvent } from './presence.ts';

const play = (events: PresenceEvent[], from: Presence = { is: 'awaited' }) => {
  const effects: PresenceEffect[] = [];
  let state = from;
  for (const event of events) {
    const step = presenceTransition(state, event);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
};
const went = (atMs: number): PresenceEvent => ({ type: 'went', atMs, nowMs: atMs + 5, reason: 'stream_away' });
const tick = (nowMs: number, takenIn = true): PresenceEvent => ({ type: 'tick', nowMs, graceMs: GRACE_MS, takenIn });

describe('a stream that goes away', () => {
  it('may come back until the time is over, and not a moment longer', () => {
    expect(play([{ type: 'came' }, went(1_000), tick(GRACE_MS + 1_004)]).effects).toEqual([{ do: 'setAway', away: null }, { do: 'setAway', away: { sinceMs: 1_000, reason: 'stream_away' } }]);
    expect(play([{ type: 'came' }, went(1_000), tick(GRACE_MS + 1_005)])).toMatchObject({ state: { is: 'ending' }, effects: [{}, {}, { do: 'requestEnd' }] });
    const back = play([{ type: 'came' }, went(1_000), tick(9_000), { type: 'came' }, tick(GRACE_MS * 3)]);
    expect(back).toMatchObject({ state: { is: 'here' } });
    expect(back.effects.at(-1)).toEqual({ do: 'setAway', away: null });
  });
  it('ends its meeting only once all of it is in the session', () => {
    expect(play([{ type: 'came' }, went(0), tick(GRACE_MS * 2, false)]).state.is).toBe('away');
    expect(play([{ type: 'came' }, went(0), tick(GRACE_MS * 2, false), tick(GRACE_MS * 2 + 1)]).effects.at(-1)).toEqual({ do: 'requestEnd' });
  });
  it('is never waited for when it never came', () => {
    expect(play([tick(GRACE_MS * 9)])).toEqual({ state: { is: 'awaited' }, effects: [] });
  });
  it('is shown out when the end was asked for, also when it comes once more', () => {
    expect(play([{ type: 'came' }, { type: 'endRequested' }, { type: 'came' }, tick(GRACE_MS * 9)])).toEqual({ state: { is: 'ending' }, effects: [{ do: 'setAway', away: null }, { do: 'cut' }, { do: 'cut' }] });
  });
  it('leaves behind why it was away', () => {
    const { state, effects } = play([{ type: 'came' }, { ...went(5), reason: 'ingest_failed' } as PresenceEvent]);
    expect(gapReasonOf(state)).toBe('ingest_failed');
    // For the process that comes next, too.
    expect(effects.at(-1)).toEqual({ do: 'setAway', away: { sinceMs: 5, reason: 'ingest_failed' } });
    expect(gapReasonOf({ is: 'here', after: 'ingest_failed' })).toBe('ingest_failed');
    expect(gapReasonOf({ is: 'awaited' })).toBe('stream_away');
  });
  it('has its end asked for once, whatever happens', () => {
    const event = fc.oneof(
      fc.constant<PresenceEvent>({ type: 'came' }),
      fc.integer({ min: 0, max: GRACE_MS * 4 }).map((nowMs) => tick(nowMs)),
      fc.integer({ min: 0, max: GRACE_MS }).map((atMs) => went(atMs)),
      fc.constant<PresenceEvent>({ type: 'endRequested' }),
    );
    fc.assert(fc.property(fc.array(event), (events) => {
      expect(play(events).effects.filter((effect) => effect.do === 'requestEnd').length).toBeLessThanOrEqual(1);
    }));
  });
});
