'use client';

import { useEffect, useState, type ReactNode } from 'react';
import { Tabs } from '@base-ui/react/tabs';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import CircleX from 'lucide-react/icons/circle-x';
import ChevronRight from 'lucide-react/icons/chevron-right';
import EyeOff from 'lucide-react/icons/eye-off';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { PublicProblem } from '#domain/code/problem.ts';
import type { RunResult } from '#domain/code/run.ts';
import { AnsiText } from './ansi-text.tsx';
import { differenceOf, shown, type Piece } from './difference.ts';
import { countsOf, isHidden, memoryWords, outcomeOf, timeWords, type VisibleTest } from './run-words.ts';
import type { RunOutcome, RunState } from './use-runs.ts';

export type ResultTab = 'tests' | 'console' | 'input';
interface Props {
  problem: PublicProblem | null;
  runs: RunState;
  tab: ResultTab;
  onTab: (tab: ResultTab) => void;
  stdin: string;
  onStdin: (text: string) => void;
}
const TAB = 'h-10 border-b-2 border-transparent px-3 text-[0.9375rem] text-soft hover:text-ink data-active:border-accent data-active:text-ink';
const PANEL = 'min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-3 -outline-offset-2';

/** What running came to: tests, console, and what the program reads. */
export function ResultsPanel({ problem, runs, tab, onTab, stdin, onStdin }: Props) {
  const { current, tests, program } = runs;
  return (
    <Tabs.Root value={tab} onValueChange={(value) => onTab(value as ResultTab)} className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 items-center justify-between gap-3 border-b border-line pr-4 pl-1">
        <Tabs.List aria-label="Results" className="-mb-px flex">
          {problem ? <Tabs.Tab value="tests" className={TAB}>Tests</Tabs.Tab> : null}
          <Tabs.Tab value="console" className={TAB}>Console</Tabs.Tab>
          <Tabs.Tab value="input" className={TAB}>
            Input
            {stdin ? <span className="ml-1.5 inline-block size-1.5 rounded-full bg-accent align-middle"><span className="sr-only">(not empty)</span></span> : null}
          </Tabs.Tab>
        </Tabs.List>
        <p role="status" className="min-w-0 truncate text-sm text-soft">
          {current ? <RunProgress key={current.startedAtMs} current={current} /> : lastWords(tab === 'tests' ? tests : program)}
        </p>
      </div>
      {problem ? (
        <Tabs.Panel value="tests" className={PANEL}>
          <TestsView problem={problem} outcome={tests} running={current !== null && current.kind !== 'program'} />
        </Tabs.Panel>
      ) : null}
      <Tabs.Panel value="console" className={PANEL}>
        <ConsoleView outcome={program} />
      </Tabs.Panel>
      <Tabs.Panel value="input" className={`${PANEL} flex flex-col`}>
        <label htmlFor="stdin" className="mb-2 text-sm text-soft">
          What your program reads from standard input when you run it. Tests do not use it.
        </label>
        <textarea id="stdin" value={stdin} onChange={(event) => onStdin(event.target.value)} spellCheck={false} autoCapitalize="off" className="min-h-20 w-full flex-1 resize-none rounded-xl border border-edge bg-raised p-3 font-mono text-sm focus:border-accent" />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function lastWords(outcome: RunOutcome | null): string {
  if (!outcome?.result) return '';
  const { language, timeMs, memoryKb } = outcome.result;
  return [outcome.path, language === 'cpp' ? 'C++' : null, timeWords(timeMs), memoryKb > 0 ? memoryWords(memoryKb) : null].filter(Boolean).join(' · ');
}

/** Where the run stands; the seconds are for the eyes only. */
function RunProgress({ current: { kind, phase, position, startedAtMs } }: { current: NonNullable<RunState['current']> }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - startedAtMs) / 1000)), 250);
    return () => clearInterval(timer);
  }, [startedAtMs]);
  const what = kind === 'program' ? 'Running' : 'Testing';
  const words = phase === 'saving' ? 'Saving…' : phase === 'queued' ? (position ? `Waiting: ${position} ${position === 1 ? 'run is' : 'runs are'} before yours` : 'Next in line…') : `${what}…`;
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden className="size-3.5 rounded-full border-2 border-line border-t-accent motion-safe:animate-spin" />
      {words}
      <span aria-hidden className="tabular-nums">{seconds >= 2 ? `${seconds} s` : ''}</span>
    </span>
  );
}

