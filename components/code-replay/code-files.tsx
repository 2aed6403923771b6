'use client';

import { useState } from 'react';
import FileCode from 'lucide-react/icons/file-code';
import { codeAt, pathsAt, type Replay } from '#domain/code/replay.ts';
import { CodePane } from './code-pane.tsx';

/** So long what was written last stays marked. */
const FRESH_MS = 2_500;

/** The files of a moment: the one that is worked on, unless the reader chose another. `empty`: what stands there without code. */
export function CodeFiles({ replay, ms, empty }: { replay: Replay; ms: number; empty: string }) {
  const [pinned, setPinned] = useState<string | null>(null);
  const current = codeAt(replay, ms);
  const paths = pathsAt(replay, ms);
  const path = pinned !== null && paths.includes(pinned) ? pinned : current?.state.text !== null && current ? current.path : (paths[0] ?? null);
  const state = path === null ? null : path === current?.path ? current.state : (replay.files.find((file) => file.path === path)?.history.at(ms) ?? null);
  if (path === null || !state || state.text === null) {
    return (
      <div className="grid h-full min-h-0 place-items-center p-8 text-center text-soft">
        <p className="max-w-sm">
          <FileCode aria-hidden size={28} strokeWidth={1.5} className="mx-auto mb-3 text-faint" />
          {empty}
        </p>
      </div>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 shrink-0 items-stretch gap-1 overflow-x-auto border-b border-line px-2">
        <div role="group" aria-label="Files" className="flex items-stretch">
          {paths.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === path}
              onClick={() => setPinned(each === current?.path ? null : each)}
              className={`flex items-center gap-1.5 border-b-2 px-2.5 font-mono text-[0.8125rem] whitespace-nowrap -outline-offset-2 ${each === path ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink'}`}
            >
              {each}
              {each === current?.path && paths.length > 1 ? <span className="size-1.5 rounded-full bg-accent"><span className="sr-only">(worked on)</span></span> : null}
            </button>
          ))}
        </div>
        <p className="ml-auto flex items-center pr-2 pl-3 text-[0.8125rem] whitespace-nowrap text-faint tabular-nums">{state.version > 0 ? `version ${state.version}` : 'not saved yet'}</p>
      </div>
      <div className="min-h-0 flex-1">
        <CodePane path={path} state={state} fresh={state.changedAtMs !== null && (ms === Infinity || ms - state.changedAtMs < FRESH_MS)} follow={path === current?.path} />
      </div>
    </div>
  );
}
