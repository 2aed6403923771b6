import { expect, test } from 'vitest';
import type { Coverage, MeetingGap } from '../schema.ts';
import { missingOf } from './missing.ts';

const COVERAGE: Coverage = { capturedMs: 600_000, transcribedMs: 600_000, waitingMs: 0, failedMs: 0, missingMs: 0, lagMs: 0, speechMs: 0, coveredMs: 0, suppressedMs: 0, chunks: { total: 20, transcribed: 20, waiting: 0, failed: 0 }, complete: true };
const gap = (atMs: number, missingMs: number, reason: MeetingGap['reason'] = 'stream_away'): MeetingGap => ({ atMs, missingMs, from: '2026-03-04T09:00:00.000Z', to: '2026-03-04T09:05:00.000Z', reason });
const words = (coverage: Partial<Coverage>, gaps: MeetingGap[] = []) => missingOf({ coverage: { ...COVERAGE, ...coverage }, gaps }).words;

test('nothing missing needs no words', () => {
  expect(missingOf({ coverage: COVERAGE, gaps: [] })).toEqual({ missingMs: 0, failedMs: 0, waitingMs: 0, suppressedMs: 0, words: null });
  expect(words({ suppressedMs: 900 })).toBeNull();
});
test('gaps are told with their length and the place in the recording', () => {
  expect(words({ missingMs: 270_000 }, [gap(754_000, 200_000), gap(3_600_000, 70_000)])).toBe('4 min 30 s of the meeting are missing: the stream was away at 12:34 and 1:00:00.');
  expect(words({ missingMs: 2_000 }, [gap(0, 1_000), gap(5_000, 1_000, 'ingest_failed')])).toBe('2 s of the meeting are missing: the stream was away at 0:00; taking it in failed at 0:05.');
  expect(words({ missingMs: 60_000 }, [gap(60_000, 60_000, 'file_damaged')])).toBe('1 min of the meeting are missing: the file is damaged from there on, and could not be read, at 1:00.');
  expect(words({ missingMs: 7_000 }, [0, 1, 2, 3, 4, 5, 6].map((at) => gap(at * 60_000, 1_000)))).toBe('7 s of the meeting are missing: the stream was away at 0:00, 1:00, 2:00, 3:00 and 4:00 and 2 times more.');
});
test('each way of missing has its own sentence, and a part of a second is never called nothing', () => {
  expect(words({ missingMs: 400, failedMs: 61_000, waitingMs: 30_000, suppressedMs: 5_000 })).toBe(
    '1 s of the meeting is missing. 1 min 1 s could not be transcribed; where words were written while the meeting went on, those stand in. 30 s are not transcribed yet; these notes are made again when they are. The words written for 5 s of voice were held back, because nobody seems to have said them.',
  );
});
