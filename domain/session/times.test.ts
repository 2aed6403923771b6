import { expect, test } from 'vitest';
import { clockTime } from './times.ts';

test('a clock shows minutes, and hours once there are any', () => {
  expect([0, 59_999, 61_000, 3_600_000, -5].map(clockTime)).toEqual(['0:00', '0:59', '1:01', '1:00:00', '0:00']);
});
