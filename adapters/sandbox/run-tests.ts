/**
 * A function called once per case, all in one process; after a crash or a limit the rest run in a process each, so that one
 * case's end is not another's. Visible cases come first and one input is sent at a time: while anything that is shown can
 * be printed, no hidden input has been inside.
 */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { matches, readValue } from '#domain/code/compare.ts';
import type { EntryPoint } from '#domain/code/entry-point.ts';
import type { RunRequest } from '#domain/code/ports.ts';
import { RUN_STATUSES } from '#domain/code/run.ts';
import type { RunLimit, RunResult, RunStatus, TestResult } from '#domain/code/run.ts';
import type { Attempt } from './attempt.ts';
import { ChannelBroken, sendJson } from './channel.ts';
import type { Message } from './channel.ts';
import type { Artefact } from './languages/language.ts';
import { MARKER_PREFIX } from './output.ts';

/** The harness writes its marker before anything else when the next message has come; a busy machine lets it do so late. */
const MARKER_MS = 1_000;
/** How long after its channel a process may end by itself. */
const DEATH_MS = 200;
/** A value is shown up to this size; a larger one is compared and left out. */
const MAX_SHOWN_BYTES = 64 * 1024;
const MAX_ERROR_LENGTH = 4_000;

export type Case = NonNullable<RunRequest['tests']>['cases'][number];

interface Verdict {
  status: RunStatus;
  limit?: RunLimit;
  result: TestResult;
}

export type TestsOutcome = Pick<RunResult, 'status' | 'limit' | 'stdout' | 'stderr' | 'exitCode' | 'signal' | 'timeMs' | 'cpuMs' | 'memoryKb'> & { results: TestResult[] };

export interface TestsContext {
  request: RunRequest;
  entry: EntryPoint;
  artefact: Artefact | null;
  isModule: boolean;
  /** A fresh process; `quiet` ones tell nothing on. */
  open(quiet: boolean): Promise<Attempt>;
  onResult(result: TestResult): void;
  outputExceeded(): boolean;
  /** Absent: compared here. */
  judge?: Judge;
}

/** `json`: the value as it came. */
export type Judge = (each: Case, value: unknown, json: string) => boolean;

const compareHere: Judge = (each, value) => matches(value, each.expected, each.compare);

/** Instead of a value of so many characters that is not the expected one. */
function tooLargeToShow(length: number): string {
  return `The value that was returned is not the expected one; it is too large to show (${length} bytes).`;
}

export async function runTests(context: TestsContext): Promise<TestsOutcome> {
  return new TestRun(context).run();
}

class TestRun {
  readonly #context: TestsContext;
  readonly #cases: Case[];
  readonly #verdicts = new Map<Case, Verdict>();
  #stdout = '';
  #stderr = '';
  #exitCode: number | null = null;
  #signal: string | null = null;
  #cpuMs = 0;
  #peakKb = 0;
  #deadlineMs = 0;

  constructor(context: TestsContext) {
    this.#context = context;
    this.#cases = context.request.tests!.cases;
  }

