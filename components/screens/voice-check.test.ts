import { expect, test } from 'vitest';
import { createVoiceCheck } from './voice-check.ts';

const FRAME_MS = 1000 / 60;

/** Feeds one loudness for a while; true when speech was heard by the end. */
function listen(parts: { level: number; forMs: number }[]): boolean {
  const check = createVoiceCheck();
  let atMs = 0;
  let heard = false;
  for (const { level, forMs } of parts) {
    for (const endMs = atMs + forMs; atMs < endMs; atMs += FRAME_MS) heard = check.hear(level, atMs);
  }
  return heard;
}

test('"Hello Spool" in a quiet room is heard', () => {
  expect(listen([{ level: 0.02, forMs: 1000 }, { level: 0.6, forMs: 220 }, { level: 0.05, forMs: 120 }, { level: 0.55, forMs: 300 }])).toBe(true);
});

test('a person who speaks at once, before the room was ever quiet, is heard in their first pause and word after it', () => {
  expect(listen([{ level: 0.6, forMs: 300 }, { level: 0.05, forMs: 100 }, { level: 0.6, forMs: 300 }])).toBe(true);
});

test('a quiet room, a steady fan and a single knock are not speech', () => {
  expect(listen([{ level: 0.05, forMs: 5000 }])).toBe(false);
  expect(listen([{ level: 0.5, forMs: 5000 }])).toBe(false);
  expect(listen([{ level: 0.05, forMs: 1000 }, { level: 0.9, forMs: 80 }, { level: 0.05, forMs: 1000 }])).toBe(false);
});
