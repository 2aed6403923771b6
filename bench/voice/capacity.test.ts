import { describe, expect, it } from 'vitest';
import { stepOf, tooMuch } from './capacity.ts';
import type { LoadReport } from './load-report.ts';
import type { TurnOutcome } from './person.ts';

const turn = (voiceToVoice: number | null, cutOffs = 0): TurnOutcome => ({
  utteranceId: 'stars',
  kind: 'complete',
  voiceEndedAtMs: 0,
  parts: voiceToVoice === null ? null : { voiceToVoice, endpoint: 0, transcription: 0, interviewer: 0, speech: 0, rest: voiceToVoice },
  cutOffs,
  words: null,
});
const report = (turns: TurnOutcome[], over: Partial<LoadReport> = {}): LoadReport => ({
  connected: 10,
  turns,
  unanswered: 0,
  acknowledgements: { count: 100, p50Ms: 100, p95Ms: 200, maxMs: 300 },
  failures: [],
  speakingShare: 0.4,
  latestMicrophoneMs: 0,
  ...over,
});
const quick = Array.from({ length: 40 }, () => turn(500));

describe('whether a number of people is too many', () => {
  it('is no while answers and acknowledgements come in time', () => {
    expect(tooMuch(stepOf(report(quick), null, 10))).toEqual([]);
  });
  it('is yes when one answer in twenty begins later than a second and a half', () => {
    expect(tooMuch(stepOf(report([...quick, turn(1_600), turn(1_600)]), null, 10))).toEqual([]);
    expect(tooMuch(stepOf(report([...quick, turn(1_600), turn(1_600), turn(1_600)]), null, 10))).toEqual(['voice to voice p95 1600 ms']);
  });
  it('is yes when answers are missing, also those still awaited', () => {
    expect(tooMuch(stepOf(report([...quick, turn(null), turn(null)], { unanswered: 2 }), null, 10))).toEqual(['4 of 44 answers missing']);
  });
  it('is yes when a single acknowledgement, of a talker or a listener, takes more than two seconds', () => {
    const slow = { count: 9_000, p50Ms: 100, p95Ms: 200, maxMs: 2_100 };
    expect(tooMuch(stepOf(report(quick), report([], { acknowledgements: slow }), 20))).toEqual(['an acknowledgement after 2100 ms']);
  });
  it('is yes when a connection is lost', () => {
    expect(tooMuch(stepOf(report(quick), report([], { failures: ['closed with 1013', 'closed with 1013'] }), 20))).toEqual(['2 × closed with 1013']);
    expect(tooMuch(stepOf(report(quick), report([], { connected: 7 }), 20))).toEqual(['3 people are not connected']);
  });
  it('is not known when there was no turn at all', () => {
    expect(tooMuch(stepOf(report([]), null, 10))).toEqual(['nobody was answered, so nothing is known']);
  });
  it('is not judged by turns that were cut off, which are counted instead', () => {
    expect(stepOf(report([...quick, turn(20, 1)]), null, 10)).toMatchObject({ turns: 40, cutOffs: 1, voiceToVoiceMs: { min: 500 } });
  });
});
