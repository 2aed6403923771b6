import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transcriber } from '../speech/ports.ts';
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import { codedSpeech, codedTranscriber, codedVoice, type CodedWord } from '#tests/support/coded-speech.ts';
import { count } from '#tests/support/counts.ts';
import { CUT_REACH_SAMPLES } from './cut-points.ts';
import { MAX_DECODE_SAMPLES } from './owned-words.ts';
import { transcribeChunk, type TranscribeChunkOptions, type TranscribedChunk } from './transcribe-chunk.ts';

const SECOND = UPLINK_SAMPLE_RATE_HZ;
const RUNS = count(40, 1_000);

function chunkOf(audio: Int16Array, chunk: number, chunkSamples: number, transcriber: Transcriber, other: Partial<TranscribeChunkOptions> = {}): Promise<TranscribedChunk> {
  const read = async (from: number, to: number) => {
    expect(to).toBeLessThanOrEqual(Math.min(audio.length, (chunk + 1) * chunkSamples + CUT_REACH_SAMPLES));
    return audio.slice(from, to);
  };
  return transcribeChunk({ sessionId: 's', chunk, startSample: chunk * chunkSamples, endSample: Math.min(audio.length, (chunk + 1) * chunkSamples), totalSamples: audio.length, read, transcriber, voiceDetector: codedVoice, ...other });
}
async function chunksOf(audio: Int16Array, chunkSamples: number, transcriber: Transcriber): Promise<TranscribedChunk[]> {
  return Promise.all(Array.from({ length: Math.ceil(audio.length / chunkSamples) }, (_, chunk) => chunkOf(audio, chunk, chunkSamples, transcriber)));
}
const wordsOf = (chunks: readonly TranscribedChunk[]) => chunks.flatMap((chunk) => chunk.segments.flatMap((segment) => segment.text.split(' ')));
const said = (words: readonly CodedWord[]) => words.map((_, word) => `w${word}`);

/** Everything that holds of any meeting's chunks. */
function expectWhole(chunks: readonly TranscribedChunk[], audio: Int16Array): void {
  expect(chunks.map((chunk) => chunk.ownedFrom)).toEqual([0, ...chunks.slice(0, -1).map((chunk) => chunk.ownedTo)]);
  expect(chunks.at(-1)!.ownedTo).toBe(audio.length);
  let through = 0;
  for (const [index, chunk] of chunks.entries()) {
    for (const segment of chunk.segments) {
      expect(segment.itemId).toMatch(new RegExp(`^c${index}-\\d+$`));
      expect(segment.startSample).toBeGreaterThanOrEqual(Math.max(through, chunk.ownedFrom));
      through = segment.endSample;
      expect(through).toBeLessThanOrEqual(chunk.ownedTo);
    }
    expect(chunk.coveredSamples + chunk.suppressedSamples).toBeLessThanOrEqual(chunk.speechSamples);
  }
  expect(new Set(chunks.flatMap((chunk) => chunk.segments.map(({ itemId }) => itemId))).size).toBe(chunks.reduce((sum, chunk) => sum + chunk.segments.length, 0));
}

const gapMs = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 250 }) }, { weight: 2, arbitrary: fc.integer({ min: 250, max: 900 }) }, { weight: 1, arbitrary: fc.integer({ min: 900, max: 6_000 }) });
const meeting = (gap: fc.Arbitrary<number>) => fc.record({
  words: fc.array(fc.record({ gapMs: gap, ms: fc.integer({ min: 130, max: 580 }) }), { minLength: 1, maxLength: 90 }),
  beforeMs: fc.integer({ min: 0, max: 9_000 }),
  chunkSamples: fc.oneof({ weight: 1, arbitrary: fc.integer({ min: SECOND, max: 6 * SECOND }) }, { weight: 3, arbitrary: fc.integer({ min: 6 * SECOND, max: 30 * SECOND }) }),
});

