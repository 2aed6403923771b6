import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { planTracks, renderTrack, trackLength } from './recording-tracks.ts';
import type { Placement, RecordingTrack } from './recording-tracks.ts';
import type { SessionEvent } from './session.ts';

const played = (sample: number, data: unknown): SessionEvent => ({ seq: 1, type: 'agent.played', sample, atMs: 0, data });

function render(track: RecordingTrack, user: number[], placements: Placement[], utterances: Record<number, number[]>, fromSample = 0, toSample = Infinity) {
  return renderTrack({
    track,
    userLength: user.length,
    placements,
    readUser: async (from, to) => Int16Array.from(user.slice(from, to)),
    readUtterance: async (utterance) => (utterances[utterance] ? Int16Array.from(utterances[utterance]) : null),
    fromSample,
    toSample,
  });
}

describe('the tracks of a recording', () => {
  it('place each stretch the interviewer was heard where it was played, in order', () => {
    const events = [
      played(900, { utterance: 2, fromSample: 0, samples: 10 }),
      played(100, { utterance: 1, fromSample: 5, samples: 20 }),
      { seq: 3, type: 'speech.started', sample: 4, atMs: 0, data: {} },
      played(5, { utterance: 'one' }),
    ];
    expect(planTracks(events)).toEqual([
      { utterance: 1, fromSample: 5, samples: 20, atSample: 100 },
      { utterance: 2, fromSample: 0, samples: 10, atSample: 900 },
    ]);
  });

  it('let the earlier of two stretches give way where they would overlap: one voice does not speak over itself', () => {
    const events = [played(100, { utterance: 1, fromSample: 0, samples: 50 }), played(120, { utterance: 2, fromSample: 0, samples: 10 })];
    expect(planTracks(events).map(({ atSample, samples }) => [atSample, samples])).toEqual([[100, 20], [120, 10]]);
  });

  it('leave the person’s track exactly as it was sent', async () => {
    const placements = [{ utterance: 1, fromSample: 0, samples: 9, atSample: 1 }];
    expect(await render('user', [1, 2, 3], placements, { 1: [9, 9, 9] })).toEqual(Int16Array.from([1, 2, 3]));
    expect(trackLength('user', 3, placements)).toBe(3);
  });

  it('go on until the interviewer’s last word, even after the person’s last sample', async () => {
    const placements = [{ utterance: 1, fromSample: 1, samples: 2, atSample: 4 }];
    expect(await render('agent', [1, 2, 3], placements, { 1: [7, 8, 9] })).toEqual(Int16Array.from([0, 0, 0, 0, 8, 9]));
    expect(await render('mix', [1, 2, 3], placements, { 1: [7, 8, 9] })).toEqual(Int16Array.from([1, 2, 3, 0, 8, 9]));
  });

  it('clip two loud voices instead of turning them over', async () => {
    const placements = [{ utterance: 1, fromSample: 0, samples: 2, atSample: 0 }];
    expect(await render('mix', [30_000, -30_000], placements, { 1: [30_000, -30_000] })).toEqual(Int16Array.from([32_767, -32_768]));
  });

  it('keep every position when an utterance is missing or shorter than was reported', async () => {
    const placements = [
      { utterance: 1, fromSample: 0, samples: 3, atSample: 0 },
      { utterance: 2, fromSample: 0, samples: 2, atSample: 3 },
    ];
    expect(await render('agent', [], placements, { 1: [5] })).toEqual(Int16Array.from([5, 0, 0, 0, 0]));
  });

  it('read only the utterances a window touches', async () => {
    const readUtterance = vi.fn(async () => Int16Array.from([1, 1]));
    const placements = [1, 2, 3].map((utterance) => ({ utterance, fromSample: 0, samples: 2, atSample: utterance * 10 }));
    await renderTrack({ track: 'agent', userLength: 0, placements, readUser: async () => new Int16Array(), readUtterance, fromSample: 21, toSample: 23 });
    expect(readUtterance.mock.calls).toEqual([[2]]);
  });

  it('are the same whether rendered at once or in windows of any size', async () => {
    const placement = fc.record({ utterance: fc.integer({ min: 1, max: 3 }), fromSample: fc.nat(10), samples: fc.nat(30), atSample: fc.nat(80) });
    await fc.assert(fc.asyncProperty(
      fc.constantFrom<RecordingTrack>('user', 'agent', 'mix'),
      fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 60 }),
      fc.array(placement, { maxLength: 5 }),
      fc.dictionary(fc.constantFrom('1', '2', '3'), fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 40 })),
      fc.integer({ min: 1, max: 17 }),
      async (track, user, placements, utterances, windowSamples) => {
        const whole = await render(track, user, placements, utterances);
        expect(whole.length).toBe(trackLength(track, user.length, placements));
        const pieces: number[] = [];
        for (let from = 0; from < whole.length; from += windowSamples) {
          pieces.push(...(await render(track, user, placements, utterances, from, from + windowSamples)));
        }
        expect(Int16Array.from(pieces)).toEqual(whole);
      },
    ), { numRuns: 60 });
  });
});
