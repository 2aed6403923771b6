'use client';

import { useEffect, useRef, useState } from 'react';
import { api } from '#components/api/client.ts';
import { RecordingGoneNotice } from '#components/screens/recording-gone-notice.tsx';
import { useAttempt } from '#components/screens/use-load.ts';
import { spokenLength } from '#components/screens/words.ts';
import { UploadPanel } from '#components/uploads/upload-panel.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { MoreSummary } from '#components/ui/more-summary.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { Meeting } from '#domain/meetings/schema.ts';
import type { Session } from '#domain/session/session.ts';
import { isFinished, isOpen } from '#domain/session/session-status.ts';
import { clockTime } from '#domain/session/times.ts';
import { failureWords, lackWords, timeLeftMs } from './meeting-words.ts';

interface Props {
  session: Session;
  meeting: Meeting;
  /** True: the transcript has no words. */
  empty: boolean;
  nowMs: number;
  upToDate: boolean;
  /** True: there was one, and it is not kept any more. */
  recordingGone: boolean;
  onRetried: () => void;
}

/** What a reader must know about a meeting before reading: each state in its own words, with the next step. */
export function MeetingNotices({ session, meeting, empty, nowMs, upToDate, recordingGone, onRetried }: Props) {
  const { status, consent } = session;
  const over = isFinished(status);
  const { coverage } = meeting;
  // What failed has a box of its own, with the way to try it again.
  const lack = over ? lackWords({ ...coverage, failedMs: 0 }) : null;
  return (
    <div className="mt-6 grid gap-3 empty:hidden">
      {upToDate ? null : <Notice tone="warn" title="Spool does not answer">This page shows what it last knew and tries again.</Notice>}
      {isOpen(status) && meeting.source === 'file' ? <UploadPanel sessionId={session.id} onReceived={onRetried} /> : null}
      {isOpen(status) && meeting.source !== 'file' ? (
        <Notice title={status === 'created' ? 'This meeting has not begun' : 'This meeting is under way'} actions={<ButtonLink href={`/sessions/${session.id}/live`}>{status === 'created' && meeting.source === 'browser' ? 'Begin' : 'Follow it live'}</ButtonLink>}>
          What was said so far is below.
        </Notice>
      ) : null}
      {status === 'processing' || (over && coverage.waitingMs > 0) ? <Progress meeting={meeting} nowMs={nowMs} /> : null}
      {status === 'failed' ? (
        <Notice tone="bad" title="This meeting failed" actions={<ButtonLink href="/sessions/new?kind=meeting" variant="quiet">Start a new one</ButtonLink>}>
          What was stored before that is here. Run ./spool doctor on the server to see what is wrong.
        </Notice>
      ) : null}
      {lack && status !== 'failed' ? (
        <Notice tone="warn" title="A part is missing">
          {lack} The bar below and the transcript show where.
        </Notice>
      ) : null}
      {coverage.failedMs > 0 && over ? <FailedParts session={session} meeting={meeting} empty={empty} onRetried={onRetried} /> : null}
      {over && empty && coverage.waitingMs === 0 && coverage.failedMs === 0 && status !== 'failed' ? (
        coverage.capturedMs === 0 && coverage.missingMs === 0 ? (
          <Notice title="Nothing arrived" actions={<ButtonLink href="/sessions/new?kind=meeting" variant="quiet">Start a new one</ButtonLink>}>
            The meeting ended before any sound came in.
          </Notice>
        ) : (
          <Notice title="Nobody spoke" actions={<ButtonLink href="/sessions/new?kind=meeting" variant="quiet">Start a new one</ButtonLink>}>
            {spokenLength(coverage.capturedMs)} of sound arrived, and no words were found in it. If somebody did speak, check that the sound of the meeting was shared or streamed.
          </Notice>
        )
      ) : null}
      {over && !consent.recording ? <Notice title="There is no recording">You did not want one. The sound was erased once the transcript and the notes existed; quotes lead to their place in the transcript.</Notice> : null}
      {recordingGone ? <RecordingGoneNotice /> : null}
    </div>
  );
}

function Progress({ meeting, nowMs }: { meeting: Meeting; nowMs: number }) {
  const { capturedMs, waitingMs, chunks } = meeting.coverage;
  const doneMs = capturedMs - waitingMs;
  const first = useRef<{ doneMs: number; atMs: number } | null>(null);
  const [leftMs, setLeftMs] = useState<number | null>(null);
  useEffect(() => {
    first.current ??= { doneMs, atMs: nowMs };
    setLeftMs(timeLeftMs(first.current, { doneMs, leftMs: waitingMs, atMs: nowMs }));
  }, [doneMs, nowMs, waitingMs]);
  const done = chunks.total - chunks.waiting;
  return (
    <Notice title={waitingMs > 0 ? 'The meeting is being transcribed' : 'The notes are being written'}>
      {waitingMs > 0 ? (
        <>
          <progress aria-label="Transcribed" max={Math.max(1, capturedMs)} value={doneMs} className="my-1.5 block h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent" />
          {done} of {chunks.total} parts{leftMs === null ? '' : `, about ${spokenLength(Math.max(5_000, leftMs))} left`}. This page follows by itself; you may close it.
        </>
      ) : (
        'Every part is transcribed. This page follows by itself.'
      )}
    </Notice>
  );
}

/** What failed, each with why, and the way to try it again. */
function FailedParts({ session, meeting, empty, onRetried }: Pick<Props, 'session' | 'meeting' | 'empty' | 'onRetried'>) {
  const failed = meeting.chunks.filter(({ state }) => state === 'failed');
  const { problem, attempt } = useAttempt();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  async function retry(chunk?: number) {
    setBusy(true);
    const answer = await attempt(() => api.retryChunks(session.id, chunk));
    setBusy(false);
    if (!answer) return;
    setSaid(answer.retried === 1 ? 'One part is tried again.' : `${answer.retried} parts are tried again.`);
    onRetried();
  }
  return (
    <section aria-label="Parts that failed" className="rounded-2xl bg-danger-wash px-3.5 py-3 sm:px-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="font-medium">{failed.length === 1 ? 'One part could not be transcribed' : `${failed.length} parts could not be transcribed`}</p>
        <Button variant="quiet" disabled={busy} onClick={() => void retry()}>
          {busy ? 'Asking…' : failed.length === 1 ? 'Try it again' : 'Try all again'}
        </Button>
      </div>
      <p role="status" className="mt-1 text-[0.9375rem] text-soft">
        {said || (empty ? 'Nothing was written while the meeting went on, either.' : 'What was written while the meeting went on stands in for it.')}
      </p>
      {problem ? (
        <div className="mt-2">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      <details className="group/more mt-1 text-[0.9375rem]">
        <MoreSummary>Which, and why</MoreSummary>
        <ul className="grid gap-1 pb-1">
          {failed.map(({ chunk, startMs, endMs, failure, attempts }) => (
            <li key={chunk} className="flex flex-wrap items-center justify-between gap-x-3">
              <span>
                <span className="tabular-nums">
                  {clockTime(startMs)}–{clockTime(endMs)}
                </span>
                : {failureWords(failure)} <span className="text-soft">{attempts === 1 ? 'Tried once.' : `Tried ${attempts} times.`}</span>
              </span>
              {failed.length > 1 ? (
                <Button variant="bare" disabled={busy} onClick={() => void retry(chunk)} aria-label={`Try ${clockTime(startMs)} to ${clockTime(endMs)} again`}>
                  Try again
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
