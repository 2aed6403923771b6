'use client';

import { useState } from 'react';
import { api, type ProblemError } from '#components/api/client.ts';
import { asProblem, leaveToSignIn, useLoad } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { MoreSummary } from '#components/ui/more-summary.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { TranscriptItem } from '#domain/session/session.ts';
import { clockTime } from '#domain/session/times.ts';

/** Puts a text in the place of an item's. @throws ProblemError */
export type Correct = (item: TranscriptItem, text: string) => Promise<void>;

/** What was said, to be put right: Enter saves, Escape leaves it as it was; what it said before can be looked at and brought back. */
export function ItemEditor({ sessionId, item, onCorrect, onClose }: { sessionId: string; item: TranscriptItem; onCorrect: Correct; onClose: () => void }) {
  const [draft, setDraft] = useState(item.text);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  async function save(text: string) {
    if (busy) return;
    if (text === item.text) return onClose();
    setBusy(true);
    setProblem(null);
    try {
      await onCorrect(item, text);
      onClose();
    } catch (error) {
      const met = asProblem(error);
      if (!leaveToSignIn(met)) setProblem(met);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      aria-label={`Correct what was said at ${clockTime(item.startMs)}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save(draft.trim());
      }}
      className="my-1 grid gap-2 rounded-2xl border border-line bg-raised p-3"
    >
      <textarea
        autoFocus
        aria-label="What was said"
        value={draft}
        rows={Math.min(8, Math.max(2, Math.ceil(draft.length / 55)))}
        maxLength={5_000}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onClose();
          } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            void save(draft.trim());
          }
        }}
        className="w-full resize-y rounded-xl border border-edge bg-paper px-3 py-2 text-[1.0625rem] leading-relaxed"
      />
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Button type="submit" disabled={busy}>
          {busy ? 'Saving…' : 'Save'}
        </Button>
        <Button variant="bare" onClick={onClose}>
          Leave it
        </Button>
        <Button variant="bare" disabled={busy} onClick={() => void save('')} className="hover:text-danger">
          Nobody said this
        </Button>
        <span className="ml-auto text-sm text-faint max-sm:hidden">Enter saves, Esc leaves it</span>
      </div>
      {item.revision > 1 ? <Earlier sessionId={sessionId} item={item} onBring={setDraft} /> : null}
    </form>
  );
}

function Earlier({ sessionId, item, onBring }: { sessionId: string; item: TranscriptItem; onBring: (text: string) => void }) {
  const { loaded } = useLoad(`${item.itemId} ${item.revision}`, (signal) => api.listItemRevisions(sessionId, item.itemId, signal));
  if (loaded.state === 'failed') return <p className="text-sm text-danger">{loaded.problem.title}. {loaded.problem.next}</p>;
  if (loaded.state === 'loading' || loaded.value.revisions.length === 0) return null;
  const { revisions } = loaded.value;
  return (
    <details className="group/more text-[0.9375rem]">
      <MoreSummary>{revisions.length === 1 ? 'What it said before' : `What it said before (${revisions.length})`}</MoreSummary>
      <ol className="mt-1 grid gap-2">
        {revisions.toReversed().map(({ revision, text, replacedAt }) => (
          <li key={revision} className="flex items-start justify-between gap-3 border-l-2 border-line pl-3">
            <p>
              <span className="text-soft">{text.trim() || 'Nothing'}</span>
              <span className="block text-sm text-faint">until {new Date(replacedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}</span>
            </p>
            <Button variant="bare" onClick={() => onBring(text)} aria-label={`Bring back: ${text}`}>
              Bring back
            </Button>
          </li>
        ))}
      </ol>
    </details>
  );
}
