import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import { codedSpeech, codedTranscriber, codedVoice } from '#tests/support/coded-speech.ts';
import type { ChunkSegment } from './ports.ts';
import { type SeamSide, withoutRepetition } from './seam-repetition.ts';
import { repairSeam } from './seams.ts';
import { transcribeChunk } from './transcribe-chunk.ts';

const SEAM = 30 * UPLINK_SAMPLE_RATE_HZ;
const LATER_TO = 2 * SEAM;

/** Words of 300 ms, each 350 ms after the last, from `startMs` before or behind the seam. */
function segment(itemId: string, text: string, startMs: number): ChunkSegment {
  const words = text.split(' ').map((word, index) => ({ text: word, startSample: SEAM + msToSamples(startMs + 350 * index), endSample: SEAM + msToSamples(startMs + 350 * index + 300) }));
  return { itemId, text, words, startSample: words[0]!.startSample, endSample: words.at(-1)!.endSample };
}
const earlier = (...segments: ChunkSegment[]): SeamSide => ({ chunk: 0, ownedFrom: 0, ownedTo: SEAM, segments, suppressed: [] });
const later = (...segments: ChunkSegment[]): SeamSide => ({ chunk: 1, ownedFrom: SEAM, ownedTo: LATER_TO, segments, suppressed: [] });

describe('words written twice at a seam', () => {
  it('are taken from the later chunk when three in a row are the same, whatever their case', () => {
    const { changed, removed } = withoutRepetition(earlier(segment('c0-0', 'and then we saw the', -1_800)), later(segment('c1-0', 'We saw the, mountains in spring', 50)));
    expect(removed).toEqual([]);
    expect(changed).toMatchObject([{ itemId: 'c1-0', text: 'mountains in spring', startSample: SEAM + msToSamples(1_100) }]);
    expect(changed[0]!.words!.map((word) => word.text)).toEqual(['mountains', 'in', 'spring']);
  });

  it('take the whole segment with them when it had no other', () => {
    const pair = [earlier(segment('c0-0', 'that is what we want', -1_800)), later(segment('c1-0', 'what we want', 50), segment('c1-1', 'Good.', 3_000))] as const;
    expect(withoutRepetition(...pair)).toEqual({ changed: [], removed: ['c1-0'] });
  });

  it('are one word only when it was written at the same moment', () => {
    expect(withoutRepetition(earlier(segment('c0-0', 'never again', -500)), later(segment('c1-0', 'again we tried', 0)))).toMatchObject({ changed: [{ text: 'we tried' }] });
    expect(withoutRepetition(earlier(segment('c0-0', 'no no', -1_200)), later(segment('c1-0', 'no way', 300)))).toEqual({ changed: [], removed: [] });
  });

  it('are left alone further than four seconds from the seam, and where words have no times', () => {
    expect(withoutRepetition(earlier(segment('c0-0', 'what we want', -9_000)), later(segment('c1-0', 'what we want', 50)))).toEqual({ changed: [], removed: [] });
    const untimed = (side: SeamSide): SeamSide => ({ ...side, segments: side.segments.map(({ words: _words, ...rest }) => rest) });
    expect(withoutRepetition(untimed(earlier(segment('c0-0', 'what we want', -1_200))), untimed(later(segment('c1-0', 'what we want', 50))))).toEqual({ changed: [], removed: [] });
  });

  it('are exactly the repeated ones, for any text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 3, max: 6 }), fc.integer({ min: 0, max: 6 }), (own, shared, rest) => {
        const name = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
        const before = [...name('a', own), ...name('s', shared)];
        const behind = [...name('s', shared), ...name('b', rest)];
        const { changed, removed } = withoutRepetition(earlier(segment('c0-0', before.join(' '), -350 * before.length)), later(segment('c1-0', behind.join(' '), 20)));
        expect(rest === 0 ? removed : changed.map(({ text }) => text)).toEqual([rest === 0 ? 'c1-0' : name('b', rest).join(' ')]);
      }),
    );
  });
});

describe('voice without words at a seam', () => {
  const words = Array.from({ length: 30 }, (_, index) => ({ gapMs: index % 5 === 0 ? 800 : 100, ms: 450 }));
  const audio = codedSpeech(words);
  const chunkSamples = 8 * UPLINK_SAMPLE_RATE_HZ;
  const read = async (from: number, to: number) => audio.slice(from, to);
  const transcriber = codedTranscriber({ givesWordTimes: true });
  const common = { sessionId: 's', totalSamples: audio.length, read, voiceDetector: codedVoice };
  const side = async (chunk: number): Promise<SeamSide> => ({ chunk, ...(await transcribeChunk({ ...common, transcriber, chunk, startSample: chunk * chunkSamples, endSample: Math.min(audio.length, (chunk + 1) * chunkSamples) })) });
  const near = (seam: number) => (each: ChunkSegment) => Math.abs(each.startSample - seam) > 3 * UPLINK_SAMPLE_RATE_HZ;

  it('is decoded again, so that the words are there once, and doing it again changes nothing', async () => {
    const [left, right] = [await side(0), await side(1)];
    const seam = right.ownedFrom;
    const torn = { earlier: { ...left, segments: left.segments.filter(near(seam)) }, later: { ...right, segments: right.segments.filter(near(seam)) } };
    const repair = await repairSeam({ ...common, transcriber, ...torn });
    expect(repair.holes).toEqual([]);
    const all = [...torn.earlier.segments, ...torn.later.segments, ...repair.added].toSorted((a, b) => a.startSample - b.startSample);
    expect(all.flatMap(({ text }) => text.split(' '))).toEqual([...left.segments, ...right.segments].flatMap(({ text }) => text.split(' ')));
    for (const added of repair.added) expect(added.itemId).toMatch(added.startSample < seam ? /^c0-s\d+$/ : /^c1-s\d+$/);
    const own = (chunk: number) => repair.added.filter((added) => added.chunk === chunk);
    const whole = { earlier: { ...torn.earlier, segments: [...torn.earlier.segments, ...own(0)] }, later: { ...torn.later, segments: [...torn.later.segments, ...own(1)] } };
    expect(await repairSeam({ ...common, transcriber, ...whole })).toEqual({ changed: [], removed: [], added: [], suppressed: [], holes: [] });
  });

  it('is told of when the engine hears nothing there, after three rounds', async () => {
    const [left, right] = [await side(0), await side(1)];
    const deaf = codedTranscriber({ givesWordTimes: false, answer: () => ({ text: '', decodeMs: 0 }) });
    const repair = await repairSeam({ ...common, transcriber: deaf, earlier: left, later: { ...right, segments: right.segments.filter(near(right.ownedFrom)) } });
    expect(repair.added).toEqual([]);
    expect(repair.holes).toHaveLength(1);
    expect(repair.holes[0]!.startSample).toBeGreaterThanOrEqual(left.ownedTo - UPLINK_SAMPLE_RATE_HZ);
  });

  it('is none where it was held back as invented', async () => {
    const [left, right] = [await side(0), await side(1)];
    const gone = right.segments.filter((each) => !near(right.ownedFrom)(each));
    const suppressed = gone.map(({ itemId: segmentId, text, startSample, endSample }) => ({ segmentId, text, startSample, endSample, reason: 'repetition', metrics: {} }));
    const repair = await repairSeam({ ...common, transcriber, earlier: left, later: { ...right, segments: right.segments.filter(near(right.ownedFrom)), suppressed } });
    expect(repair).toMatchObject({ added: [], holes: [] });
  });
});
