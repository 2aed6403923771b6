import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextReadyAtSample, readyChunks } from './chunk-plan.ts';
import { CUT_REACH_SAMPLES } from './cut-points.ts';

const SECOND = 16_000;
const CHUNK = 30 * SECOND;

describe('the chunks of a meeting', () => {
  test('wait for the audio in which their last silence is looked for', () => {
    expect(readyChunks({ from: 0, chunkSamples: CHUNK, throughSample: CHUNK + CUT_REACH_SAMPLES - 1, ended: false })).toEqual([]);
    expect(readyChunks({ from: 0, chunkSamples: CHUNK, throughSample: CHUNK + CUT_REACH_SAMPLES, ended: false })).toEqual([{ chunk: 0, startSample: 0, endSample: CHUNK }]);
  });

  test('the last is as long as what is left, and there is none of no length', () => {
    expect(readyChunks({ from: 1, chunkSamples: CHUNK, throughSample: 70 * SECOND, ended: true })).toEqual([
      { chunk: 1, startSample: CHUNK, endSample: 2 * CHUNK },
      { chunk: 2, startSample: 2 * CHUNK, endSample: 70 * SECOND },
    ]);
    expect(readyChunks({ from: 0, chunkSamples: CHUNK, throughSample: CHUNK, ended: true })).toHaveLength(1);
    expect(readyChunks({ from: 0, chunkSamples: CHUNK, throughSample: 0, ended: true })).toEqual([]);
  });

  test('whenever it is asked, every sample ends up in exactly one chunk', () => {
    fc.assert(
      fc.property(fc.integer({ min: SECOND, max: CHUNK }), fc.array(fc.integer({ min: 0, max: 100 * SECOND }), { maxLength: 12 }), fc.integer({ min: 1, max: 3_000_000 }), (chunkSamples, asked, total) => {
        const chunks = [...asked.filter((through) => through < total).toSorted((a, b) => a - b).map((throughSample) => ({ throughSample, ended: false })), { throughSample: total, ended: true }].reduce<ReturnType<typeof readyChunks>>(
          (found, step) => [...found, ...readyChunks({ from: found.length, chunkSamples, ...step })],
          [],
        );
        expect(chunks[0]!.startSample).toBe(0);
        expect(chunks.at(-1)!.endSample).toBe(total);
        for (const [index, { startSample }] of chunks.entries()) expect(startSample).toBe(index === 0 ? 0 : chunks[index - 1]!.endSample);
      }),
    );
  });

  test('are asked for when the next can be ready, and not before', () => {
    for (const through of [0, 1, CHUNK, CHUNK + CUT_REACH_SAMPLES - 1, CHUNK + CUT_REACH_SAMPLES, 3 * CHUNK]) {
      const at = nextReadyAtSample(through, CHUNK);
      const now = readyChunks({ from: 0, chunkSamples: CHUNK, throughSample: through, ended: false }).length;
      expect(readyChunks({ from: 0, chunkSamples: CHUNK, throughSample: at, ended: false })).toHaveLength(now + 1);
      expect(readyChunks({ from: 0, chunkSamples: CHUNK, throughSample: at - 1, ended: false })).toHaveLength(now);
    }
  });
});
