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
  /** One for each set of languages: only what is asked for is looked for, since a cold start is waited for. */
  runnerFor(languages: readonly Language[] | null, judge: Judge): SandboxRunner;
}

/** Answered before the machine is taken away. */
const MARGIN_MS = 1_500;

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
    const late = AbortSignal.timeout(Math.max(1, leftMs - MARGIN_MS));
    try {
      return await this.#run(question.request as RunRequest, late);
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

  async #run(given: RunRequest, late: AbortSignal): Promise<FromFunction> {
    // What is expected stays outside: a value that came is kept as it is, and counts as right until it is compared there.
    const request: RunRequest = given.tests ? { ...given, tests: { ...given.tests, cases: given.tests.cases.map((each) => ({ ...each, expected: null })) } } : given;
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
