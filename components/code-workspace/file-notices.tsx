'use client';

import { useEffect } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { SavingState, WorkspaceView } from './workspace-files.ts';

const WORDS: Record<SavingState, { text: string; tone: string }> = {
  saved: { text: 'Saved', tone: 'text-faint' },
  saving: { text: 'Saving…', tone: 'text-faint' },
  offline: { text: 'Offline, kept here', tone: 'text-warn' },
  refused: { text: 'Not saved', tone: 'text-danger' },
  over: { text: 'The session is over', tone: 'text-faint' },
  taken: { text: 'Written elsewhere now', tone: 'text-warn' },
};

/** Whether what was typed is safe. Only trouble is read out: “Saving” comes with every word. */
export function SavingWords({ workspace: { state, files, saving, kept, problem } }: { workspace: WorkspaceView }) {
  if (state !== 'ready' || (files.length === 0 && saving === 'saved')) return null;
  const { text, tone } = WORDS[saving];
  const detail = saving === 'refused' && problem ? `: ${problem.errors[0]?.message ?? problem.next}` : saving === 'offline' && !kept ? ' in this page only: do not reload it' : '';
  return (
    <span className={`max-w-[75%] shrink-0 truncate text-sm ${tone}`} data-saving={saving} title={detail ? text + detail : undefined}>
      <span aria-hidden={saving === 'saved' || saving === 'saving' ? undefined : true}>
        {text}
        {detail}
      </span>
      <span role="status" className="sr-only">
        {saving === 'saved' || saving === 'saving' ? '' : text + detail}
      </span>
    </span>
  );
}

/** Both versions stand in the file, marked. */
export function ConflictBar({ count, onShow, onResolve }: { count: number; onShow: () => void; onResolve: (keep: 'mine' | 'other' | 'both') => void }) {
  return (
    <div role="alert" className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-warn-wash px-4 py-2 text-[0.9375rem]">
      <p className="min-w-48 flex-1">
        {count === 1 ? 'One place was' : `${count} places were`} also changed elsewhere. Both versions are in the file.
      </p>
      <span className="flex flex-wrap gap-1.5">
        <Button variant="bare" className="h-9!" onClick={onShow}>Show</Button>
        <Button variant="quiet" className="h-9!" onClick={() => onResolve('mine')}>Keep this one</Button>
        <Button variant="quiet" className="h-9!" onClick={() => onResolve('other')}>Take the other</Button>
        <Button variant="quiet" className="h-9!" onClick={() => onResolve('both')}>Keep both</Button>
      </span>
    </div>
  );
}

/** Long enough to be read. */
const MERGED_SHOWN_MS = 8_000;
export function MergedBar({ onGone }: { onGone: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onGone, MERGED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [onGone]);
  return (
    <p role="status" className="shrink-0 border-b border-line bg-wash px-4 py-2 text-[0.9375rem]">
      This file was also changed elsewhere. Both sets of changes are in it now.
    </p>
  );
}
