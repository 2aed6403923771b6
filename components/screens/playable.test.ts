import { expect, test } from 'vitest';
import { personSpoke } from './playable.ts';

test('who only typed has no voice to be played or taken along', () => {
  const asked = { speaker: 'agent', startMs: 0, endMs: 4_000 };
  expect(personSpoke([asked, { speaker: 'learner', startMs: 4_000, endMs: 4_000 }])).toBe(false);
  expect(personSpoke([asked, { speaker: 'learner', startMs: 4_100, endMs: 6_000 }])).toBe(true);
});
