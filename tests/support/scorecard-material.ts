/** Code interviews that are over, for scoring: a strong one, and what can be changed about it. */
import type { ScorecardMaterial } from '#domain/scorecard/scorecard.ts';
import { newId } from '#domain/ids.ts';
import { builtInProblem, testRun } from './code-room.ts';

export const STRONG_CODE = 'def two_sum(numbers, target):\n    seen = {}\n    for position, amount in enumerate(numbers):\n        partner = target - amount\n        if partner in seen:\n            return [seen[partner], position]\n        seen[amount] = position\n    return []\n';
export const EVERY_PAIR = 'def two_sum(numbers, target):\n    for i in range(len(numbers)):\n        for j in range(i + 1, len(numbers)):\n            if numbers[i] + numbers[j] == target:\n                return [i, j]\n    return []\n';
const MINUTE_MS = 60_000;

/** `said`: question and answer in turn, half a minute each. */
export async function interviewMaterial({
  code = STRONG_CODE,
  passesAfterMin = 10,
  failing,
  hints = 0,
  said = [
    'What does it ask for, in your own words?', 'I have to find the two positions of the bookings that together make the difference.',
    'How would you approach it?', 'I keep each amount in a dictionary and look its partner up before I store it.',
    'How does its running time grow?', 'It is linear time, because every element is looked at once.',
    'What does it cost in memory?', 'Linear memory for the list of amounts that are stored in the map.',
    'Which test would you add?', 'An empty list and one with the same number twice.',
  ],
  tests = 'all',
}: { code?: string | null; passesAfterMin?: number; failing?: Record<string, unknown>; hints?: number; said?: string[]; tests?: 'all' | 'visible' | null } = {}): Promise<ScorecardMaterial> {
  const problem = await builtInProblem('two-sum');
  const items = said.map((text, index) => ({ itemId: `${index % 2 === 0 ? 'a' : 'u'}-${index}`, speaker: index % 2 === 0 ? 'agent' : 'user', text, startMs: index * 15_000, endMs: index * 15_000 + 12_000 }));
  for (let step = 1; step <= hints; step += 1) items.push({ itemId: `a-hint-${step}`, speaker: 'agent', text: problem.hints[step - 1]!, startMs: 300_000 + step * 1_000, endMs: 301_000 + step * 1_000 });
  const versions = [
    { path: 'solution.py', version: 1, language: 'python' as const, content: problem.starters.python, atMs: 1_000 },
    ...(code === null ? [] : [{ path: 'solution.py', version: 2, language: 'python' as const, content: code, atMs: 5 * MINUTE_MS }]),
  ];
  const result = testRun(problem, { failing, ...(tests === 'all' ? { hidden: { total: problem.hiddenTests.length, failing: failing ? 10 : 0 } } : {}) });
  return {
    problem,
    items,
    versions,
    runs: tests === null || code === null ? [] : [{ runId: newId(), request: { fileName: 'solution.py', language: 'python', tests, versions: { 'solution.py': 2 } }, result, atMs: passesAfterMin * MINUTE_MS }],
    hints: Array.from({ length: hints }, (_, index) => ({ step: index + 1, itemId: `a-hint-${index + 1}`, atMs: 300_000 })),
    startedMs: 2_000,
  };
}
