/** Words for what running code came to. Pure. */
import type { RunResult, TestResult } from '#domain/code/run.ts';
import type { Tone } from '#components/screens/words.ts';

export type HiddenTest = Extract<TestResult, { hidden: true }>;
export type VisibleTest = Exclude<TestResult, { hidden: true }>;

export function isHidden(result: TestResult): result is HiddenTest {
  return 'hidden' in result;
}
export interface Counts {
  visible: { passed: number; all: number };
  hidden: { passed: number; all: number };
}
export function countsOf(results: TestResult[]): Counts {
  const count = (of: TestResult[]) => ({ passed: of.filter(({ passed }) => passed).length, all: of.length });
  return { visible: count(results.filter((result) => !isHidden(result))), hidden: count(results.filter(isHidden)) };
}

/** The outcome in a few words, and what to make of it. */
export function outcomeOf(result: RunResult): { tone: Tone; title: string; text: string } {
  const { status, results, exitCode, signal } = result;
  switch (status) {
    case 'passed':
      return { tone: 'good', title: 'All tests pass', text: countWords(results) };
    case 'failed':
      return { tone: 'warn', title: failedTitle(results), text: countWords(results) };
    case 'ok':
      return { tone: 'good', title: 'The program ran to its end', text: '' };
    case 'compile_error':
      return { tone: 'bad', title: 'It does not compile', text: 'The compiler’s words are below; the first error usually causes the others.' };
    case 'runtime_error':
      return { tone: 'bad', title: 'It stopped with an error', text: results ? countWords(results) : signal ? `The program was ended by ${signal}.` : `The program ended with code ${exitCode ?? 'unknown'}.` };
    case 'time_limit':
      return { tone: 'bad', title: 'It took too long', text: 'It was stopped. Is there a loop that never ends, or one inside another that need not be?' };
    case 'memory_limit':
      return { tone: 'bad', title: 'It used too much memory', text: 'It was stopped. Does something grow without an end?' };
    case 'output_limit':
      return { tone: 'bad', title: 'It wrote too much', text: 'Output is limited; the rest was cut off.' };
    case 'internal_error':
      return { tone: 'bad', title: 'It could not be run', text: 'That was not your code’s doing. Run it again.' };
  }
}
function failedTitle(results: TestResult[] | undefined): string {
  const { visible, hidden } = countsOf(results ?? []);
  const failed = visible.all - visible.passed + hidden.all - hidden.passed;
  return failed === 1 ? 'One test fails' : `${failed} tests fail`;
}
export function countWords(results: TestResult[] | undefined): string {
  const { visible, hidden } = countsOf(results ?? []);
  const parts = [visible.all > 0 ? `${visible.passed} of ${visible.all} visible` : '', hidden.all > 0 ? `${hidden.passed} of ${hidden.all} hidden` : ''].filter(Boolean);
  return parts.length === 0 ? '' : `${parts.join(', ')} ${parts.length === 1 && visible.all + hidden.all === 1 ? 'test passes' : 'tests pass'}.`;
}

/** `12 ms`, `1.4 s`. */
export function timeWords(timeMs: number): string {
  return timeMs < 1_000 ? `${Math.max(1, Math.round(timeMs))} ms` : `${(timeMs / 1_000).toFixed(1)} s`;
}
export function memoryWords(memoryKb: number): string {
  return memoryKb < 1_024 ? `${memoryKb} KB` : `${Math.round(memoryKb / 1_024)} MB`;
}