// ---- tests --------------------------------------------------------------------------------------------------------

function TestsView({ problem, outcome, running }: { problem: PublicProblem; outcome: RunOutcome | null; running: boolean }) {
  if (outcome?.problem) return <ProblemNotice problem={outcome.problem} />;
  const result = outcome?.result ?? null;
  const results = result?.results ?? [];
  const { hidden } = countsOf(results);
  // Where nothing compiled, no test tells more than the compiler.
  const firstFailed = result?.status === 'compile_error' ? -1 : results.findIndex((one) => !isHidden(one) && !one.passed);
  return (
    <div className="grid gap-3" aria-busy={running}>
      {result ? <Verdict result={result} /> : <p className="text-[0.9375rem] text-soft">These examples are tested when you press <b className="font-medium">Run tests</b>. <b className="font-medium">Submit</b> runs the hidden tests as well, as often as you like.</p>}
      <ul className="grid gap-1.5">
        {problem.visibleTests.map((test) => {
          const found = results.find((one): one is VisibleTest => !isHidden(one) && one.name === test.name);
          return <TestRow key={`${outcome?.number ?? 0} ${test.name}`} test={test} result={found ?? null} problem={problem} open={found !== undefined && results.indexOf(found) === firstFailed} />;
        })}
      </ul>
      {hidden.all > 0 ? (
        <p className="flex items-center gap-2 rounded-xl bg-sunken px-3 py-2.5 text-[0.9375rem]">
          <EyeOff aria-hidden size={17} className="shrink-0 text-faint" />
          {hidden.passed} of {hidden.all} hidden tests pass
          <span className="ml-auto h-1.5 w-24 overflow-hidden rounded-full bg-line" aria-hidden>
            <span className="block h-full bg-accent" style={{ width: `${(hidden.passed / hidden.all) * 100}%` }} />
          </span>
        </p>
      ) : null}
    </div>
  );
}

const TONES = { calm: 'text-soft', good: 'text-accent', warn: 'text-warn', bad: 'text-danger' };
function Verdict({ result }: { result: RunResult }) {
  const { tone, title, text } = outcomeOf(result);
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-2.5">
        <span className={`font-serif text-xl ${TONES[tone]}`}>{title}</span>
        <span className="text-[0.9375rem] text-soft">{text}</span>
      </p>
      {result.compile && result.compile.stderr.trim() ? <Output label={result.status === 'compile_error' ? 'The compiler' : 'Warnings of the compiler'} text={result.compile.stderr} /> : null}
      {result.status !== 'compile_error' && result.stderr.trim() ? <Output label="Errors" text={result.stderr} /> : null}
    </div>
  );
}

function TestRow({ test, result, problem, open }: { test: PublicProblem['visibleTests'][number]; result: VisibleTest | null; problem: PublicProblem; open: boolean }) {
  const [shut, setShut] = useState(!open);
  const Icon = result === null ? CircleDashed : result.passed ? CircleCheck : CircleX;
  return (
    <li className="rounded-xl border border-line bg-raised">
      <button type="button" aria-expanded={!shut} onClick={() => setShut(!shut)} className="flex min-h-10 w-full items-center gap-2.5 rounded-xl px-3 text-left text-[0.9375rem]">
        <Icon aria-hidden size={17} className={`shrink-0 ${result === null ? 'text-faint' : result.passed ? 'text-accent' : 'text-danger'}`} />
        <span className="min-w-0 flex-1 truncate">{test.name}</span>
        <span className={`shrink-0 text-sm ${result === null ? 'text-faint' : result.passed ? 'text-accent' : 'text-danger'}`}>{result === null ? 'not run' : result.passed ? 'passes' : result.error === null ? 'fails' : 'stops with an error'}</span>
        {result ? <span className="w-14 shrink-0 text-right text-sm text-faint tabular-nums max-sm:hidden">{timeWords(result.timeMs)}</span> : null}
        <ChevronRight aria-hidden size={16} className={`shrink-0 text-faint transition-transform ${shut ? '' : 'rotate-90'}`} />
      </button>
      {shut ? null : <TestDetails test={test} result={result} problem={problem} />}
    </li>
  );
}

