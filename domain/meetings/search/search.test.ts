import { expect, test } from 'vitest';
import { silentLog } from '../../log.ts';
import { SpoolError } from '../../errors.ts';
import type { FoundMoment } from './ports.ts';
import { fused, searchTranscripts } from './search.ts';

const moment = (itemId: string): FoundMoment => ({ sessionId: '0f8f6a3e-5a53-4f0c-9a39-0d2ac8a0b001', title: 'T', itemId, speaker: 'S1', text: itemId, startMs: 0, endMs: 1, recorded: true });
const moments = (...ids: string[]) => ids.map(moment);

test('what was found both ways comes first, then by rank; the highest score there can be is 1', () => {
  const results = fused(moments('a', 'b', 'c'), moments('c', 'd'));
  expect(results.map(({ itemId, by }) => [itemId, by])).toEqual([['c', 'words'], ['a', 'words'], ['b', 'words'], ['d', 'meaning']]);
  expect(fused(moments('a'), moments('a'))[0]!.score).toBe(1);
  expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).toSorted((x, y) => y - x));
});
test('without a sentence model words alone are searched, and the answer says so', async () => {
  const ctx = {
    actor: { kind: 'person' as const, id: 'p', name: 'Ada', role: 'learner' as const },
    log: silentLog,
    search: { byWords: async () => moments('a', 'b'), byMeaning: async () => moments('c') },
    understandQuery: async () => Promise.reject(new SpoolError('unavailable')),
  };
  const answer = await searchTranscripts({ ctx, input: { q: 'roof', limit: 1 } });
  expect(answer).toMatchObject({ meaning: 'unavailable', results: [{ itemId: 'a', by: 'words' }] });
  expect(answer.results).toHaveLength(1);
});
