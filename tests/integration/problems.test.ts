/**
 * Every problem of the code interview is complete: it loads, can be read aloud, and in each language its solution passes
 * every test while its starters fail some that are shown and some that are hidden.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXTENSIONS, loadProblems } from '#adapters/problems-filesystem/load-problems.ts';
import { misfit } from '#domain/code/value-fits.ts';
import type { Problem } from '#domain/code/problem.ts';
import { LANGUAGES, RUN_DEFAULTS } from '#domain/code/run.ts';
import type { Language, RunResult } from '#domain/code/run.ts';
import { repositoryRoot } from '#scripts/support/paths.ts';
import { count } from '#tests/support/counts.ts';
import { startCodeRunner } from '#tests/support/code-runner.ts';

const problems = await loadProblems(path.join(repositoryRoot, 'problems'));
const { runner, close } = await startCodeRunner();
afterAll(close);
const { unavailable, languages } = await runner.describe();

/** What to install, for a language that cannot be run here. */
function whyNot(language: Language): string | null {
  return unavailable ?? languages.find((each) => each.language === language)?.missing ?? null;
}

/** Signs that no voice can say, and names as they are written in code. */
const CODE = /[<>{}[\]()=+*/\\|^_`#~$%&@]|\b[a-z]+[A-Z]|\bO\s?\(/;
/** A longer sentence is hard to follow by ear. */
const MAX_WORDS = 35;

const MIN_VISIBLE = 3;
const MIN_HIDDEN = 8;
/** As JSON, so that a problem travels fast. */
const MAX_TESTS_BYTES = 100_000;

/** What candidates will look for, whatever else there is. */
const ALWAYS_THERE = ['two-sum'];
const ENOUGH = 10;

function spokenTexts({ spoken, hints, followUps, complexity, approaches }: Problem): string[] {
  return [spoken, ...hints, ...followUps, complexity.spoken, ...approaches.map(({ ask }) => ask)];
}

describe('the problems', () => {
  it('are enough for an interview, of every difficulty, each with a title of its own', () => {
    const ids = problems.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(ALWAYS_THERE));
    expect(ids.length).toBeGreaterThanOrEqual(ENOUGH);
    expect(new Set(problems.map(({ difficulty }) => difficulty))).toEqual(new Set(['easy', 'medium', 'hard']));
    expect(new Set(problems.map(({ title }) => title.toLowerCase())).size).toBe(problems.length);
    const areas = new Set(problems.flatMap((problem) => problem.areas));
    for (const area of ['arrays', 'strings', 'maps', 'stacks', 'trees', 'graphs', 'dynamic-programming', 'intervals', 'parsing', 'debugging', 'refactoring', 'design'] as const) {
      expect(areas, area).toContain(area);
    }
  });
});

describe.each(problems.map((problem) => [problem.id, problem] as const))('%s', (_id, problem) => {
  it('can be read aloud', () => {
    for (const text of spokenTexts(problem)) {
      expect(text).not.toMatch(CODE);
      for (const sentence of text.split(/(?<=[.?!])\s+/)) expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(MAX_WORDS);
    }
  });

  it('has tests that fit its signature, and enough of them', () => {
    const { signature, visibleTests, hiddenTests } = problem;
    expect(visibleTests.length).toBeGreaterThanOrEqual(MIN_VISIBLE);
    expect(hiddenTests.length).toBeGreaterThanOrEqual(MIN_HIDDEN);
    for (const test of [...visibleTests, ...hiddenTests]) {
      const wrong = [misfit(signature.returns, test.expected, 'expected'), ...signature.parameters.map(({ name, type }, index) => misfit(type, test.input[index], name))];
      expect(wrong.filter(Boolean), test.name).toEqual([]);
    }
    // The same question twice tests nothing more, and a hidden one that is shown is not hidden.
    const inputs = [...visibleTests, ...hiddenTests].map(({ input }) => JSON.stringify(input));
    expect(new Set(inputs).size).toBe(inputs.length);
    expect(JSON.stringify([visibleTests, hiddenTests]).length).toBeLessThan(MAX_TESTS_BYTES);
  });

  it('explains itself with examples, hides its solution, and names its function everywhere', () => {
    const { statement, signature, starters, solutions, approaches } = problem;
    expect(statement).toMatch(/^## Examples?$/m);
    expect(statement).toMatch(/^## Limits$/m);
    expect(approaches.filter(({ optimal }) => optimal).length).toBeGreaterThan(0);
    expect(approaches.filter(({ optimal }) => !optimal).length).toBeGreaterThan(0);
    const snakeCase = signature.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    for (const language of LANGUAGES) {
      const name = new RegExp(`\\b${language === 'python' ? snakeCase : signature.name}\\b`);
      expect(starters[language], `starter in ${language}`).toMatch(name);
      expect(solutions[language], `solution in ${language}`).toMatch(name);
      expect(solutions[language]).not.toBe(starters[language]);
    }
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  const why = whyNot(language);
  if (why) {
    it.skip(`needs a runner: ${why}`, () => {});
    return;
  }
  // In the gate each solution in two of the four languages, in turns.
  const solved = problems.filter((_, index) => (index + LANGUAGES.indexOf(language)) % count(2, 1) === 0);
  it.for(solved.map((problem) => [problem.id, problem] as const))('%s is solved by its solution', { timeout: RUN_DEFAULTS.wallMsPerRun * 2 }, async ([, problem]) => {
    const solution = await runAll(problem, language, problem.solutions[language]);
    expect(solution.results?.filter(({ passed }) => !passed)).toEqual([]);
    expect(solution).toMatchObject({ status: 'passed', success: true });
  });

  // Starters say the same in every language: each in one of them, in turns, unless all are asked for.
  const starters = problems.filter((_, index) => count(index % LANGUAGES.length, LANGUAGES.indexOf(language)) === LANGUAGES.indexOf(language));
  it.for(starters.map((problem) => [problem.id, problem] as const))('%s is not solved by its starter', { timeout: RUN_DEFAULTS.wallMsPerRun * 2 }, async ([, problem]) => {
    const starter = await runAll(problem, language, problem.starters[language]);
    expect(['failed', 'runtime_error']).toContain(starter.status);
    const failed = new Set(starter.results?.filter(({ passed }) => !passed).map(({ name }) => name));
    expect(problem.visibleTests.filter(({ name }) => failed.has(name)).length, 'visible tests that the starter fails').toBeGreaterThan(0);
    expect(problem.hiddenTests.filter(({ name }) => failed.has(name)).length, 'hidden tests that the starter fails').toBeGreaterThan(0);
  });
});

/** All tests as visible ones, so that what went wrong can be told. */
async function runAll(problem: Problem, language: Language, content: string): Promise<RunResult> {
  const fileName = `${language === 'java' ? 'Solution' : 'solution'}.${EXTENSIONS[language]}`;
  const cases = [...problem.visibleTests, ...problem.hiddenTests].map((test) => ({ name: test.name, input: test.input, expected: test.expected, compare: test.compare ?? problem.compare, hidden: false }));
  return runner.run(
    { runId: randomUUID(), sessionId: randomUUID(), language, files: [{ path: fileName, content }], fileName, tests: { entryPoint: null, signature: problem.signature, cases }, limits: { ...RUN_DEFAULTS } },
    () => {},
  );
}
