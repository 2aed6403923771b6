/** A run as an interviewer takes it in: counts, and at most two sentences that can be spoken. Nothing of hidden tests but their number. */
import type { RunRecordRequest } from './ports.ts';
import type { Problem } from './problem.ts';
import type { RunResult, RunStatus, TestResult } from './run.ts';
import { counted, speakDifference, speakValue } from './speak-value.ts';

export interface FinishedRun {
  runId: string;
  /** Absent when its beginning is not known. */
  request: RunRecordRequest | null;
  result: RunResult;
  /** Milliseconds since the session was created. */
  atMs: number;
}
export interface RunGlance {
  runId: string;
  status: RunStatus;
  tests: RunRecordRequest['tests'];
  atMs: number;
  passed: number;
  total: number;
  hidden: { passed: number; total: number };
  /** The name of the smallest case of the visible ones that failed. */
  failing: string | null;
  spoken: string;
}
type OpenResult = Exclude<TestResult, { hidden: true }>;

/** Longer descriptions of a case are replaced by its name. */
const MAX_CASE_CHARS = 150;

export function glanceAt({ runId, request, result, atMs }: FinishedRun, problem: Pick<Problem, 'visibleTests' | 'signature'> | null): RunGlance {
  const results = result.results ?? [];
  const hidden = results.filter((each) => 'hidden' in each);
  const open = results.filter((each): each is OpenResult => !('hidden' in each));
  const smallest = open.filter(({ passed }) => !passed).toSorted((a, b) => sizeOf(a, problem) - sizeOf(b, problem))[0] ?? null;
  const glance = {
    runId,
    status: result.status,
    tests: request?.tests ?? null,
    atMs,
    passed: results.filter(({ passed }) => passed).length,
    total: results.length,
    hidden: { passed: hidden.filter(({ passed }) => passed).length, total: hidden.length },
    failing: smallest?.name ?? null,
  };
  return { ...glance, spoken: speakRun(glance, result, smallest, problem) };
}

function speakRun(glance: Omit<RunGlance, 'spoken'>, result: RunResult, failing: OpenResult | null, problem: Pick<Problem, 'visibleTests' | 'signature'> | null): string {
  const { status, passed, total, hidden } = glance;
  if (status === 'internal_error') return 'The run did not work, and that is not the fault of your code. Please run it once more.';
  if (status === 'compile_error') return `It does not compile yet. ${complaint(result)}`;
  if (total === 0) {
    if (status === 'ok') return 'The program ran to its end.';
    return status === 'runtime_error' ? `The program stopped with ${errorWords(result.stderr)}.` : `The program was stopped: ${limitWords(status)}.`;
  }
  if (passed === total) return total === 1 ? 'The test passes.' : `All ${total} tests pass.`;
  if (failing) {
    const others = total - passed - 1;
    const count = passed === 0 && total > 1 ? 'None of the tests passes yet.' : `${counted(passed, 'test passes', 'tests pass')}, ${total - passed} ${total - passed === 1 ? 'does' : 'do'} not.`;
    return `${others === 0 && total === 1 ? '' : `${count} `}${caseWords(failing, result, problem)}`.trim();
  }
  const failingHidden = hidden.total - hidden.passed;
  return `The visible tests pass, but ${failingHidden} of ${counted(hidden.total, 'hidden one', 'hidden ones')} ${failingHidden === 1 ? 'does' : 'do'} not.`;
}

