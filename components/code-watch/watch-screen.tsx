'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import Eye from 'lucide-react/icons/eye';
import Headphones from 'lucide-react/icons/headphones';
import VolumeX from 'lucide-react/icons/volume-x';
import { api } from '#components/api/client.ts';
import { CodeFiles } from '#components/code-replay/code-files.tsx';
import { RunView } from '#components/code-replay/run-view.tsx';
import type { ConnectionState } from '#components/live-session/live-session-types.ts';
import { CannotBeShown } from '#components/screens/cannot-be-shown.tsx';
import { useLoad } from '#components/screens/use-load.ts';
import { titleOf } from '#components/screens/words.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SpoolMark } from '#components/ui/spool-mark.tsx';
import { ThemeToggle } from '#components/ui/theme-toggle.tsx';
import { isOpen } from '#domain/session/session-status.ts';
import type { Session } from '#domain/session/session.ts';
import { clockTime } from '#domain/session/times.ts';
import { LiveWords } from './live-words.tsx';
import { NotesPanel } from './notes-panel.tsx';
import { useWatch } from './use-watch.ts';
import type { WatchView } from './watch-controller.ts';

/** The interviewer's team looks on: they see and hear, and are neither seen nor heard. */
export function WatchScreen({ sessionId }: { sessionId: string }) {
  const router = useRouter();
  const { loaded, reload } = useLoad(sessionId, (signal) => api.getSession(sessionId, signal));
  const session = loaded.state === 'ready' ? loaded.value : null;
  const elsewhere = session === null ? null : !isOpen(session.status) ? `/sessions/${sessionId}` : takesPart(session) ? `/sessions/${sessionId}/live` : null;
  useEffect(() => {
    if (elsewhere) router.replace(elsewhere);
  }, [elsewhere, router]);
  if (loaded.state === 'failed') {
    return <CannotBeShown title="This interview cannot be watched" problem={loaded.problem} onRetry={reload} page />;
  }
  if (session === null || elsewhere) {
    return (
      <main id="content" role="status" className="grid min-h-dvh place-items-center text-soft">
        <h1 className="text-xl">Opening the interview…</h1>
      </main>
    );
  }
  return <Watch known={session} />;
}

/** Whoever sits in it does not look on. */
function takesPart({ code }: Session): boolean {
  return code?.part === 'candidate';
}

function Watch({ known }: { known: Session }) {
  const { view, watch } = useWatch(known.id);
  const session = view.session ?? known;
  const problem = useLoad(`problem ${session.templateId}`, async (signal) => (session.templateId === null ? null : api.getProblem(session.templateId, signal)));
  const template = problem.loaded.state === 'ready' ? problem.loaded.value : null;
  const run = view.replay?.runs.at(-1) ?? null;
  return (
    <div className="flex min-h-dvh flex-col lg:h-dvh">
      <header className="flex min-h-15 shrink-0 flex-wrap items-center gap-x-2 border-b border-line px-3 sm:gap-x-3 sm:px-6">
        <Link href="/sessions" aria-label="Your sessions" className="grid size-10 shrink-0 place-items-center rounded-full hover:bg-sunken">
          <SpoolMark size={26} />
        </Link>
        <h1 className="min-w-0 flex-1 truncate text-lg">
          {titleOf(session)}
          {template ? <span className="ml-2.5 font-sans text-sm tracking-normal text-faint max-md:hidden">{template.title}</span> : null}
        </h1>
        <Connection view={view} />
        <Elapsed session={session} status={view.status} minutes={template?.minutes ?? null} />
        <Watchers names={view.watching} />
        <Button variant={view.listening ? 'primary' : 'quiet'} aria-pressed={view.listening} onClick={() => (view.listening ? watch.mute() : watch.listen())} className="h-9! px-3!" disabled={view.ended !== null}>
          {view.listening ? <Headphones aria-hidden size={16} /> : <VolumeX aria-hidden size={16} />}
          {view.listening ? 'Listening' : 'Listen'}
        </Button>
        <ThemeToggle />
      </header>
      <main id="content" className="flex min-h-0 flex-1 flex-col">
        <p aria-live="polite" className="sr-only">
          {view.announcement}
        </p>
        <Notices view={view} onRetry={() => watch.retry()} onListen={() => watch.listen()} />
        {view.ended ? <Ended sessionId={session.id} reason={view.ended} /> : null}
        <div className="grid min-h-0 flex-1 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_minmax(19rem,24rem)]">
          <div className="flex min-h-0 min-w-0 flex-col lg:border-r lg:border-line">
            <section aria-label="Code, as it is written" className="h-[55dvh] min-h-0 lg:h-auto lg:flex-1">
              {view.replay ? <CodeFiles replay={view.replay} ms={Infinity} empty={view.status === 'created' ? 'The candidate has not come yet.' : 'No code yet.'} /> : <p className="grid h-full place-items-center text-soft">Loading the code…</p>}
            </section>
            {run ? (
              <section aria-label="The newest run" tabIndex={0} className="max-h-[40dvh] shrink-0 overflow-y-auto border-t border-line -outline-offset-2 lg:max-h-[42%]">
                <RunView run={run} ms={Infinity} />
              </section>
            ) : null}
          </div>
          <div className="flex min-h-0 flex-col max-lg:border-t max-lg:border-line">
            <div className="flex min-h-0 flex-[3] flex-col max-lg:h-80 max-lg:flex-none">
              <p role="status" className="flex items-baseline justify-between gap-3 px-4.5 pt-3 text-sm font-medium text-faint">
                Words
                <span className="text-[0.8125rem] font-normal">{stateOf(view)}</span>
              </p>
              <LiveWords captions={view.captions} agentText={view.agentText} empty={view.status === 'created' ? 'The interview has not begun.' : 'Nothing was said yet.'} />
            </div>
            <div className="min-h-0 flex-[2] border-t border-line max-lg:min-h-56 max-lg:flex-none">
              <NotesPanel sessionId={session.id} />
            </div>
          </div>
        </div>
      </main>
    </div>
  );
}

