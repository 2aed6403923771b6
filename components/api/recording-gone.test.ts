import { expect, test } from 'vitest';
import { isRecordingGone } from './recording-gone.ts';

test('a recording is gone when the server says so, and not when nobody answers or storage is asked', async () => {
  const answering = (status: number) => isRecordingGone('/audio', async () => new Response(null, { status }));
  expect(await Promise.all([404, 200, 307, 503].map(answering))).toEqual([true, false, false, false]);
  expect(await isRecordingGone('/audio', () => Promise.reject(new TypeError('no network')))).toBe(false);
});
