import { expect, test } from 'vitest';
import { Speed } from './speed.ts';
import { sizeWords, timeLeftWords, troubleOf, troubleWith } from './upload-words.ts';

test('sizes are short and never say 1000 of a unit', () => {
  expect([0, 999, 1_000, 9_940, 9_960, 999_499, 999_600, 8_388_608, 4_294_967_296].map(sizeWords)).toEqual(['0 B', '999 B', '1.0 KB', '9.9 KB', '10 KB', '999 KB', '1.0 MB', '8.4 MB', '4.3 GB']);
});

test('the time left is said in steps one can follow', () => {
  expect([3, 12, 50, 58, 89, 150, 3_570, 3_600, 7_200, 5_400, 7_000].map(timeLeftWords)).toEqual([
    'a few seconds left', 'about 20 seconds left', 'about 50 seconds left', 'about a minute left', 'about a minute left', 'about 3 minutes left',
    'about an hour left', 'about an hour left', 'about 2 hours left', 'about an hour and 30 minutes left', 'about 2 hours left',
  ]);
});

test('what is wrong with a file is told before it is sent', () => {
  expect(troubleWith({ name: 'Minutes.docx', size: 9 })?.next).toContain('.mp3');
  expect(troubleWith({ name: 'a.mkv', size: 5 * 1024 ** 3 })?.next).toContain('4 GiB');
  expect(troubleWith({ name: 'a.wav', size: 0 })?.code).toBe('upload.empty');
  expect(troubleWith({ name: 'A.WAV', size: 9 })).toBeNull();
  expect(troubleOf(null)).toBeNull();
  expect(troubleOf('something.new')?.title).toBe('Something went wrong');
});

test('the speed is that of the last ten seconds, and unknown at first', () => {
  const speed = new Speed();
  speed.add(0, 50);
  speed.add(1_000, 1_050);
  expect(speed.bytesPerS).toBeNull();
  speed.add(2_000, 2_050);
  expect(speed.bytesPerS).toBe(1_000);
  for (let second = 3; second <= 30; second += 1) speed.add(second * 1_000, 2_050 + (second - 2) * 100);
  expect(speed.bytesPerS).toBe(100);
  // A part that failed is taken back.
  speed.add(31_000, 0);
  expect(speed.bytesPerS).toBe(0);
});
