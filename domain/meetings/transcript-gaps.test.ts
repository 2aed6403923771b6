import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TranscriptGap, gapWords, transcriptGapsOf, withGaps } from './transcript-gaps.ts';

const said = (id: string, startMs: number, endMs: number) => ({ id, startMs, endMs });
const away = (startMs: number, missingMs: number): TranscriptGap => ({ startMs, endMs: startMs, missingMs, reason: 'stream_away' });
const failed = (startMs: number, endMs: number): TranscriptGap => ({ startMs, endMs, missingMs: endMs - startMs, reason: 'not_transcribed' });
/** `a [40 s missing here: …] b` */
const read = (items: ReturnType<typeof said>[], gaps: TranscriptGap[]) => withGaps(items, gaps).map((row) => (row.kind === 'item' ? row.item.id : `[${gapWords(row.gap)}]`)).join(' ');
const STOPPED = 'missing here: the stream had stopped';

describe('the gaps of a transcript', () => {
  const chunk = (number: number, state: 'transcribed' | 'failed' | 'captured') => ({ startMs: number * 30_000, endMs: (number + 1) * 30_000, state });
  const gap = (atMs: number, missingMs: number, reason: 'stream_away' | 'ingest_failed' = 'stream_away') => ({ atMs, missingMs, reason, from: '', to: '' });

  test('are none where all is transcribed or still on its way', () => {
    expect(transcriptGapsOf({ chunks: [chunk(0, 'transcribed'), chunk(1, 'captured')], gaps: [gap(10_000, 0)] })).toEqual([]);
  });
  test('are what never arrived and what failed, by place', () => {
    expect(transcriptGapsOf({ chunks: [chunk(0, 'failed'), chunk(1, 'transcribed')], gaps: [gap(45_000, 40_000)] })).toEqual([failed(0, 30_000), away(45_000, 40_000)]);
  });
  test('that touch are one, but for another reason they are two', () => {
    expect(transcriptGapsOf({ chunks: [chunk(0, 'failed'), chunk(1, 'failed'), chunk(2, 'transcribed'), chunk(3, 'failed')], gaps: [] })).toEqual([failed(0, 60_000), failed(90_000, 120_000)]);
    expect(transcriptGapsOf({ chunks: [], gaps: [gap(5_000, 10_000), gap(5_000, 20_000), gap(5_000, 1_000, 'ingest_failed'), gap(6_000, 2_000)] })).toMatchObject([
      { missingMs: 30_000, reason: 'stream_away' },
      { missingMs: 1_000, reason: 'ingest_failed' },
      { startMs: 6_000, missingMs: 2_000 },
    ]);
  });
});

describe('a transcript with its gaps', () => {
  const items = [said('a', 1_000, 5_000), said('b', 6_000, 9_000)];
  test('reads as before where nothing is missing', () => {
    expect(read(items, [])).toBe('a b');
    expect(read([], [])).toBe('');
  });
  test('has them before the first item, between two, and after the last', () => {
    expect(read(items, [away(9_500, 3_000), away(0, 40_000), away(5_500, 260_000)])).toBe(`[40 s ${STOPPED}] a [4 min 20 s ${STOPPED}] b [3 s ${STOPPED}]`);
    expect(read([], [away(0, 40_000)])).toBe(`[40 s ${STOPPED}]`);
  });
  test('has an item across the edge of a gap on the side of its middle', () => {
    expect(read(items, [away(4_900, 40_000)])).toBe(`a [40 s ${STOPPED}] b`);
    expect(read(items, [away(6_200, 40_000)])).toBe(`a [40 s ${STOPPED}] b`);
    // Times go on from row to row all the same.
    expect(withGaps(items, [away(6_200, 40_000)])[1]).toMatchObject({ gap: { startMs: 6_200, atMs: 6_000 } });
  });
  test('says once what has nothing said between it, and twice what has', () => {
    expect(read(items, [away(5_200, 10_000), away(5_800, 20_000)])).toBe(`a [30 s ${STOPPED}] b`);
    expect(read(items, [away(5_200, 10_000), away(9_200, 20_000)])).toBe(`a [10 s ${STOPPED}] b [20 s ${STOPPED}]`);
  });
  test('tells what stands in for words that could not be transcribed, if anything does', () => {
    expect(read(items, [failed(5_500, 30_000)])).toBe('a [25 s could not be transcribed well: live words stand in] b');
    expect(read(items, [failed(30_000, 60_000)])).toBe('a b [30 s could not be transcribed]');
  });
  test('keeps every item once and in order, and every missing moment', () => {
    const times = fc.tuple(fc.nat(100_000), fc.nat(10_000));
    fc.assert(
      fc.property(fc.array(times), fc.array(times), (spoken, missed) => {
        const all = spoken.map(([startMs, lengthMs], index) => said(String(index), startMs, startMs + lengthMs)).toSorted((one, other) => one.startMs - other.startMs);
        const rows = withGaps(all, missed.map(([startMs, missingMs]) => away(startMs, missingMs)));
        expect(rows.flatMap((row) => (row.kind === 'item' ? [row.item] : []))).toEqual(all);
        expect(rows.reduce((sum, row) => sum + (row.kind === 'gap' ? row.gap.missingMs : 0), 0)).toBe(missed.reduce((sum, [, missingMs]) => sum + missingMs, 0));
      }),
    );
  });
});
