/** Makes of what a function tells of a run what the asker is told: expected values join it only here. */
import { matches, readValue } from '#domain/code/compare.ts';
import type { ForeignRun } from '#domain/code/function-wire.ts';
import type { RunRequest } from '#domain/code/ports.ts';
import type { RunResult, TestResult } from '#domain/code/run.ts';

type Case = NonNullable<RunRequest['tests']>['cases'][number];

export function withoutExpected(request: RunRequest): ForeignRun {
  const { tests, ...rest } = request;
  return tests ? { ...rest, tests: { ...tests, cases: tests.cases.map(({ expected: _expected, ...each }) => each) } } : rest;
}

/** Null: what came back does not fit what was asked. In `told` a case that gave a value counts as passed so far. */
export function judge(request: RunRequest, told: RunResult, answers: readonly (string | null)[]): RunResult | null {
  const cases = request.tests?.cases;
  if (!cases) return told.results ? null : told;
  const { results } = told;
  if (results?.length !== cases.length || answers.length !== cases.length) return null;
  const judged: TestResult[] = [];
  for (const [index, each] of cases.entries()) {
    const result = results[index]!;
    if ('hidden' in result !== each.hidden) return null;
    judged.push(judgeOne(each, result, answers[index]!));
  }
  const status = told.status === 'passed' && judged.some(({ passed }) => !passed) ? 'failed' : told.status;
  return { ...told, status, success: status === 'passed', results: judged };
}

function judgeOne(each: Case, told: TestResult, answer: string | null): TestResult {
  const read = told.passed && answer !== null ? readValue(answer) : null;
  const passed = read?.ok === true && matches(read.value, each.expected, each.compare);
  if ('hidden' in told) return { name: each.name, hidden: true, passed, timeMs: told.timeMs };
  const unseen = told.passed && !passed && !('actual' in told);
  return { ...told, name: each.name, expected: each.expected, passed, error: unseen ? tooLarge(answer?.length ?? 0) : told.error };
}

function tooLarge(length: number): string {
  return `The value that was returned is not the expected one; it is too large to show (${length} bytes).`;
}