describe('a meeting in chunks', () => {
  it('has each word once and in order, wherever words and borders lie, with an engine that gives word times', async () => {
    await fc.assert(
      fc.asyncProperty(meeting(gapMs), async ({ words, beforeMs, chunkSamples }) => {
        const audio = codedSpeech(words, beforeMs);
        const transcriber = codedTranscriber({ givesWordTimes: true });
        const chunks = await chunksOf(audio, chunkSamples, transcriber);
        expect(wordsOf(chunks)).toEqual(said(words));
        expectWhole(chunks, audio);
        for (const samples of transcriber.asked) expect(samples).toBeLessThanOrEqual(MAX_DECODE_SAMPLES);
      }),
      { numRuns: RUNS },
    );
  }, RUNS * 500);

  it('has each word once and in order with an engine that does not, where there is a pause between words', async () => {
    await fc.assert(
      fc.asyncProperty(meeting(fc.integer({ min: 200, max: 1_500 })), async ({ words, beforeMs, chunkSamples }) => {
        const audio = codedSpeech(words, beforeMs);
        const transcriber = codedTranscriber({ givesWordTimes: false, maxSegmentMs: 20_000 });
        const chunks = await chunksOf(audio, chunkSamples, transcriber);
        expect(wordsOf(chunks)).toEqual(said(words));
        expectWhole(chunks, audio);
        for (const samples of transcriber.asked) expect(samples).toBeLessThanOrEqual(msToSamples(20_000));
      }),
      { numRuns: RUNS },
    );
  }, RUNS * 500);

  it.each([700, 0])('is the same from any border, with %i ms of pause behind every fifth word: each phase of a chunk, to the tenth of a second', async (pauseMs) => {
    const words = Array.from({ length: 40 }, (_, index) => ({ gapMs: index % 5 === 0 ? pauseMs : 0, ms: 380 }));
    for (let phaseMs = 0; phaseMs < 8_000; phaseMs += count(400, 100)) {
      const audio = codedSpeech(words, phaseMs);
      expect(wordsOf(await chunksOf(audio, 8 * SECOND, codedTranscriber({ givesWordTimes: true }))), `${phaseMs} ms`).toEqual(said(words));
    }
  });

  it('gives the same chunk twice, and the same while the meeting still goes on', async () => {
    const audio = codedSpeech(Array.from({ length: 60 }, () => ({ gapMs: 200, ms: 400 })));
    const transcriber = codedTranscriber({ givesWordTimes: false });
    const once = await chunkOf(audio, 1, 8 * SECOND, transcriber);
    expect(await chunkOf(audio, 1, 8 * SECOND, transcriber)).toEqual(once);
    expect(await chunkOf(audio, 1, 8 * SECOND, transcriber, { totalSamples: null })).toEqual(once);
  });

  it('counts voice, and voice with words', async () => {
    const audio = codedSpeech([{ gapMs: 1_000, ms: 2_000 }, { gapMs: 1_500, ms: 1_024 }], 0, 2_000);
    const deaf = codedTranscriber({ givesWordTimes: false, answer: (heard) => (heard.text.includes('w1') ? { text: '', decodeMs: 0 } : heard) });
    const chunk = await chunkOf(audio, 0, 30 * SECOND, deaf);
    expect(chunk).toMatchObject({ words: 1, engine: 'coded' });
    // Windows of 32 ms, each voiced if any good part of it is.
    expect(Math.abs(chunk.speechSamples - msToSamples(3_024))).toBeLessThanOrEqual(4 * 512);
    expect(Math.abs(chunk.coveredSamples - msToSamples(2_000))).toBeLessThanOrEqual(2 * 512);
  });
});

