/**
 * What the session claims and does not claim of the scripted people, by the interviewer, the extractor by rules and the ledger
 * together. tests/scenarios/claims.json says what is reached today; docs/interviewer.md how to raise it.
 */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { judge, type ClaimsVerdict } from '#tests/scenarios/claims.ts';
import { loadPeople, loadScenarios, play } from '#tests/scenarios/scenario.ts';
import { wordsExtractor } from '../interests/words-extractor.ts';
import { createGuidedInterviewer } from './guided-interviewer.ts';

interface Reached {
  /** Of all conversations together, found by those that were said, right by all likings claimed, kept as one by said several times. */
  floors: { recall: number; precision: number; merged: number };
  /** `claims` are found whatever is asked; of what must not be claimed, only `slips` may still be. */
  people: { id: string; claims: string[]; slips: string[] }[];
}
const reached = JSON.parse(readFileSync(new URL('../../tests/scenarios/claims.json', import.meta.url), 'utf8')) as Reached;
const SESSIONS = ['session-1', 'session-2', 'session-3'];
const interviewer = createGuidedInterviewer();
const scenarios = loadScenarios();
const verdicts: (ClaimsVerdict & { id: string })[] = [];

describe.each(loadPeople())('$id: $person', ({ id, expect: expected }) => {
  it.each(SESSIONS)('is understood as expected (%s)', async (sessionId) => {
    const played = await play(scenarios.find(({ fixture }) => fixture === id)!, interviewer, sessionId, wordsExtractor);
    const verdict = judge(played, expected);
    verdicts.push({ id, ...verdict });
    const { claims, slips } = reached.people.find((person) => person.id === id)!;
    const known = JSON.stringify(played.ledger.map(({ topic, sentiment, status }) => [topic, sentiment, status]));
    for (const topic of claims) expect(verdict.found, known).toContain(topic);
    expect(verdict.forbiddenLabels.filter((label) => !slips.includes(label)), known).toEqual([]);
    // Each claim leads back to what this person said.
    const said = played.turns.filter(({ speaker }) => speaker === 'user').map(({ text }) => text);
    for (const { itemId, quote } of played.ledger.flatMap(({ mentions }) => mentions)) expect(said[Number(itemId.slice(2))]).toContain(quote);
  });
});

it('is enough of what was said and little beside, over all conversations', () => {
  const sum = (count: (verdict: ClaimsVerdict) => number) => verdicts.reduce((total, verdict) => total + count(verdict), 0);
  const found = sum((verdict) => verdict.found.length);
  const wrong = sum((verdict) => verdict.forbidden.length + verdict.beside.length);
  const recall = found / (found + sum((verdict) => verdict.missed.length));
  const precision = found / (found + wrong);
  const merged = sum((verdict) => verdict.merged.length) / sum((verdict) => verdict.merged.length + verdict.notMerged.length);
  console.log(`Conversations: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}, said several times and kept as one with every mention ${merged.toFixed(3)}, several times under different names ${sum((verdict) => verdict.doubled.length)}.`);
  expect(verdicts).toHaveLength(reached.people.length * SESSIONS.length);
  expect(recall).toBeGreaterThanOrEqual(reached.floors.recall);
  expect(precision).toBeGreaterThanOrEqual(reached.floors.precision);
  expect(merged).toBeGreaterThanOrEqual(reached.floors.merged);
});

afterAll(() => {
  const gaps = Map.groupBy(verdicts, ({ id }) => id);
  for (const [id, all] of gaps) {
    const list = (pick: (verdict: ClaimsVerdict) => string[]) => [...new Set(all.flatMap(pick))].join(', ') || '-';
    console.log(`${id}: missed ${list((verdict) => verdict.missed)}; claimed wrongly ${list((verdict) => [...verdict.forbidden, ...verdict.beside])}; not one entry ${list((verdict) => [...verdict.notMerged, ...verdict.doubled])}`);
  }
});
