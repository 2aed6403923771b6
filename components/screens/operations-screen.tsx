'use client';

import { useState } from 'react';
import { ERRORS } from '#domain/errors.ts';
import { api } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { useAttempt, useLoad } from './use-load.ts';

/** What each kind of work is, for who has to decide about it. */
const JOB_WORDS: Record<string, string> = {
  'erase-session': 'Removing an erased session from the disk',
  'seal-recording': 'Writing the recording of a session',
  'forget-recording': 'Removing sound that must not be kept',
  'make-sample': 'Making a sample session',
  'score-interview': 'Drafting a scorecard',
  'summarize-profile': 'Summing up a profile',
  'transcribe-chunk': 'Transcribing a part of a meeting',
  'check-meeting': 'Closing a meeting at its deadline',
  'assemble-meeting': 'Putting a meeting together',
  'write-notes': 'Writing the notes of a meeting',
  'take-in-file': 'Reading an uploaded recording',
  'warm-workers': 'Loading engines before a meeting',
  'index-transcript': 'Preparing a transcript for search by meaning',
};

function reasonOf(code: string | null): string {
  if (code === null) return 'The server that did it died.';
  return Object.hasOwn(ERRORS, code) ? ERRORS[code as keyof typeof ERRORS].title : code;
}

/** Background work that failed every time, to be looked through and sent back to work. */
export function OperationsScreen() {
  const { loaded, busy, reload } = useLoad('dead-letters', (signal) => api.listDeadLetters(signal));
  const { problem, attempt } = useAttempt();
  const [waiting, setWaiting] = useState<string | null>(null);
  async function retry(ids: string[]) {
    for (const id of ids) {
      setWaiting(id);
      if ((await attempt(() => api.retryDeadLetter(id).then(() => true))) === null) break;
    }
    setWaiting(null);
    await reload();
  }
  const letters = loaded.state === 'ready' ? loaded.value.deadLetters : [];
  return (
    <>
      <h1 className="mt-4 text-4xl sm:text-5xl">Operations</h1>
      <p className="mt-5 text-lg text-soft">Background work that failed every time it was tried. Nothing of it is lost: put right what was wrong, then send it back to work.</p>
      <div className="mt-8 grid gap-4">
        {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} /> : null}
        {problem ? <ProblemNotice problem={problem} /> : null}
        {loaded.state === 'loading' ? <p className="text-faint">Looking…</p> : null}
        {loaded.state === 'ready' && letters.length === 0 ? <Notice tone="good" title="Nothing has failed for good">All background work is done or on its way.</Notice> : null}
        <div className="flex flex-wrap gap-3">
          <Button variant="quiet" disabled={busy} onClick={() => void reload()}>
            Look again
          </Button>
          {letters.length > 1 ? (
            <Button disabled={waiting !== null} onClick={() => void retry(letters.map(({ id }) => id))}>
              Try all {letters.length} again
            </Button>
          ) : null}
        </div>
        {letters.length > 0 ? (
          <ul className="grid grid-cols-1 gap-1.5 rounded-2xl border border-line p-1.5" aria-label="Work that failed">
            {letters.map(({ id, job, payload, failedAt, failure }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl py-2 pr-2 pl-3.5 hover:bg-sunken">
                <span className="min-w-0 flex-1 basis-64">
                  <span className="block font-medium">{JOB_WORDS[job] ?? job}</span>
                  <span className="block text-sm text-soft">{reasonOf(failure)}</span>
                  <span className="block text-sm wrap-anywhere text-faint">
                    <time dateTime={failedAt}>{new Date(failedAt).toLocaleString()}</time> · <code className="font-mono">{JSON.stringify(payload)}</code>
                  </span>
                </span>
                <Button variant="quiet" disabled={waiting !== null} aria-label={`Try “${JOB_WORDS[job] ?? job}” again`} onClick={() => void retry([id])}>
                  {waiting === id ? 'One moment…' : 'Try again'}
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </>
  );
}
