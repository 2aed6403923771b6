'use client';

import { useEffect, useRef, useState } from 'react';
import { Tabs } from '@base-ui/react/tabs';
import Download from 'lucide-react/icons/download';
import { api } from '#components/api/client.ts';
import { LANGUAGE_WORDS } from '#components/code-workspace/problem-words.ts';
import { timeWords } from '#components/code-workspace/run-words.ts';
import { Button } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { INPUT_CLASS } from '#components/ui/field.tsx';
import type { Session } from '#domain/session/session.ts';
import type { ListedRun } from '#domain/code/list-runs.ts';
import { clockTime } from '#domain/session/times.ts';
import { downloadText } from './download-text.ts';
import { useLoad } from './use-load.ts';

/** While the interview is under way the page follows this often. */
const FOLLOW_EVERY_MS = 5_000;

/** The log counts from the session's creation, which may be days before anybody came in. */
export function beganMs({ startedAt, createdAt }: Session): number {
  return startedAt === null ? 0 : Date.parse(startedAt) - Date.parse(createdAt);
}
/** A version somebody wants to see; `number` rises with every press. */
export interface WantedVersion {
  path: string;
  version: number;
  number: number;
}

/** What was written and what came of running it. */
export function CodeOutcome({ session, over, wanted = null }: { session: Session; over: boolean; wanted?: WantedVersion | null }) {
  const sessionId = session.id;
  const began = beganMs(session);
  const place = useRef<HTMLElement>(null);
  const [tab, setTab] = useState<string | null>(null);
  useEffect(() => {
    if (!wanted) return;
    setTab(wanted.path);
    place.current?.scrollIntoView({ block: 'start' });
  }, [wanted]);
  const files = useLoad(`files ${sessionId} ${over}`, async (signal) => {
    const { files: listed } = await api.listFiles(sessionId, signal);
    return Promise.all(listed.map(({ path }) => api.readFile(sessionId, path, signal)));
  });
  const runs = useLoad(`runs ${sessionId} ${over}`, (signal) => api.listRuns(sessionId, signal));
  const { reload: reloadFiles } = files;
  const { reload: reloadRuns } = runs;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => {
      void reloadFiles();
      void reloadRuns();
    }, FOLLOW_EVERY_MS);
    return () => clearInterval(timer);
  }, [over, reloadFiles, reloadRuns]);
  const written = files.loaded.state === 'ready' ? files.loaded.value : [];
  const ran = runs.loaded.state === 'ready' ? runs.loaded.value.runs : [];
  return (
    <section ref={place} aria-labelledby="code" className="mt-10 scroll-mt-4">
      <h2 id="code" className="mb-4 text-2xl">
        Code
      </h2>
      {files.loaded.state === 'loading' ? <div role="status" className="h-48 animate-pulse rounded-2xl bg-sunken"><span className="sr-only">Loading the code</span></div> : null}
      {files.loaded.state === 'failed' ? <ProblemNotice problem={files.loaded.problem} onRetry={() => void files.reload()} /> : null}
      {files.loaded.state === 'ready' && written.length === 0 ? <p className="text-soft">{over ? 'No code was written.' : 'No code was written yet.'}</p> : null}
      {written.length > 0 ? (
        <Tabs.Root value={written.some(({ path }) => path === tab) ? tab : written[0]!.path} onValueChange={(value) => setTab(value as string)} className="overflow-hidden rounded-2xl border border-line bg-raised">
          <Tabs.List aria-label="Files" className="flex overflow-x-auto border-b border-line px-1">
            {written.map(({ path }) => (
              <Tabs.Tab key={path} value={path} className="h-11 shrink-0 border-b-2 border-transparent px-3 text-[0.9375rem] text-soft -outline-offset-2 hover:text-ink data-active:border-accent data-active:text-ink">
                {path}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {written.map(({ path, content, version }) => (
            <Tabs.Panel key={path} value={path} className="-outline-offset-2">
              <FileView key={wanted?.path === path ? wanted.number : 0} sessionId={sessionId} began={began} path={path} content={content} version={version} first={wanted?.path === path && wanted.version !== version ? wanted.version : null} />
            </Tabs.Panel>
          ))}
        </Tabs.Root>
      ) : null}
      <h3 className="mt-8 mb-3 text-xl">Runs</h3>
      {runs.loaded.state === 'failed' ? <ProblemNotice problem={runs.loaded.problem} onRetry={() => void runs.reload()} /> : null}
      {runs.loaded.state === 'ready' && ran.length === 0 ? <p className="text-soft">{over ? 'Nothing was run.' : 'Nothing was run yet.'}</p> : null}
      {ran.length > 0 ? <RunsTable runs={ran} began={began} /> : null}
    </section>
  );
}

/** A file as it is, or as it was at one of its versions; `first`: the one to begin with, null for the newest. */
function FileView({ sessionId, began, path, content, version, first }: { sessionId: string; began: number; path: string; content: string; version: number; first: number | null }) {
  const [wanted, setWanted] = useState(first);
  const [asked, setAsked] = useState(first !== null);
  const shownText = wanted === null ? content : null;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2 text-sm text-faint">
        <span>{version === 1 ? 'One version' : `Version ${wanted ?? version} of ${version}`}</span>
        <span className="flex gap-2">
          {version > 1 && !asked ? (
            <Button variant="bare" className="h-9!" onClick={() => setAsked(true)}>
              Earlier versions
            </Button>
          ) : null}
          <Button variant="bare" className="h-9!" onClick={() => downloadText(path.split('/').at(-1)!, 'text/plain', content)}>
            <Download aria-hidden size={16} />
            Save
          </Button>
        </span>
      </div>
      {asked ? <Versions sessionId={sessionId} began={began} path={path} wanted={wanted} onWant={setWanted} newest={version} /> : null}
      {shownText === null ? null : <CodeLines text={shownText} label={path} />}
    </>
  );
}

function Versions({ sessionId, began, path, wanted, newest, onWant }: { sessionId: string; began: number; path: string; wanted: number | null; newest: number; onWant: (version: number | null) => void }) {
  const { loaded, reload } = useLoad(`versions ${path}`, async (signal) => {
    const found: { version: number; atMs: number; content: string | null }[] = [];
    for (let after: string | undefined; ; ) {
      const page = await api.listVersions(sessionId, after, signal);
      found.push(...page.versions.filter((one) => one.path === path));
      if (page.next === null || page.next === after || page.versions.length === 0) return found;
      after = page.next;
    }
  });
  if (loaded.state === 'failed') return <div className="p-4"><ProblemNotice problem={loaded.problem} onRetry={() => void reload()} /></div>;
  if (loaded.state === 'loading') return <p role="status" className="px-4 py-3 text-sm text-soft">Loading the versions…</p>;
  const shown = loaded.value.find(({ version }) => version === wanted);
  return (
    <>
      <div className="border-b border-line px-4 py-2">
        <select aria-label={`Version of ${path}`} value={wanted ?? newest} onChange={(event) => onWant(Number(event.target.value) === newest ? null : Number(event.target.value))} className={`${INPUT_CLASS} select h-10! text-sm!`}>
          {loaded.value.toReversed().map(({ version, atMs, content }) => (
            <option key={version} value={version}>
              Version {version} at {clockTime(atMs - began)}
              {content === null ? ', deleted' : ''}
            </option>
          ))}
        </select>
      </div>
      {shown ? shown.content === null ? <p className="px-4 py-3 text-soft">The file was deleted here.</p> : <CodeLines text={shown.content} label={`${path}, version ${shown.version}`} /> : null}
    </>
  );
}

export function CodeLines({ text, label }: { text: string; label: string }) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <div role="region" tabIndex={0} aria-label={label} className="max-h-128 overflow-auto py-3 font-mono text-[0.8125rem] leading-relaxed -outline-offset-2">
      {lines.map((line, index) => (
        // Lines of a text that does not change.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex">
          <span aria-hidden className="sticky left-0 w-12 shrink-0 bg-raised pr-3 text-right text-faint select-none">
            {index + 1}
          </span>
          <code className="pr-4 whitespace-pre">{line || ' '}</code>
        </div>
      ))}
    </div>
  );
}