/** "With 12, 5 and 30 and a target of 35 it should give 1 and 2, but it gives 0 and 1." */
function caseWords(failing: OpenResult, result: RunResult, problem: Pick<Problem, 'visibleTests' | 'signature'> | null): string {
  const test = problem?.visibleTests.find(({ name }) => name === failing.name);
  const input = test && problem ? test.input.map((value, index) => `${spacedName(problem.signature.parameters[index]?.name ?? '')} ${speakValue(value)}`.trim()).join(' and ') : '';
  const where = input !== '' && input.length <= MAX_CASE_CHARS && !CANNOT_BE_FOLLOWED.test(input) ? `With ${input},` : `In the case "${plainName(failing.name)}",`;
  if (failing.error !== null) return `${where} it ${stopWords(failing.error, result.status)}.`;
  const difference = speakDifference(failing.actual, failing.expected);
  return `${where} it should give ${speakValue(failing.expected)}, but it gives ${speakValue(failing.actual)}${difference === '' ? '' : `; ${difference}`}.`;
}

const CANNOT_BE_FOLLOWED = /\ba (?:text|list) of \d|\ba map with|\b(?:open|close) (?:parenthesis|bracket|brace)/;

function stopWords(error: string, status: RunStatus): string {
  if (/time limit|timed? ?out|took longer/i.test(error) || (status === 'time_limit' && !/Error|Exception/.test(error))) return 'takes too long and is stopped';
  if (/memory/i.test(error) && !/MemoryError/.test(error)) return 'needs more memory than there is';
  return `stops with ${errorWords(error)}`;
}

/** Names of errors come from the candidate's program: only what looks like one is said. */
function errorWords(text: string): string {
  const name = /\b([A-Z][A-Za-z]{2,40}(?:Error|Exception))\b/.exec(text)?.[1];
  if (!name || !KNOWN_ERRORS.test(name)) return 'an error';
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}
const KNOWN_ERRORS =
  /^(?:(?:Index|Key|Type|Value|Name|Attribute|ZeroDivision|Recursion|UnboundLocal|Overflow|Assertion|Memory|Import|ModuleNotFound|Indentation|Syntax|Reference|Range|StackOverflow|OutOfMemory|StopIteration|Runtime|Lookup)Error|(?:NullPointer|ArrayIndexOutOfBounds|IndexOutOfBounds|StringIndexOutOfBounds|Arithmetic|NumberFormat|ClassCast|IllegalArgument|IllegalState|NoSuchElement|EmptyStack|ConcurrentModification|NegativeArraySize|UnsupportedOperation|InputMismatch)Exception)$/;

function limitWords(status: RunStatus): string {
  if (status === 'time_limit') return 'it took too long';
  if (status === 'memory_limit') return 'it needed more memory than there is';
  return 'it printed too much';
}
function complaint({ compile }: RunResult): string {
  const line = /(?:^|\s)[^\s:]{1,200}:(\d{1,5})(?::\d+)?:|\bline (\d{1,5})\b/m.exec(compile?.stderr ?? '');
  const number = line?.[1] ?? line?.[2];
  return number ? `The first complaint is about line ${number}.` : 'The message is in the console.';
}
function sizeOf({ name, expected }: OpenResult, problem: Pick<Problem, 'visibleTests'> | null): number {
  return JSON.stringify(problem?.visibleTests.find((test) => test.name === name)?.input ?? expected ?? null).length;
}
function spacedName(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
function plainName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N} ,'-]/gu, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, 60);
}

/**
 * Whether something should be said about a run: the first one, when things changed for better or worse, and when the same
 * failure came back a third time. What fails as before is left to the candidate.
 */
export function isWorthARemark(earlier: readonly RunGlance[], run: RunGlance): boolean {
  const before = earlier.filter(({ total }) => (total > 0) === (run.total > 0));
  if (run.total === 0 && run.status === 'ok') return false;
  const last = before.at(-1);
  if (!last) return true;
  if (sameOutcome(last, run)) return run.status !== 'passed' && before.length >= 2 && sameOutcome(before.at(-2)!, run) && !(before.length >= 3 && sameOutcome(before.at(-3)!, run));
  return true;
}
function sameOutcome(a: RunGlance, b: RunGlance): boolean {
  return a.status === b.status && a.passed === b.passed && a.total === b.total && a.failing === b.failing;
}