function stateOf(view: WatchView): string {
  if (view.ended) return 'Over';
  if (view.status === 'created') return 'Waiting for the candidate';
  if (view.status === 'paused' || view.agentState === 'paused') return 'Paused';
  if (view.personSpeaking) return 'The candidate is speaking';
  if (view.agentState === 'speaking') return 'The interviewer is speaking';
  if (view.agentState === 'thinking') return 'The interviewer is thinking';
  return '';
}

const CONNECTION: Record<ConnectionState, { label: string; dot: string }> = {
  idle: { label: 'Connecting', dot: 'bg-edge' },
  connecting: { label: 'Connecting', dot: 'bg-warn motion-safe:animate-pulse' },
  warming: { label: 'Warming up', dot: 'bg-warn motion-safe:animate-pulse' },
  live: { label: 'Watching', dot: 'bg-accent' },
  reconnecting: { label: 'Reconnecting', dot: 'bg-warn motion-safe:animate-pulse' },
  offline: { label: 'Offline', dot: 'bg-danger' },
  closed: { label: 'Not connected', dot: 'bg-danger' },
};
function Connection({ view }: { view: WatchView }) {
  const { label, dot } = view.ended ? { label: 'Over', dot: 'bg-edge' } : CONNECTION[view.connection];
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-soft">
      <span aria-hidden className={`size-2 rounded-full ${dot}`} />
      <span className="max-sm:sr-only">{label}</span>
    </p>
  );
}

/** The time since it began, beside what the problem usually takes. */
function Elapsed({ session, status, minutes }: { session: Session; status: WatchView['status']; minutes: number | null }) {
  const [nowMs, setNowMs] = useState<number | null>(null);
  const over = !isOpen(status);
  useEffect(() => {
    const tick = () => setNowMs(Date.now());
    tick();
    if (over) return;
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [over]);
  if (session.startedAt === null || nowMs === null) return null;
  const elapsedMs = Math.max(0, (session.endedAt === null ? nowMs : Date.parse(session.endedAt)) - Date.parse(session.startedAt));
  return (
    <p role="timer" aria-live="off" aria-label={`${clockTime(elapsedMs)}${minutes === null ? '' : ` of about ${minutes} minutes`}`} className={`text-sm whitespace-nowrap tabular-nums ${minutes !== null && elapsedMs > minutes * 60_000 ? 'text-warn' : 'text-soft'}`}>
      {clockTime(elapsedMs)}
      {minutes === null ? null : <span className="text-faint max-sm:hidden"> / {minutes} min</span>}
    </p>
  );
}

function Watchers({ names }: { names: string[] }) {
  if (names.length === 0) return null;
  return (
    <p title={`Watching: ${names.join(', ')}`} className="flex min-w-0 items-center gap-1.5 text-sm text-soft">
      <Eye aria-hidden size={16} className="shrink-0" />
      <span className="sr-only">Watching: {names.join(', ')}</span>
      <span aria-hidden className="max-w-52 truncate max-md:hidden">{names.join(', ')}</span>
      <span aria-hidden className="md:hidden">{names.length}</span>
    </p>
  );
}

function Notices({ view, onRetry, onListen }: { view: WatchView; onRetry: () => void; onListen: () => void }) {
  const { problem, upToDate, soundBlocked, ended } = view;
  if (ended || (!problem && upToDate && !soundBlocked)) return null;
  return (
    <div className="grid gap-2 px-4 py-2 sm:px-6">
      {problem ? (
        <Notice tone={problem.fatal ? 'bad' : 'warn'} urgent={problem.fatal} title={problem.message} actions={<Button variant="quiet" onClick={onRetry}>Try again</Button>}>
          {problem.next}
        </Notice>
      ) : null}
      {!problem && !upToDate ? <Notice tone="warn" title="The code may be behind.">Spool does not answer; trying again.</Notice> : null}
      {soundBlocked ? (
        <Notice title="The browser waits for a press before it plays sound." actions={<Button variant="quiet" onClick={onListen}>Play the sound</Button>} />
      ) : null}
    </div>
  );
}

const ENDINGS: Partial<Record<NonNullable<WatchView['ended']>, string>> = {
  idle: 'Nothing happened for a long time, so it ended by itself.',
  failed: 'Something failed on the server. What was stored until then is kept.',
  // To somebody who is let out a session is what an erased one is: not there.
  erased: 'It was erased, or the link that let you watch was withdrawn.',
};
function Ended({ sessionId, reason }: { sessionId: string; reason: NonNullable<WatchView['ended']> }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-wash px-4 py-3 sm:px-6">
      <p className="mr-auto">
        <span className="font-serif text-lg">{reason === 'erased' ? 'This interview is not there for you any more.' : 'The interview is over.'}</span> <span className="text-soft">{ENDINGS[reason] ?? 'Your notes are kept; finish them here or go on to the review.'}</span>
      </p>
      {reason === 'erased' ? (
        <ButtonLink href="/sessions" variant="quiet">All sessions</ButtonLink>
      ) : (
        <>
          <ButtonLink href={`/sessions/${sessionId}`}>To the review</ButtonLink>
          <ButtonLink href={`/sessions/${sessionId}/replay`} variant="quiet">Replay</ButtonLink>
        </>
      )}
    </div>
  );
}
