'use client';

import { useState } from 'react';
import Play from 'lucide-react/icons/play';
import { api } from '#components/api/client.ts';
import type { Suppressed } from '#components/api/meeting-calls.ts';
import { useAttempt, useLoad } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { MoreSummary } from '#components/ui/more-summary.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { clockTime } from '#domain/session/times.ts';
import { suppressedReason } from './meeting-words.ts';

/** What an engine wrote that nobody seems to have said: with why, and the way back into the transcript. `state` changes when there may be more. */
export function SuppressedPanel({ sessionId, state, onPlay, onChange }: { sessionId: string; state: string; onPlay?: (one: Suppressed) => void; onChange: () => void }) {
  const { loaded, setValue, reload } = useLoad(`${sessionId} ${state}`, (signal) => api.listSuppressed(sessionId, signal));
  const { problem, attempt } = useAttempt();
  const [busy, setBusy] = useState<string | null>(null);
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} />;
  if (loaded.state === 'loading' || loaded.value.suppressed.length === 0) return null;
  const { suppressed } = loaded.value;
  async function restore(one: Suppressed) {
    setBusy(one.segmentId);
    const changed = await attempt(() => api.restoreSuppressed(sessionId, one.segmentId, !one.restored));
    setBusy(null);
    if (!changed) return;
    setValue((now) => ({ suppressed: now.suppressed.map((other) => (other.segmentId === one.segmentId ? { ...other, restored: changed.restored } : other)) }));
    onChange();
  }
  return (
    <details className="group/more border-t border-line pt-3">
      <MoreSummary>{suppressed.length === 1 ? 'One passage was held back' : `${suppressed.length} passages were held back`}</MoreSummary>
      <p className="mt-1 mb-3 max-w-prose text-[0.9375rem] text-soft">Speech engines make up words in silence and noise. These look like that, so they are not in the transcript. Put back what was really said.</p>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <ul className="grid gap-3">
        {suppressed.map((one) => (
          <li key={one.segmentId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-2xl bg-sunken px-4 py-3">
            <div className="min-w-0 flex-1 basis-64">
              <p className={one.restored ? '' : 'text-soft'}>“{one.text}”</p>
              <p className="mt-0.5 text-sm text-faint">
                {suppressedReason(one.reason)}. {one.restored ? 'You put it back.' : null}
              </p>
            </div>
            <div className="flex flex-wrap gap-1">
              {onPlay ? (
                <Button variant="bare" onClick={() => onPlay(one)} aria-label={`Play from ${clockTime(one.startMs)}: ${one.text}`}>
                  <Play aria-hidden size={12} fill="currentColor" strokeWidth={0} />
                  <span className="tabular-nums">{clockTime(one.startMs)}</span>
                </Button>
              ) : (
                <span className="px-3 py-2.5 text-sm text-faint tabular-nums">{clockTime(one.startMs)}</span>
              )}
              <Button variant="quiet" disabled={busy === one.segmentId} onClick={() => void restore(one)}>
                {one.restored ? 'Take out again' : 'Put back'}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
