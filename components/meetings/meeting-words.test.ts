import { describe, expect, test } from 'vitest';
import { shortLength } from '#domain/session/times.ts';
import { coverage, meeting } from './meeting-for-tests.ts';
import { completenessWords, failureWords, suppressedReason, isSettled, lackWords, liveTroubles, namesOf, timeLeftMs, transcribedPercent, voiceName } from './meeting-words.ts';

const NOW = Date.parse('2026-05-04T10:00:00.000Z');
const ago = (ms: number) => new Date(NOW - ms).toISOString();

describe('how much of a meeting is there', () => {
  test('is told in percent of all that was to be heard, and what is not there in lengths', () => {
    expect(completenessWords(coverage({ capturedMs: 196_000, transcribedMs: 196_000, missingMs: 4_000 }))).toBe('98 % transcribed, 4 s missing');
    expect(completenessWords(coverage({ capturedMs: 600_000, transcribedMs: 500_000, failedMs: 30_000, waitingMs: 70_000 }))).toBe('83 % transcribed, 30 s failed, 1 min 10 s waiting');
    expect(completenessWords(coverage({ capturedMs: 60_000, transcribedMs: 60_000 }))).toBe('All transcribed');
    expect(completenessWords(coverage({}))).toBeNull();
  });
  test('is never called all while a moment lacks', () => {
    expect(transcribedPercent(coverage({ capturedMs: 10_000_000, transcribedMs: 9_999_999, waitingMs: 1 }))).toBe(99);
    expect(shortLength(1)).toBe('1 s');
  });
  test.each([[0, '0 s'], [39_072, '39 s'], [59_000, '59 s'], [260_000, '4 min 20 s'], [600_000, '10 min'], [3_900_000, '1 h 5 min'], [7_200_000, '2 h']])('%i ms are %s', (ms, words) => {
    expect(shortLength(ms)).toBe(words);
  });
  test('what a finished meeting lacks is one sentence, and nothing is none', () => {
    expect(lackWords(coverage({ missingMs: 40_000, failedMs: 30_000 }))).toBe('40 s never arrived, because the stream was away; 30 s could not be transcribed well.');
    expect(lackWords(coverage({ capturedMs: 1_000, transcribedMs: 1_000 }))).toBeNull();
  });
});

describe('what is wrong while a meeting goes on', () => {
  test('a stream that stopped says since when, and how long the meeting waits for it', () => {
    const [trouble] = liveTroubles(meeting({ stream: { state: 'away', awaySince: ago(40_000), closesAt: new Date(NOW + 260_000).toISOString() } }), NOW, true);
    expect(trouble?.title).toBe('The stream stopped 40 s ago.');
    expect(trouble?.text).toMatch(/^Spool waits 4 min 20 s more before it closes the meeting\./);
  });
  test('a stream that stayed away for too long does not promise to wait', () => {
    const [trouble] = liveTroubles(meeting({ stream: { state: 'away', awaySince: ago(301_000), closesAt: ago(1_000) } }), NOW, true);
    expect(trouble?.text).toBe('The meeting is being closed. What arrived is kept.');
  });
  test('lag is told once it is more than the way things are', () => {
    expect(liveTroubles(meeting({ coverage: coverage({ lagMs: 60_000 }) }), NOW, true)).toEqual([]);
    expect(liveTroubles(meeting({ coverage: coverage({ lagMs: 120_000 }) }), NOW, true)[0]?.title).toBe('Transcription is 2 min behind');
  });
  test('an engine that fails again and again is told, and forgotten once a newer stretch has its words', () => {
    const failing = meeting({ states: ['transcribed', 'captured'], retried: [1] });
    expect(liveTroubles(failing, NOW, true)[0]?.title).toBe('The speech engine does not answer');
    expect(liveTroubles(meeting({ states: ['transcribed', 'captured', 'transcribed'], retried: [1] }), NOW, true)).toEqual([]);
    expect(liveTroubles(meeting({ states: ['transcribed', 'failed'] }), NOW, true)[0]).toMatchObject({ tone: 'bad', title: 'Parts of the meeting could not be transcribed' });
  });
  test('a server that does not answer comes before everything else', () => {
    expect(liveTroubles(meeting({ coverage: coverage({ lagMs: 120_000 }) }), NOW, false).map(({ id }) => id)).toEqual(['behind', 'lag']);
  });
});

describe('names and reasons', () => {
  test('a joined voice is called like the one it was joined to', () => {
    const one = { speechMs: 0, name: null, mergedInto: null, shownAs: null };
    const names = namesOf({ unknownMs: 0, speakers: [{ ...one, speaker: 'S1', name: 'Ines', shownAs: 'Ines' }, { ...one, speaker: 'S2' }, { ...one, speaker: 'S3', mergedInto: 'S1', shownAs: 'Ines' }, { ...one, speaker: 'S4', mergedInto: 'S2' }] });
    expect(['S1', 'S2', 'S3', 'S4', 'S0', 'user'].map((speaker) => voiceName(speaker, names))).toEqual(['Ines', 'Speaker 2', 'Ines', 'Speaker 2', null, null]);
  });
  test('codes this page does not know are told all the same', () => {
    expect(failureWords('something.new')).toBe('The speech engine failed.');
    expect(failureWords('chunk.late')).toBe('A part was not transcribed in time.');
    expect(suppressedReason('some_new_rule')).toBe('Held back: some new rule');
  });
});

test('the rest is reckoned from what was done since one began to look', () => {
  expect(timeLeftMs({ doneMs: 60_000, atMs: 0 }, { doneMs: 180_000, leftMs: 240_000, atMs: 10_000 })).toBe(20_000);
  expect(timeLeftMs({ doneMs: 60_000, atMs: 0 }, { doneMs: 60_000, leftMs: 240_000, atMs: 10_000 })).toBeNull();
  expect(timeLeftMs(null, { doneMs: 1, leftMs: 1, atMs: 0 })).toBeNull();
});

test('a meeting whose parts are tried again is not settled', () => {
  expect(isSettled('completed', meeting({ states: ['transcribed'] }))).toBe(true);
  expect(isSettled('partial', meeting({ states: ['transcribed', 'captured'] }))).toBe(false);
  expect(isSettled('processing', meeting({ states: ['transcribed'] }))).toBe(false);
});