describe('an engine with its weaknesses', () => {
  it('is asked again, with room around the voice, when it gave no words', async () => {
    const audio = codedSpeech([{ gapMs: 1_000, ms: 1_500 }]);
    const transcriber = codedTranscriber({ givesWordTimes: false, answer: (heard, asked) => (asked === 1 ? { text: '', decodeMs: 0 } : heard) });
    expect(wordsOf([await chunkOf(audio, 0, 30 * SECOND, transcriber)])).toEqual(['w0']);
    expect(transcriber.asked).toHaveLength(2);
    expect(transcriber.asked[1]).toBeGreaterThan(transcriber.asked[0]!);
  });

  it('that gives up on long segments is asked in halves', async () => {
    const words = Array.from({ length: 20 }, () => ({ gapMs: 200, ms: 400 }));
    const transcriber = codedTranscriber({ givesWordTimes: false, answer: (heard) => (heard.text.split(' ').length > 6 ? { text: 'w1 w2', decodeMs: 0 } : heard) });
    expect(wordsOf([await chunkOf(codedSpeech(words), 0, 30 * SECOND, transcriber)])).toEqual(said(words));
  });

  it('that loops is asked in halves, and what its adapter held back is kept where that does not help', async () => {
    const audio = codedSpeech(Array.from({ length: 20 }, () => ({ gapMs: 200, ms: 400 })));
    const looping = codedTranscriber({ givesWordTimes: false, answer: () => ({ text: '', decodeMs: 0, suppressed: { text: 'and I think '.repeat(40), reason: 'repetition' } }) });
    const chunk = await chunkOf(audio, 0, 30 * SECOND, looping);
    expect(chunk.segments).toEqual([]);
    expect(chunk.suppressed.length).toBeGreaterThan(0);
    expect(chunk.suppressed[0]).toMatchObject({ segmentId: 'c0-0', reason: 'repetition', metrics: { words: 120 } });
    expect(chunk).toMatchObject({ coveredSamples: 0, suppressedSamples: chunk.speechSamples });
  });

  it('that stops giving word times is asked segment by segment, without context', async () => {
    const words = Array.from({ length: 12 }, (_, index) => ({ gapMs: index % 4 === 0 ? 900 : 150, ms: 400 }));
    const transcriber = codedTranscriber({ givesWordTimes: true, answer: ({ text }) => ({ text, decodeMs: 0 }) });
    expect(wordsOf(await chunksOf(codedSpeech(words, 2_000), 6 * SECOND, transcriber))).toEqual(said(words));
  });

  it('that leaves a segment out of a longer piece is asked about it alone', async () => {
    const words = Array.from({ length: 6 }, (_, index) => ({ gapMs: index % 2 === 0 ? 1_000 : 100, ms: 550 }));
    const forgetful = codedTranscriber({ givesWordTimes: true, answer: (heard) => (heard.words && heard.words.length > 2 ? { ...heard, text: heard.text.replace('w2 w3 ', ''), words: heard.words.filter(({ text }) => !['w2', 'w3'].includes(text)) } : heard) });
    expect(wordsOf([await chunkOf(codedSpeech(words), 0, 30 * SECOND, forgetful)])).toEqual(said(words));
  });

  it('that invents behind the last word, sure of itself, has it held back with why', async () => {
    const audio = codedSpeech([{ gapMs: 500, ms: 500 }, { gapMs: 100, ms: 500 }], 0, 6_000);
    const inventive = codedTranscriber({
      givesWordTimes: true,
      answer: (heard) => ({
        ...heard,
        text: `${heard.text}. Thank you for watching.`,
        words: [...(heard.words ?? []), ...['Thank', 'you', 'for', 'watching'].map((text, index) => ({ text, startMs: 2_600 + 200 * index, endMs: 2_800 + 200 * index }))],
        segments: [{ text: 'w0 w1.', startMs: 0, endMs: 2_000, avgLogprob: -0.2 }, { text: 'Thank you for watching.', startMs: 2_000, endMs: 4_000, avgLogprob: -0.31, noSpeechProb: 0 }],
      }),
    });
    const chunk = await chunkOf(audio, 0, 30 * SECOND, inventive);
    expect(chunk.segments.map((segment) => segment.text)).toEqual(['w0 w1.']);
    expect(chunk.suppressed).toMatchObject([{ text: 'Thank you for watching.', reason: 'no_voice', metrics: { avgLogprob: -0.31, voicedMs: 0 } }]);
  });

  it('that stretches a word over the silence behind it keeps its place', async () => {
    const words = [{ gapMs: 500, ms: 400 }, { gapMs: 4_000, ms: 400 }];
    const stretching = codedTranscriber({ givesWordTimes: true, answer: (heard) => ({ ...heard, words: (heard.words ?? []).map((word) => (word.text === 'w0' ? { ...word, endMs: word.startMs + 4_300 } : word)) }) });
    const [first] = (await chunkOf(codedSpeech(words), 0, 30 * SECOND, stretching)).segments;
    expect(first!.endSample).toBeLessThan(msToSamples(1_200));
  });

  it('is left alone once the work is aborted', async () => {
    const stop = new AbortController();
    const transcriber = codedTranscriber({ givesWordTimes: false, answer: (heard) => (stop.abort(new Error('leaving')), heard) });
    await expect(chunkOf(codedSpeech(Array.from({ length: 9 }, () => ({ gapMs: 900, ms: 400 }))), 0, 30 * SECOND, transcriber, { signal: stop.signal })).rejects.toThrow('leaving');
    expect(transcriber.asked).toHaveLength(1);
  });

  it('is not asked about a log that was read short', async () => {
    await expect(chunkOf(codedSpeech([{ gapMs: 0, ms: 400 }]), 0, 30 * SECOND, codedTranscriber({ givesWordTimes: false }), { read: async () => new Int16Array(7) })).rejects.toThrow(/7 were read/);
  });
});
