import { describe, expect, it } from 'vitest';
import { parseRttm, parseSegLst, parseStm } from './references.ts';

describe('SegLST', () => {
  const segment = { session_id: 'standup', speaker: 'Ada', start_time: 0.1, end_time: 2.5, words: 'Good morning.' };
  it('gives utterances in milliseconds', () => {
    expect(parseSegLst(JSON.stringify([segment]), 'standup')).toEqual([{ speaker: 'Ada', startMs: 100, endMs: 2500, text: 'Good morning.' }]);
  });
  it('takes times in strings, speakers as numbers, and segments without a speaker', () => {
    const rows = [{ ...segment, start_time: '1.25', speaker: 3 }, { ...segment, speaker: null }];
    expect(parseSegLst(JSON.stringify(rows), 'standup')).toMatchObject([{ startMs: 1250, speaker: '3' }, { speaker: null }]);
  });
  it('of several recordings gives the one that is meant', () => {
    const both = JSON.stringify([segment, { ...segment, session_id: 'retro', words: 'Well.' }]);
    expect(parseSegLst(both, 'retro').map(({ text }) => text)).toEqual(['Well.']);
    expect(() => parseSegLst(both, 'planning')).toThrow('It is about 2 recordings, and none of them is called like this file.');
  });
  it.each([
    ['no JSON', '{', 'It is not JSON.'],
    ['something else', '{"words": []}', 'It is not SegLST: expected an array'],
    ['a missing field', JSON.stringify([segment, { ...segment, words: undefined }]), 'Segment 2: words is missing'],
    ['a time that is none', JSON.stringify([{ ...segment, end_time: null }]), 'Segment 1: end_time is missing'],
    ['an end before the beginning', JSON.stringify([{ ...segment, end_time: 0 }]), 'Segment 1: it ends before it begins'],
  ])('says what is wrong with %s, without the words', (_what, text, message) => {
    expect(() => parseSegLst(text, 'standup')).toThrow(message);
    expect(() => parseSegLst(text, 'standup')).not.toThrow('morning');
  });
});

describe('STM', () => {
  it('gives utterances, without labels and comments', () => {
    const text = ';; a comment\nstandup 1 ada 0.1 2.5 <o,f0,female> good morning\r\n\nstandup 1 bob 3 4 hi\n';
    expect(parseStm(text, 'standup').utterances).toEqual([
      { speaker: 'ada', startMs: 100, endMs: 2500, text: 'good morning' },
      { speaker: 'bob', startMs: 3000, endMs: 4000, text: 'hi' },
    ]);
  });
  it('tells apart what is not to be scored', () => {
    const { utterances, ignored } = parseStm('talk 1 inter_segment_gap 0 15.5 <o,,unknown> ignore_time_segment_in_scoring\ntalk 1 ada 15.5 18 so', 'talk');
    expect(ignored).toEqual([{ startMs: 0, endMs: 15_500 }]);
    expect(utterances.map(({ text }) => text)).toEqual(['so']);
  });
  it('says which line is wrong', () => {
    expect(() => parseStm('standup 1 ada 0 1 hi\nstandup 1 ada', 'standup')).toThrow('Line 2: expected "file channel speaker begin end words".');
    expect(() => parseStm('standup 1 ada soon 1 hi', 'standup')).toThrow('Line 1: a time is not a number.');
  });
});

describe('RTTM', () => {
  it('gives turns from onset and duration, and skips lines of other kinds', () => {
    const text = 'SPKR-INFO standup 1 <NA> <NA> <NA> unknown ada <NA> <NA>\nSPEAKER standup 1 0.1 0.2 <NA> <NA> ada <NA> <NA>\n';
    expect(parseRttm(text, 'standup')).toEqual([{ speaker: 'ada', startMs: 100, endMs: 300 }]);
  });
  it('says which line is wrong', () => {
    expect(() => parseRttm('SPEAKER standup 1 0.1', 'standup')).toThrow('Line 1: expected "SPEAKER file');
    expect(() => parseRttm('SPEAKER standup 1 0.1 -3 <NA> <NA> ada', 'standup')).toThrow('Line 1: it ends before it begins');
  });
});
