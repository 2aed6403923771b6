import { describe, expect, it } from 'vitest';
import { summarizeKind, summarizeLatency } from './latency-summary.ts';
import type { TurnOutcome } from './person.ts';

const turn = (over: Partial<TurnOutcome>, voiceToVoice = 450): TurnOutcome => ({
  utteranceId: 'stars',
  kind: 'complete',
  voiceEndedAtMs: 0,
  parts: { voiceToVoice, endpoint: voiceToVoice - 50, transcription: 10, interviewer: 5, speech: 30, rest: 5 },
  cutOffs: 0,
  words: { reference: 10, errors: 1 },
  ...over,
});

describe('the summary of what one speaker met', () => {
  it('weighs word errors by words, over all utterances with a reference', () => {
    const turns = [turn({}), turn({ words: { reference: 30, errors: 9 } }), turn({ words: null })];
    expect(summarizeKind(turns)).toMatchObject({ wordErrorRate: 0.25, words: 40 });
    expect(summarizeKind([turn({ words: null })]).wordErrorRate).toBeNull();
  });
  it('counts cut-offs and missing answers apart from latencies', () => {
    const summary = summarizeKind([turn({}), turn({ cutOffs: 2 }, 20), turn({ parts: null })]);
    expect(summary).toMatchObject({ utterances: 3, answered: 2, cutOffs: 2, parts: { voiceToVoice: { count: 1, min: 450 } } });
  });
  it('keeps complete and hesitant utterances apart, and their rest together', () => {
    const run = { turns: [turn({}), turn({ kind: 'hesitant' }, 2_000)], acknowledgementsMs: [90, 110], interestsMs: [5, 25], sessions: 1, exactSessions: 1, latestMicrophoneMs: 3, leftOut: 0 };
    const summary = summarizeLatency(run);
    expect(summary.complete.parts?.voiceToVoice.p50).toBe(450);
    expect(summary.hesitant.parts?.voiceToVoice.p50).toBe(2_000);
    expect(summary.interestMs).toMatchObject({ count: 2, max: 25 });
    expect(summary.restMs).toMatchObject({ count: 2, p95: 5 });
  });
});
