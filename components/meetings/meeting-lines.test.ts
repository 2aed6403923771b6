import { describe, expect, test } from 'vitest';
import type { Caption } from '#components/live-session/live-session-types.ts';
import type { TranscriptItem } from '#domain/session/session.ts';
import { msToSamples } from '#domain/stream/audio-format.ts';
import { meeting } from './meeting-for-tests.ts';
import { mergeLines, transcribedThroughMs, voicesOf } from './meeting-lines.ts';

const item = (itemId: string, text: string, startMs: number, speaker = 'S1'): TranscriptItem => ({ itemId, revision: 1, speaker, text, startMs, endMs: startMs + 1_000, startSample: msToSamples(startMs), endSample: msToSamples(startMs + 1_000) });
const caption = (itemId: string, text: string, startMs: number, final = true): Caption => ({ itemId, speaker: 'S0', text, final, startSample: msToSamples(startMs) });

describe('the transcript while it grows', () => {
  test('checked words take the place of live ones, and newer live ones stay', () => {
    const captions = [caption('a', 'helo', 1_000), caption('b', 'every one', 5_000), caption('c', 'next point', 31_500), caption('d', 'and so', 40_000, false)];
    const lines = mergeLines([item('0-1', 'Hello everyone.', 1_000)], captions, new Set(['a', 'b']), 30_000);
    expect(lines.map(({ text }) => text)).toEqual(['Hello everyone.', 'next point', 'and so']);
  });
  test('live words the server does not list yet are not dropped before their stretch is transcribed', () => {
    const lines = mergeLines([], [caption('a', 'just said', 45_000)], new Set(['a']), 30_000);
    expect(lines.map(({ text }) => text)).toEqual(['just said']);
  });
  test('an item both know is shown once, as the server has it', () => {
    expect(mergeLines([item('a', 'Right.', 1_000)], [caption('a', 'Write.', 1_000)], new Set(), 0).map(({ text }) => text)).toEqual(['Right.']);
  });
  test('live words across the end of what is transcribed are shown from there on', () => {
    const across = { ...item('live', 'one two three four five six seven eight', 26_000), endMs: 42_000 };
    const owned = { ...item('0-1', 'one two', 26_000), endMs: 31_500 };
    expect(mergeLines([owned, across], [], new Set(), 30_000).map(({ text, startMs }) => [text, startMs])).toEqual([['one two', 26_000], ['… three four five six seven eight', 30_000]]);
  });
  test('lines lie in the order they were said, without those a person emptied', () => {
    expect(mergeLines([item('b', 'two', 9_000), item('c', ' ', 10_000)], [caption('a', 'one', 4_000)], new Set(), 0).map(({ text }) => text)).toEqual(['one', 'two']);
  });
  test('what is transcribed reaches to the first stretch that is not', () => {
    expect(transcribedThroughMs(meeting({ states: ['transcribed', 'transcribed', 'captured', 'transcribed'] }))).toBe(60_000);
    expect(transcribedThroughMs(meeting({ states: ['captured'] }))).toBe(0);
  });
  test('who has spoken is told by how long, voices nobody was told for left out', () => {
    expect(voicesOf([item('a', 'x', 0, 'S2'), item('b', 'x', 0, 'S1'), item('c', 'x', 0, 'S2'), item('d', 'x', 0, 'S0')])).toEqual([{ speaker: 'S2', ms: 2_000 }, { speaker: 'S1', ms: 1_000 }]);
  });
});
