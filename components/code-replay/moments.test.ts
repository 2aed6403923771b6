import { expect, test } from 'vitest';
import { buildReplay } from '#domain/code/replay.ts';
import { INTERVIEW } from '#tests/support/code-replay-data.ts';
import { momentsOf, neighbour, replayLink, typingDensity } from './moments.ts';

const replay = buildReplay(INTERVIEW);
const moments = momentsOf(replay);

test('the moments of an interview stand in order, a command before what it led to', () => {
  expect(moments.map(({ kind, title }) => [kind, title])).toEqual([
    ['command', 'Command'],
    ['run', 'One test fails'],
    ['run', 'All tests pass'],
    ['silence', 'Silence of 48 seconds'],
    ['hint', 'Hint 1'],
    ['paste', '110 characters pasted'],
    ['run', 'All tests pass'],
  ]);
  expect(moments.map(({ atMs }) => atMs)).toEqual(moments.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
});

test('the next one lies ahead, the previous one behind, a moment’s first seconds included', () => {
  const [first, second, third] = moments.filter(({ kind }) => kind === 'run').map(({ atMs }) => atMs) as [number, number, number];
  expect(neighbour(moments, 'run', 0, 1)?.atMs).toBe(first);
  expect(neighbour(moments, 'run', first, 1)?.atMs).toBe(second);
  expect(neighbour(moments, 'run', second + 300, -1)?.atMs).toBe(first);
  expect(neighbour(moments, 'run', second + 5_000, -1)?.atMs).toBe(second);
  expect(neighbour(moments, 'run', third, 1)).toBeNull();
  expect(neighbour(moments, 'hint', 0, -1)).toBeNull();
});

test('typing is dense where it was typed', () => {
  const density = typingDensity(replay, 10);
  expect(density).toHaveLength(10);
  expect(Math.max(...density)).toBe(1);
  expect(density[5]).toBe(0);
  expect(typingDensity({ touches: [], lengthMs: 0 }, 3)).toEqual([0, 0, 0]);
});

test('a link leads to its moment', () => {
  expect(replayLink('a b', 1_234.6)).toBe('/sessions/a%20b/replay?at=1235');
});
