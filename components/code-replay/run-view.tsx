import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import { AnsiText } from '#components/code-workspace/ansi-text.tsx';
import { differenceOf, shown, type Piece } from '#components/code-workspace/difference.ts';
import { countWords, isHidden, memoryWords, outcomeOf, timeWords, type VisibleTest } from '#components/code-workspace/run-words.ts';
import type { Tone } from '#components/screens/words.ts';
import type { ReplayRun } from '#domain/code/replay.ts';
import type { RunResult, TestResult } from '#domain/code/run.ts';

export const TONE_TEXT: Record<Tone, string> = { calm: 'text-soft', good: 'text-accent', warn: 'text-warn', bad: 'text-danger' };

/** What was run, e.g. `main.py, all tests`. */
export function runTitle({ request }: ReplayRun): string {
  if (!request?.fileName) return 'A run';
  const { fileName, tests } = request;
  return tests === null || tests === undefined ? fileName : `${fileName}, ${tests === 'own' ? 'tests of their own' : `${tests} tests`}`;
}
/** Results that this page knows how to name; others are as if they were still to come. */
export function resultOf(run: ReplayRun, ms: number): RunResult | null {
  if (run.endMs === null || run.endMs > ms || !run.result) return null;
  return outcomeOf(run.result) === undefined ? null : run.result;
}
export function outcomeAt(run: ReplayRun, ms: number): { tone: Tone; title: string; text: string } {
  const result = resultOf(run, ms);
  return result ? outcomeOf(result) : { tone: 'calm', title: run.result ? 'Running…' : 'No result', text: '' };
}

/** A run as it stood at a moment: what had passed by then, and what came of it. */
export function RunView({ run, ms }: { run: ReplayRun; ms: number }) {
  const result = resultOf(run, ms);
  const { tone, title, text } = outcomeAt(run, ms);
  const tests = result?.results ?? run.tests.filter(({ atMs }) => atMs <= ms).map((test) => test.result);
  const output = result ? result.stdout : run.output.filter(({ atMs }) => atMs <= ms).map((part) => part.text).join('');
  const failed = tests.filter((test): test is VisibleTest => !isHidden(test) && !test.passed);
  return (
    <div className="grid grid-cols-1 gap-2.5 px-4 py-3">
      <div>
        <p className="flex flex-wrap items-baseline gap-x-2.5">
          <span className={`font-serif text-lg ${TONE_TEXT[tone]}`}>{title}</span>
          <span className="text-sm text-soft">{result ? text : countWords(tests)}</span>
        </p>
        <p className="text-sm text-faint">{[runTitle(run), result ? timeWords(result.timeMs ?? 0) : null, result && result.memoryKb > 0 ? memoryWords(result.memoryKb) : null].filter(Boolean).join(' · ')}</p>
      </div>
      {result?.compile?.stderr?.trim() ? <Output label="The compiler" text={result.compile.stderr} /> : null}
      {tests.length > 0 ? <TestDots tests={tests} /> : null}
      {failed.slice(0, 3).map((test) => (
        <FailedTest key={test.name} test={test} />
      ))}
      {failed.length > 3 ? <p className="text-sm text-faint">and {failed.length - 3} more</p> : null}
      {output ? <Output label="Output" text={output} /> : null}
      {result && result.status !== 'compile_error' && result.stderr?.trim() ? <Output label="Errors" text={result.stderr} /> : null}
    </div>
  );
}

function TestDots({ tests }: { tests: TestResult[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
      {tests.map((test, index) => (
        // Two tests may have one name; their order is the run's.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={`flex items-center gap-1 ${test.passed ? 'text-soft' : 'text-danger'}`}>
          {test.passed ? <CircleCheck aria-label="passes:" size={14} className="text-accent" /> : <CircleX aria-label="fails:" size={14} />}
          {test.name}
          {isHidden(test) ? <span className="text-faint">(hidden)</span> : null}
        </li>
      ))}
    </ul>
  );
}

function FailedTest({ test }: { test: VisibleTest }) {
  const difference = test.error === null ? differenceOf(test.expected, test.actual) : null;
  return (
    <div className="rounded-xl bg-sunken px-3 py-2 text-sm">
      <p className="font-medium">{test.name}</p>
      {difference ? (
        <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          <Value label="expected" pieces={difference.expected} look="text-accent" />
          <Value label="actual" pieces={difference.actual} look="text-danger" />
        </dl>
      ) : (
        <>
          <pre className="mt-1 max-h-32 overflow-auto font-mono text-[0.8125rem] whitespace-pre-wrap text-danger">{test.error}</pre>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
            <Value label="expected" pieces={shown(test.expected, null)} look="" />
          </dl>
        </>
      )}
    </div>
  );
}
function Value({ label, pieces, look }: { label: string; pieces: Piece[]; look: string }) {
  return (
    <>
      <dt className="text-faint">{label}</dt>
      <dd className="max-h-24 overflow-y-auto font-mono text-[0.8125rem] break-words whitespace-pre-wrap">
        {pieces.map(({ text, odd }, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className={odd ? `${look} underline decoration-2 underline-offset-3` : ''}>
            {text}
          </span>
        ))}
      </dd>
    </>
  );
}
function Output({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <p className="mb-1 text-sm text-faint">{label}</p>
      <pre role="region" tabIndex={0} aria-label={label} className="max-h-44 overflow-auto rounded-xl bg-sunken px-3 py-2 font-mono text-[0.8125rem] leading-relaxed break-words whitespace-pre-wrap">
        <AnsiText text={text} />
      </pre>
    </div>
  );
}
