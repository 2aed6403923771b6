'use client';

import { useState, type ReactNode } from 'react';
import { api } from '#components/api/client.ts';
import { useAttempt } from '#components/screens/use-load.ts';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { type PlacedGap, gapWords } from '#domain/meetings/transcript-gaps.ts';
import { clockTime } from '#domain/session/times.ts';
import { LOOKS } from './coverage-bar.tsx';

/** Between two lines of a transcript: what is missing there, in words, and marked as in the coverage bar. `columns`: those of the lines around it; `indent`: their times stand behind a mark. */
export function GapRow({ gap, columns, indent = false, children }: { gap: PlacedGap; columns: string; indent?: boolean; children?: ReactNode }) {
  return (
    <li className={`my-3 grid items-baseline ${columns}`}>
      <span className={`text-sm text-faint tabular-nums ${indent ? 'pl-3.5' : ''}`}>{clockTime(gap.atMs)}</span>
      <div className="flex flex-wrap items-center justify-between gap-x-3 border-y border-dashed border-edge py-2">
        <p className="flex min-w-0 items-baseline gap-2 text-[0.9375rem] text-soft">
          <span aria-hidden className={`size-2.5 shrink-0 rounded-full ${LOOKS[gap.reason === 'not_transcribed' ? 'failed' : 'missing']}`} />
          {gapWords(gap)}.
        </p>
        {children}
      </div>
    </li>
  );
}

/** Has what failed there transcribed again; the row goes once it is under way. */
export function RetryGap({ sessionId, chunks, place, onRetried }: { sessionId: string; chunks: number[]; place: string; onRetried: () => void }) {
  const { problem, attempt } = useAttempt();
  const [busy, setBusy] = useState(false);
  async function retry() {
    setBusy(true);
    const answers = await attempt(() => Promise.all(chunks.map((chunk) => api.retryChunks(sessionId, chunk))));
    setBusy(false);
    if (answers) onRetried();
  }
  return (
    <>
      <button
        type="button"
        disabled={busy}
        onClick={() => void retry()}
        aria-label={`Try again: the part at ${place}`}
        className="ml-3.5 min-h-9 rounded px-1 outline-offset-0 text-[0.9375rem] font-medium text-accent underline-offset-4 hover:text-accent-deep hover:underline disabled:opacity-55"
      >
        {busy ? 'Asking…' : 'Try again'}
      </button>
      {problem ? (
        <div className="w-full pb-1">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
    </>
  );
}