function TestDetails({ test, result, problem }: { test: PublicProblem['visibleTests'][number]; result: VisibleTest | null; problem: PublicProblem }) {
  const compare = test.compare ?? problem.compare;
  const differs = result !== null && !result.passed && result.error === null;
  const difference = differs ? differenceOf(test.expected, result.actual, compare) : null;
  return (
    <div className="grid gap-2.5 border-t border-line px-3 pt-2.5 pb-3">
      {difference ? <p className="text-[0.9375rem] text-danger">{difference.words}</p> : null}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        {test.input.map((value, index) => (
          <Value key={problem.signature.parameters[index]?.name ?? index} label={problem.signature.parameters[index]?.name ?? `argument ${index + 1}`} pieces={shown(value, null)} />
        ))}
        <Value label="expected" pieces={difference?.expected ?? shown(test.expected, null)} mark="good" />
        {result && result.error === null ? <Value label="actual" pieces={difference?.actual ?? shown(result.actual, null)} mark="bad" /> : null}
      </dl>
      {result?.error ? <Output label="Error" text={result.error} /> : null}
      {result?.stdout ? <Output label="Printed" text={result.stdout} /> : null}
    </div>
  );
}

/** A value; what differs is marked by colour and by a line under it. */
function Value({ label, pieces, mark = 'good' }: { label: ReactNode; pieces: Piece[]; mark?: 'good' | 'bad' }) {
  return (
    <>
      <dt className="text-faint">{label}</dt>
      <dd className="max-h-48 overflow-y-auto font-mono text-[0.8125rem] leading-relaxed break-words whitespace-pre-wrap">
        {pieces.map(({ text, odd }, index) =>
          odd ? (
            // oxlint-disable-next-line react/no-array-index-key
            <mark key={index} className={`rounded px-0.5 underline decoration-2 underline-offset-3 ${mark === 'good' ? 'bg-wash text-accent' : 'bg-danger-wash text-danger'}`}>
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </dd>
    </>
  );
}

// ---- console ------------------------------------------------------------------------------------------------------

function ConsoleView({ outcome }: { outcome: RunOutcome | null }) {
  if (!outcome) return <p className="text-[0.9375rem] text-soft">What your program prints appears here. <b className="font-medium">Run</b> starts the open file as a program; what it reads stands under Input.</p>;
  if (outcome.problem) return <ProblemNotice problem={outcome.problem} />;
  const result = outcome.result!;
  const { tone, title, text } = outcomeOf(result);
  return (
    <div className="grid gap-3">
      {result.compile && result.compile.stderr.trim() ? <Output label={result.status === 'compile_error' ? 'The compiler' : 'Warnings of the compiler'} text={result.compile.stderr} /> : null}
      {result.stdout ? <Output label="Output" text={result.stdout} bare /> : null}
      {result.stderr ? <Output label="Errors" text={result.stderr} /> : null}
      {result.truncated && result.status !== 'output_limit' ? <p className="text-sm text-warn">The output was longer; the rest was cut off.</p> : null}
      <p className="text-[0.9375rem]">
        <span className={TONES[tone]}>{title}.</span> <span className="text-soft">{text || (result.stdout || result.stderr ? '' : 'It printed nothing.')}</span>
      </p>
    </div>
  );
}

function Output({ label, text, bare = false }: { label: string; text: string; bare?: boolean }) {
  return (
    <div className={bare ? '' : 'mt-1'}>
      {bare ? <span className="sr-only">{label}</span> : <p className="mb-1 text-sm text-faint">{label}</p>}
      <pre role="region" tabIndex={0} aria-label={label} className={`max-h-80 overflow-auto rounded-xl font-mono text-[0.8125rem] leading-relaxed break-words whitespace-pre-wrap ${bare ? '' : 'bg-sunken px-3 py-2'}`}>
        <AnsiText text={text} />
      </pre>
    </div>
  );
}
