import { expect, it } from 'vitest';
import { isNoSound, waitsTooMuch } from './recording-size.ts';

it('a sender may send the best sound, and what it kept before it came, and not whatever fills the disk', () => {
  const hourMs = 3_600_000;
  const pcmBytes = (ms: number) => ms * 44.1 * 4;
  expect(isNoSound(pcmBytes(4 * hourMs), 4 * hourMs)).toBe(false);
  expect(isNoSound(hourMs * 16, 1_000)).toBe(false);
  expect(isNoSound(80e6, 1_000)).toBe(true);
  // A clock that was set back makes nobody's sound too much at once.
  expect(isNoSound(10e6, -hourMs)).toBe(false);
});

it('hours of a meeting may wait for the live sessions, and no more', () => {
  expect(waitsTooMuch([])).toBe(false);
  expect(waitsTooMuch([600e6, 400e6])).toBe(false);
  expect(waitsTooMuch([600e6, 400e6, 100e6])).toBe(true);
});