  async run(): Promise<TestsOutcome> {
    const startMs = performance.now();
    this.#deadlineMs = startMs + this.#context.request.limits.wallMsPerRun;
    const ordered = [...this.#cases.filter(({ hidden }) => !hidden), ...this.#cases.filter(({ hidden }) => hidden)];
    let waiting = await this.#process(ordered);
    // Something ended the process: from here on one each, unless nothing could ever run.
    while (waiting.length > 0) waiting = [...(await this.#process(waiting.slice(0, 1))), ...waiting.slice(1)];
    const verdicts = this.#cases.map((each) => this.#verdicts.get(each)!);
    const worst = verdicts.reduce((a, b) => (RUN_STATUSES.indexOf(b.status) < RUN_STATUSES.indexOf(a.status) ? b : a), verdicts[0]!);
    const limit = worst.limit ?? verdicts.find((each) => each.status === worst.status && each.limit)?.limit;
    return {
      status: worst.status,
      ...(limit ? { limit } : {}),
      stdout: this.#stdout,
      stderr: this.#stderr,
      exitCode: this.#exitCode,
      signal: this.#signal,
      timeMs: performance.now() - startMs,
      cpuMs: this.#cpuMs,
      memoryKb: this.#peakKb,
      results: verdicts.map(({ result }) => result),
    };
  }

  /** Runs cases in one process; returns those that have no verdict because it ended before. */
  async #process(cases: Case[]): Promise<Case[]> {
    const leftMs = this.#deadlineMs - performance.now();
    if (leftMs <= 0) return this.#giveAll(cases, { status: 'time_limit', limit: 'wall' }, 'The time for the whole run was used up before this test.');
    if (this.#context.outputExceeded()) return this.#giveAll(cases, { status: 'output_limit', limit: 'output' }, 'The program had printed too much before this test.');
    const { request, entry, artefact, isModule } = this.#context;
    const attempt = await this.#context.open(cases[0]!.hidden);
    const talk = new Conversation(attempt, cases[0]!.hidden);
    const perCaseMs = (): number => Math.max(0, Math.min(request.limits.wallMsPerCase, this.#deadlineMs - performance.now()));
    try {
      attempt.begin(request, entry, artefact, isModule);
      attempt.limit(perCaseMs());
      const loaded = await talk.load();
      if (loaded !== true) {
        const death = await this.#bury(talk, cases[0]!.hidden);
        const status = loaded.kind === 'memory' ? ({ status: 'memory_limit', limit: 'memory' } as const) : (death ?? { status: 'runtime_error', ...limitOf(loaded.kind) });
        return this.#giveAll(cases, status, loaded.error ?? wordsFor(status, attempt));
      }
      for (const [index, each] of cases.entries()) {
        const startMs = performance.now();
        attempt.limit(perCaseMs());
        const answer = await talk.ask(index, each);
        const timeMs = performance.now() - startMs;
        if (answer === null) {
          const death = (await this.#bury(talk, each.hidden)) ?? { status: 'runtime_error' };
          this.#give(each, death, { error: wordsFor(death, attempt), timeMs, stdout: talk.lastPart });
          return cases.slice(index + 1);
        }
        // The marker travels with whatever comes next, so nobody waits for a message of its own.
        await talk.endPart(each.hidden, cases[index + 1]?.hidden ?? false);
        this.#judge(each, answer, timeMs, talk.lastPart);
        if (this.#context.outputExceeded()) {
          await this.#bury(talk, each.hidden);
          return this.#giveAll(cases.slice(index + 1), { status: 'output_limit', limit: 'output' }, 'The program had printed too much before this test.');
        }
      }
      await this.#bury(talk, cases.at(-1)!.hidden, true);
      return [];
    } finally {
      attempt.limit(null);
      await attempt.destroy();
    }
  }

  #judge(each: Case, answer: Answer, timeMs: number, stdout: string): void {
    if (!answer.ok) {
      const death: Omit<Verdict, 'result'> = answer.kind === 'memory' ? { status: 'memory_limit', limit: 'memory' } : { status: 'runtime_error', ...limitOf(answer.kind) };
      this.#give(each, death, { error: answer.error, timeMs, stdout });
      return;
    }
    const read = readValue(answer.json);
    if (!read.ok) return this.#give(each, { status: 'runtime_error' }, { error: read.error, timeMs, stdout });
    // NaN and infinities came as words: they are shown, and equal nothing.
    const passed = !answer.special && (this.#context.judge ?? compareHere)(each, read.value, answer.json);
    const tooLarge = answer.json.length > MAX_SHOWN_BYTES;
    this.#give(each, { status: passed ? 'passed' : 'failed' }, {
      timeMs,
      stdout,
      ...(tooLarge ? {} : { actual: read.value }),
      error: tooLarge && !passed ? tooLargeToShow(answer.json.length) : null,
    });
  }

  #giveAll(cases: Case[], verdict: Omit<Verdict, 'result'>, error: string): [] {
    for (const each of cases) this.#give(each, verdict, { error, timeMs: 0, stdout: '' });
    return [];
  }

  #give(each: Case, verdict: Omit<Verdict, 'result'>, more: { error: string | null; timeMs: number; stdout: string; actual?: unknown }): void {
    const passed = verdict.status === 'passed';
    const timeMs = Math.round(more.timeMs * 100) / 100;
    const result: TestResult = each.hidden
      ? { name: each.name, hidden: true, passed, timeMs }
      : { name: each.name, passed, ...('actual' in more ? { actual: more.actual } : {}), expected: each.expected, stdout: more.stdout, error: more.error?.slice(0, MAX_ERROR_LENGTH) ?? null, timeMs };
    this.#verdicts.set(each, { ...verdict, result });
    this.#context.onResult(result);
  }

  /** Ends the process and takes what it has left. Of a hidden test nothing is kept, not even how it ended. */
  async #bury(talk: Conversation, hidden: boolean, normally = false): Promise<ReturnType<Attempt['deathBy']>> {
    const { attempt } = talk;
    const diedByItself = !normally && (await talk.diedByItself());
    if (!diedByItself) attempt.stop('done');
    const ending = await attempt.finish();
    await attempt.destroy();
    await talk.endPart(hidden, hidden, true);
    this.#cpuMs += attempt.sandbox.cpuMs() ?? 0;
    this.#peakKb = Math.max(this.#peakKb, Math.round((attempt.sandbox.peakBytes() ?? 0) / 1024));
    this.#stdout += talk.shownStdout;
    this.#stderr += talk.shownStderr;
    talk.forget();
    if (!normally && !hidden) {
      this.#exitCode = diedByItself ? ending.exitCode : null;
      this.#signal = diedByItself ? ending.signal : attempt.stopped === 'done' ? null : 'SIGKILL';
    } else if (normally && this.#exitCode === null && this.#signal === null) this.#exitCode = 0;
    return attempt.deathBy(talk.allStderr);
  }
}

type Answer = { ok: true; json: string; special: boolean } | { ok: false; error: string; kind?: string };

/** What is said to and heard from the harness of one process, and what was printed meanwhile. */
class Conversation {
  readonly attempt: Attempt;
  lastPart = '';
  shownStdout = '';
  shownStderr = '';
  /** For evidence only. */
  allStderr = '';
  #secret: boolean;
  #gone = false;

  constructor(attempt: Attempt, secret: boolean) {
    this.attempt = attempt;
    this.#secret = secret;
  }

  /** True, or what stood against it. */
  async load(): Promise<true | { error: string | null; kind?: string }> {
    const heard = await this.#hear();
    if (heard === null) return { error: null };
    const { ok, error, kind } = heard.value as { ok?: unknown; error?: unknown; kind?: unknown };
    if (ok === true) return true;
    return { error: typeof error === 'string' ? error : null, ...(typeof kind === 'string' ? { kind } : {}) };
  }

  /** Null: the process is gone or has said something that is no answer. */
  async ask(id: number, each: Case): Promise<Answer | null> {
    sendJson(this.attempt.sandbox.pipes.control, { id, input: each.input });
    const heard = await this.#hear();
    if (heard === null) return null;
    const { id: answered, ok, error, kind, special } = heard.value as Record<string, unknown>;
    if (answered !== id || (ok !== true && typeof error !== 'string')) {
      this.attempt.stop('channel');
      return null;
    }
    if (ok !== true) return { ok: false, error: error as string, ...(typeof kind === 'string' ? { kind } : {}) };
    // Everything behind the last member's name is the value: read apart, with its own rules for numbers.
    const at = heard.text.indexOf('"value":');
    return { ok: true, json: at < 0 ? 'null' : heard.text.slice(at + 8, heard.text.lastIndexOf('}')), special: special === true };
  }

  /** Closes a test's part of the output. `nextHidden`: from here on nothing is shown any more. */
  async endPart(hidden: boolean, nextHidden: boolean, atEnd = false): Promise<void> {
    if (!atEnd && !this.#gone) {
      const marker = `${MARKER_PREFIX}${randomBytes(16).toString('hex')}\n`;
      sendJson(this.attempt.sandbox.pipes.control, { mark: marker });
      await Promise.all([this.attempt.stdout, this.attempt.stderr].map((stream) => stream.until(marker, stream.owesMarker ? 1 : MARKER_MS)));
    }
    const stdout = this.attempt.stdout.takePart();
    const stderr = this.attempt.stderr.takePart();
    this.allStderr = (this.allStderr + stderr).slice(-8_000);
    const secret = hidden || this.#secret;
    this.lastPart = secret ? '' : stdout;
    if (!secret) {
      this.shownStdout += stdout;
      this.shownStderr += stderr;
    }
    if (nextHidden && !this.#secret) {
      this.#secret = true;
      this.attempt.stdout.hush();
      this.attempt.stderr.hush();
    }
  }

  /** The channel's end comes a little before the kernel's word about the process; one that only closed its channel lives on. */
  async diedByItself(): Promise<boolean> {
    const { attempt } = this;
    if (attempt.stopped !== null) return false;
    if (this.#gone && attempt.ending === null) await Promise.race([attempt.sandbox.ended, delay(DEATH_MS)]);
    return attempt.ending !== null && attempt.stopped === null;
  }

  forget(): void {
    this.shownStdout = '';
    this.shownStderr = '';
  }

  async #hear(): Promise<{ text: string; value: object } | null> {
    try {
      const message: Message | null = await this.attempt.answers.next();
      if (message === null) {
        this.#gone = true;
        return null;
      }
      const value: unknown = message.kind === 'json' ? JSON.parse(message.text) : null;
      if (message.kind === 'json' && typeof value === 'object' && value !== null) return { text: message.text, value };
    } catch (error) {
      if (!(error instanceof ChannelBroken) && !(error instanceof SyntaxError)) throw error;
    }
    this.attempt.stop('channel');
    return null;
  }
}

function limitOf(kind: string | undefined): { limit?: RunLimit } {
  return kind === 'disk' || kind === 'processes' ? { limit: kind } : {};
}

function wordsFor({ status, limit }: { status: RunStatus; limit?: RunLimit }, attempt: Attempt): string {
  const { ending, stopped } = attempt;
  if (status === 'time_limit') return 'The time limit was reached.';
  if (status === 'memory_limit') return 'The memory limit was reached.';
  if (status === 'output_limit') return 'The program printed more than the limit.';
  if (stopped === 'channel') return 'The program disturbed the channel its answers travel on.';
  const because = limit === 'disk' ? ' The disk limit was reached.' : limit === 'processes' ? ' The limit on processes was reached.' : '';
  if (ending?.signal && stopped === null) return `The program was ended by ${ending.signal} before it had answered.${because}`;
  return `The program ended${ending?.exitCode == null || stopped !== null ? '' : ` with exit code ${ending.exitCode}`} before it had answered.${because}`;
}
