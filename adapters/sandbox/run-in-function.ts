/** What one invocation of a function does: a run on this machine, which is one session's, and nothing left of it afterwards. */
import type { FromFunction, ToFunction } from '#domain/code/function-wire.ts';
import type { RunRequest } from '#domain/code/ports.ts';
import type { Language } from '#domain/code/run.ts';
import { asSpoolError } from '#domain/errors.ts';
import type { BareMachine } from './bare-machine.ts';
import type { Judge } from './run-tests.ts';
import type { SandboxRunner } from './sandbox-runner.ts';

export interface FunctionParts {
  machine: BareMachine;
  /** False: a program can read this process, or ask the runtime on loopback for the invocation, hidden inputs included. */
  keepsSecrets: boolean;
  /** One for each set of languages: only what is asked for is looked for, since a cold start is waited for. */
  runnerFor(languages: readonly Language[] | null, judge: Judge): SandboxRunner;
}

/** Answered before the machine is taken away. */
const MARGIN_MS = 1_500;
/** Whoever asked waits for 25 s (CONTRACT, running code) and has nobody to wait for them afterwards; a cold start is part of it. */
const LONGEST_MS = 22_000;
/** Kept back from a program's own time, so that one that takes all of it still shows what it printed: compilers take seconds here. */
const BEFORE_IT_RUNS_MS: Record<Language, number> = { python: 1_000, javascript: 1_000, java: 6_000, cpp: 4_000 };

const OPEN = 'Hidden tests are off here: programs could read them. The operator finds the reason in docs/decisions/code-function.md.';

export class RunInFunction {
  readonly #parts: FunctionParts;
  readonly #runners = new Map<Language, SandboxRunner>();
  #answers = new Map<object, string>();

  constructor(parts: FunctionParts) {
    this.#parts = parts;
  }

  /** `leftMs`: until the invocation is ended from outside. */
  async answer(question: ToFunction, leftMs: number): Promise<FromFunction> {
    if (question.op === 'describe') {
      const runner = this.#parts.runnerFor(null, () => false);
      await runner.prepared();
      return { type: 'description', description: await runner.describe() };
    }
    if (!this.#parts.keepsSecrets && question.request.tests?.cases.some(({ hidden }) => hidden)) return { type: 'refused', code: 'runner.unavailable', personMessage: OPEN };
    const budgetMs = Math.max(1, Math.min(leftMs - MARGIN_MS, LONGEST_MS));
    const late = AbortSignal.timeout(budgetMs);
    try {
      return await this.#run(question.request as RunRequest, budgetMs, late);
    } catch (error) {
      if (late.aborted) return { type: 'late' };
      const { code, personMessage } = asSpoolError(error);
      return { type: 'refused', code, personMessage };
    } finally {
      await this.#parts.machine.sweep();
      this.#parts.machine.fresh();
      this.#answers.clear();
    }
  }

  async #run(given: RunRequest, budgetMs: number, late: AbortSignal): Promise<FromFunction> {
    const limits = { ...given.limits, wallMsPerRun: Math.max(1, Math.min(given.limits.wallMsPerRun, budgetMs - BEFORE_IT_RUNS_MS[given.language])) };
    // What is expected stays outside: a value that came is kept as it is, and counts as right until it is compared there.
    const request: RunRequest = { ...given, limits, ...(given.tests ? { tests: { ...given.tests, cases: given.tests.cases.map((each) => ({ ...each, expected: null })) } } : {}) };
    const result = await this.#runner(request.language).run(request, () => {}, late);
    return { type: 'result', result, answers: (request.tests?.cases ?? []).map((each) => this.#answers.get(each) ?? null) };
  }

  #runner(language: Language): SandboxRunner {
    const known = this.#runners.get(language);
    if (known) return known;
    const runner = this.#parts.runnerFor([language], (each, _value, json) => {
      this.#answers.set(each, json);
      return true;
    });
    this.#runners.set(language, runner);
    return runner;
  }
}
