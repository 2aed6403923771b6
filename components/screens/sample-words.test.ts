import { describe, expect, it } from 'vitest';
import { SAMPLE_MADE_WITHIN_MS, SAMPLE_OVERDUE_AFTER_MS } from '#domain/sample/about.ts';
import { sampleProgress } from './sample-words.ts';

const createdAt = '2026-03-01T12:00:00.000Z';
const after = (ms: number, change = {}) => sampleProgress({ sample: true, status: 'live', createdAt, ...change }, Date.parse(createdAt) + ms);

describe('The progress of a sample', () => {
  it('says in steps of ten seconds what is left, and promises nothing beyond that', () => {
    expect(after(SAMPLE_MADE_WITHIN_MS - 98_000)).toMatchObject({ state: 'being-made', left: 'About 1 min 40 s left' });
    expect(after(SAMPLE_MADE_WITHIN_MS - 60_000)).toMatchObject({ left: 'About 1 min left' });
    expect(after(SAMPLE_MADE_WITHIN_MS - 31_000)).toMatchObject({ left: 'About 40 s left' });
    expect(after(SAMPLE_MADE_WITHIN_MS + 5_000)).toEqual({ state: 'being-made', share: 1, left: 'A moment more' });
  });

  it('tells when nobody makes it any more', () => {
    expect(after(SAMPLE_OVERDUE_AFTER_MS + 1)?.state).toBe('overdue');
  });

  it('is none for a sample that is over, nor for any other session; a clock that is behind does no harm', () => {
    expect(after(1_000, { status: 'completed' })).toBeNull();
    expect(after(1_000, { status: 'partial' })).toBeNull();
    expect(after(1_000, { sample: false })).toBeNull();
    expect(after(1_000, { status: 'processing' })).not.toBeNull();
    expect(after(-60_000)).toMatchObject({ share: 0 });
  });
});