const STATUS: Record<ListedRun['status'], { words: string; look: string }> = {
  passed: { words: 'all pass', look: 'text-accent' },
  ok: { words: 'ran', look: 'text-accent' },
  failed: { words: 'tests fail', look: 'text-danger' },
  compile_error: { words: 'does not compile', look: 'text-danger' },
  runtime_error: { words: 'stopped with an error', look: 'text-danger' },
  time_limit: { words: 'took too long', look: 'text-danger' },
  memory_limit: { words: 'too much memory', look: 'text-danger' },
  output_limit: { words: 'wrote too much', look: 'text-danger' },
  internal_error: { words: 'could not be run', look: 'text-faint' },
  running: { words: 'running', look: 'text-soft' },
  lost: { words: 'lost', look: 'text-faint' },
};
const TESTS: Record<'visible' | 'all' | 'own', string> = { visible: 'Tests', all: 'All tests', own: 'Own tests' };

function RunsTable({ runs, began }: { runs: ListedRun[]; began: number }) {
  return (
    <div className="overflow-x-auto" role="region" aria-label="Runs" tabIndex={0}>
      <table className="w-full text-[0.9375rem]">
        <thead className="text-left text-sm text-faint">
          <tr>
            {['At', 'What', 'Outcome', 'Tests', 'Took'].map((head) => (
              <th key={head} scope="col" className="border-b border-line py-2 pr-4 font-normal whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.runId} id={`run-${run.runId}`} className="target:bg-wash">
              <td className="border-b border-line py-2 pr-4 tabular-nums">{clockTime(run.atMs - began)}</td>
              <td className="border-b border-line py-2 pr-4">
                {run.tests ? TESTS[run.tests] : 'Program'} <span className="whitespace-nowrap text-faint">{run.fileName}, {LANGUAGE_WORDS[run.language]}</span>
              </td>
              <td className={`border-b border-line py-2 pr-4 ${STATUS[run.status].look}`}>{STATUS[run.status].words}</td>
              <td className="border-b border-line py-2 pr-4 whitespace-nowrap text-soft tabular-nums">{testCounts(run)}</td>
              <td className="border-b border-line py-2 whitespace-nowrap text-soft tabular-nums">{run.timeMs === null ? '' : timeWords(run.timeMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
function testCounts({ visible, hidden }: ListedRun): string {
  const part = ({ passed, all }: { passed: number; all: number }, name: string) => (all > 0 ? `${passed} of ${all}${name}` : '');
  return [part(visible, ''), part(hidden, ' hidden')].filter(Boolean).join(', ');
}
