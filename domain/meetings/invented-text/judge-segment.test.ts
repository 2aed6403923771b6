import { describe, expect, it } from 'vitest';
import { type JudgedText, judgeSegment } from './judge-segment.ts';

/** Said in full: three words to a second of voice, unless a test says otherwise. */
function judge(text: string, other: Partial<JudgedText> = {}): string | null {
  const voicedMs = other.voicedMs ?? Math.max(300, text.split(/\s+/).length * 330);
  return judgeSegment({ text, spanMs: voicedMs, voicedMs, avgLogprob: -0.3, noSpeechProb: 0.05, ...other })?.reason ?? null;
}

describe('the filter of invented text', () => {
  it.each(['Let us begin with the numbers of the last quarter.', 'We sold four hundred of them, didn’t we?', 'Das machen wir nächste Woche.', '来週の会議で決めましょう。', 'One, two, three, four, five, six, seven, eight.'])('believes what was said: %s', (text) => {
    expect(judge(text)).toBeNull();
    expect(judgeSegment({ text, spanMs: 4_000, voicedMs: 3_800 })).toBeNull();
  });

  it.each(['Yeah.', 'Mhm.', 'Okay, okay.', 'No.', 'Right, right, right.'])('keeps "%s", however unsure the engine is, where there is a voice', (text) => {
    expect(judge(text, { voicedMs: 200, avgLogprob: -1.6, noSpeechProb: 0.7 })).toBeNull();
    expect(judge(text, { voicedMs: 32 })).toBe('no_voice');
  });

  it('holds back words where hardly anybody spoke', () => {
    expect(judge('And that is what I meant.', { voicedMs: 64, spanMs: 2_000 })).toBe('no_voice');
  });

  it('holds back what the engine takes for no speech and what it is very unsure of', () => {
    expect(judge('And that is what I meant.', { noSpeechProb: 0.7, avgLogprob: -1.1 })).toBe('no_speech');
    expect(judge('And that is what I meant.', { noSpeechProb: 0.7, avgLogprob: -0.5 })).toBeNull();
    expect(judge('And that is what I meant.', { avgLogprob: -1.4 })).toBe('low_confidence');
  });

  it('holds back a loop faster than speech, and one by its compression', () => {
    const loop = 'I will be back in a moment. '.repeat(12).trim();
    expect(judge(loop, { voicedMs: 6_000 })).toBe('repetition');
    expect(judge(loop, { voicedMs: 16_000, spanMs: 30_000, compressionRatio: 6 })).toBe('repetition');
    expect(judge('10111111111111111111111111', { voicedMs: 4_000 })).toBe('repetition');
  });

  it('believes people who repeat themselves', () => {
    expect(judge('No, no, no, no, no, that is not it.', { voicedMs: 1_800 })).toBeNull();
    expect(judge('no no no no no no', { voicedMs: 1_100 })).toBeNull();
    expect(judge('We want more time. '.repeat(6).trim(), { voicedMs: 9_000, spanMs: 10_000, compressionRatio: 3 })).toBeNull();
  });

  it('holds back a stock phrase without a voice long enough for it, or of which the engine is unsure', () => {
    expect(judge('Thank you for watching!', { voicedMs: 300 })).toBe('phantom_phrase');
    expect(judge('Thanks for watching. Thanks for watching.', { noSpeechProb: 0.5 })).toBe('phantom_phrase');
    expect(judge('ご視聴ありがとうございました', { voicedMs: 200 })).toBe('phantom_phrase');
    expect(judge('Thank you.', { voicedMs: 450 })).toBeNull();
    expect(judge('Thank you for watching the build tonight.', { voicedMs: 1_900 })).toBeNull();
  });

  it('holds back credit lines and descriptions of sounds, whatever the engine thinks of them', () => {
    expect(judge('Subtitles by the Amara.org community', { voicedMs: 3_000, noSpeechProb: 0, avgLogprob: -0.31 })).toBe('phantom_phrase');
    expect(judge('Untertitelung des ZDF, 2020', { voicedMs: 3_000 })).toBe('phantom_phrase');
    expect(judge('[Music] (applause)', { voicedMs: 3_000 })).toBe('phantom_phrase');
    expect(judge('♪♪♪', { voicedMs: 3_000 })).toBe('phantom_phrase');
    expect(judge('Subtitles are what the video still needs.', { voicedMs: 2_500 })).toBeNull();
  });

  it('holds back more words than fit into the voice, but no short burst', () => {
    expect(judge('so what we are going to do next is that everybody writes it down', { voicedMs: 900 })).toBe('too_dense');
    expect(judge('I got it.', { voicedMs: 260 })).toBeNull();
  });

  it('tells the figures it judged by', () => {
    expect(judgeSegment({ text: 'Hello there.', spanMs: 900, voicedMs: 0, avgLogprob: -0.2 })).toEqual({ reason: 'no_voice', metrics: { spanMs: 900, voicedMs: 0, words: 2, avgLogprob: -0.2 } });
  });
});
