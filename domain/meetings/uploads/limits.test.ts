import { expect, test } from 'vitest';
import type { SpoolError } from '../../errors.ts';
import { MAX_PARTS, MAX_RECORDING_MS, MAX_UPLOAD_BYTES, MIN_PART_BYTES, longestRecordingMs, missingParts, partCount, partRange, partSizeOf } from './limits.ts';
import { checkFile, createUploadInput } from './upload.ts';

const codeOf = (file: { fileName: string; sizeBytes: number }): string | null => {
  try {
    checkFile(file);
    return null;
  } catch (error) {
    return (error as SpoolError).code;
  }
};

test('a file is cut into at most 512 parts, none of which is small', () => {
  for (const sizeBytes of [1, MIN_PART_BYTES, MIN_PART_BYTES + 1, 1_000_000_007, MAX_UPLOAD_BYTES]) {
    const partSizeBytes = partSizeOf(sizeBytes);
    const parts = partCount({ sizeBytes, partSizeBytes });
    expect(partSizeBytes).toBeGreaterThanOrEqual(MIN_PART_BYTES);
    expect(parts).toBeLessThanOrEqual(MAX_PARTS);
    const ranges = Array.from({ length: parts }, (_, index) => partRange({ sizeBytes, partSizeBytes }, index + 1)!);
    // They lie one behind the other and end with the file.
    expect(ranges.reduce((end, range) => (range.offset === end ? end + range.sizeBytes : Number.NaN), 0)).toBe(sizeBytes);
  }
  expect(partCount({ sizeBytes: MAX_UPLOAD_BYTES, partSizeBytes: partSizeOf(MAX_UPLOAD_BYTES) })).toBe(512);
});

test('there is no part before the first or behind the last', () => {
  const upload = { sizeBytes: 25, partSizeBytes: 10 };
  expect([0, 4, -1, 1.5, Number.NaN].map((part) => partRange(upload, part))).toEqual([null, null, null, null, null]);
  expect(partRange(upload, 3)).toEqual({ offset: 20, sizeBytes: 5 });
  expect(missingParts({ ...upload, receivedParts: [2] })).toEqual([1, 3]);
});

test('a file can be as long as its bytes can hold, in hours, and a day at most', () => {
  const hours = (bytes: number) => longestRecordingMs(bytes) / 3_600_000;
  expect(hours(1_000)).toBeCloseTo(1, 2);
  // Ten hours of Opus at 6 kbit/s.
  expect(hours(10 * 3_600 * 750)).toBeGreaterThan(24 - 1e-9);
  expect(longestRecordingMs(MAX_UPLOAD_BYTES)).toBe(MAX_RECORDING_MS);
});

test('names are judged by their end, in any case', () => {
  for (const fileName of ['a.wav', 'A.MP3', 'x.y.M4a', '会議.flac', '.ogg', 'a b.webm', 'a.MP4', 'a.mkv']) expect(codeOf({ fileName, sizeBytes: 1 })).toBeNull();
  for (const fileName of ['a', 'mp3', 'a.mp3 ', 'a.m3u8', 'a.mp4.txt', 'a.', 'a.wav/../x.exe']) expect(codeOf({ fileName, sizeBytes: 1 })).toBe('upload.wrong_kind');
  expect(codeOf({ fileName: 'a.wav', sizeBytes: MAX_UPLOAD_BYTES })).toBeNull();
  expect(codeOf({ fileName: 'a.wav', sizeBytes: MAX_UPLOAD_BYTES + 1 })).toBe('upload.too_large');
  expect(codeOf({ fileName: 'a.wav', sizeBytes: 0 })).toBe('upload.empty');
});

test('sizes are whole numbers of bytes, and nothing unknown is taken', () => {
  const good = { sessionId: '3f1c2a94-5c0e-4a70-9f4e-0f4a5f1b7c11', fileName: 'a.wav', sizeBytes: 1 };
  expect(createUploadInput.safeParse(good).success).toBe(true);
  for (const change of [{ sizeBytes: 1.5 }, { sizeBytes: -1 }, { sizeBytes: '1' }, { sessionId: 'x' }, { fileName: '' }, { fileName: 'x'.repeat(252) + '.wav' }, { more: 1 }]) {
    expect(createUploadInput.safeParse({ ...good, ...change }).success).toBe(false);
  }
});
