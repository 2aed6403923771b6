import { describe, expect, it } from 'vitest';
import { addTranscriptErrors, evaluateTranscript, type HeardSegment } from './evaluate-transcript.ts';
import { totalErrors } from './word-errors.ts';

const utterances = [
  { speaker: 'Ada', startMs: 0, endMs: 1000, text: 'Good morning.' },
  { speaker: 'Bob', startMs: 1000, endMs: 2000, text: 'Hi!' },
];
const heard: HeardSegment[] = [
  { speaker: '2', startMs: 1000, endMs: 2000, text: 'hi' },
  { speaker: '1', startMs: 0, endMs: 1000, text: 'good morning' },
];

describe('a transcript', () => {
  it('is compared in order of time, by words, by speakers and by who speaks when', () => {
    const errors = evaluateTranscript({ utterances, turns: utterances }, heard, { tellsSpeakers: true });
    expect(totalErrors(errors.words!)).toBe(0);
    expect(totalErrors(errors.speakers!)).toBe(0);
    expect(errors.diarization).toEqual({ falseAlarmMs: 0, missedMs: 0, confusionMs: 0, totalMs: 2000 });
  });
  it('without speakers is compared by words alone', () => {
    expect(evaluateTranscript({ utterances, turns: utterances }, heard, { tellsSpeakers: false })).toMatchObject({ words: { hits: 3 }, speakers: null, diarization: null });
  });
  it('is not held against what a reference does not say', () => {
    const nameless = utterances.map((each) => ({ ...each, speaker: null }));
    expect(evaluateTranscript({ utterances: nameless, turns: null }, heard, { tellsSpeakers: true })).toMatchObject({ words: { hits: 3 }, speakers: null, diarization: null });
    expect(evaluateTranscript({ utterances: null, turns: utterances }, heard, { tellsSpeakers: true })).toMatchObject({ words: null, speakers: null, diarization: { totalMs: 2000 } });
  });
  it('in which nothing was heard counts with all its words', () => {
    const silent = evaluateTranscript({ utterances, turns: utterances }, [], { tellsSpeakers: true });
    expect(silent).toMatchObject({ words: { deletions: 3 }, speakers: { deletions: 3, missedSpeakers: 2 }, diarization: { missedMs: 2000 } });
  });
});

it('a corpus adds up what is known, each for itself', () => {
  const both = evaluateTranscript({ utterances, turns: utterances }, heard, { tellsSpeakers: true });
  const wordsOnly = evaluateTranscript({ utterances, turns: null }, [], { tellsSpeakers: false });
  expect(addTranscriptErrors([both, wordsOnly])).toMatchObject({ words: { hits: 3, deletions: 3 }, speakers: { hits: 3, deletions: 0 }, diarization: { totalMs: 2000 } });
  expect(addTranscriptErrors([])).toEqual({ words: null, speakers: null, diarization: null });
});
