'use client';

import { useEffect, useState, type ReactNode } from 'react';
import type { LiveSession, LiveSessionView } from '#components/live-session/live-session-types.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { SessionKind } from '#domain/session/session.ts';
import { LiveHead } from './live-head.tsx';
import { RESTORED_SHOWN_MS, endingWords, liveNotices } from './live-notices.ts';
import { MicrophoneSelect, SoundDialog } from './sound-dialog.tsx';

/** What every kind of live screen is given. */
export interface LiveScreenProps {
  sessionId: string;
  kind: SessionKind;
  title: string;
  /** True: the session was begun before, here or elsewhere. */
  resumed: boolean;
  session: LiveSession;
  /** Connects with the choices of the preparation; from a press, so that the browser allows sound. */
  onStart: () => void;
}

interface LiveHeaderProps {
  title: string;
  session: LiveSession;
  /** True: an interviewer answers, so there is a voice to choose. */
  conversation: boolean;
  keys: [string, string][];
  help: boolean;
  onHelp: (open: boolean) => void;
  /** Beside the elapsed time, e.g. how much is left. */
  time?: ReactNode;
}
/** The head of a page one talks on, with the choice of sound. */
export function LiveHeader({ title, session, conversation, keys, help, onHelp, time }: LiveHeaderProps) {
  const { connection, elapsedMs } = session.view;
  return (
    <LiveHead title={title} connection={connection} time={{ ms: elapsedMs, label: 'Elapsed time' }} keys={keys} help={help} onHelp={onHelp}>
      {time}
      <SoundDialog session={session} conversation={conversation} />
    </LiveHead>
  );
}

/** The notices a view calls for, with their buttons. */
export function LiveNotices({ session: { view, actions } }: { session: LiveSession }) {
  const [nowMs, setNowMs] = useState(0);
  const restoredAt = view.restored?.at;
  useEffect(() => {
    setNowMs(Date.now());
    if (restoredAt === undefined) return;
    const timer = setTimeout(() => setNowMs(Date.now()), RESTORED_SHOWN_MS + 100);
    return () => clearTimeout(timer);
  }, [restoredAt]);
  const notices = liveNotices(view, nowMs, typeof navigator === 'undefined' ? '' : navigator.userAgent);
  if (notices.length === 0) return null;
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-2">
      {notices.map(({ id, tone, title, text, action, chooseMicrophone, urgent }) => (
        <Notice
          key={id}
          tone={tone}
          title={title}
          urgent={urgent}
          actions={
            action ? (
              <Button variant="quiet" onClick={action === 'dismiss' ? actions.dismissNotice : actions.retry}>
                {action === 'dismiss' ? 'Understood' : action === 'sound' ? 'Play the sound' : 'Try again'}
              </Button>
            ) : null
          }
        >
          {text}
          {chooseMicrophone ? <MicrophoneSelect className="mt-3" view={view} onChoose={(deviceId) => void actions.chooseMicrophone(deviceId)} /> : null}
        </Notice>
      ))}
    </div>
  );
}

/** What a screen reader hears without asking: finished lines, and what changes about the session. Never provisional words. */
export function Announcements({ line, state }: { line: string; state: string }) {
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {line}
      </p>
      <p role="status" className="sr-only">
        {state}
      </p>
    </>
  );
}

/** Takes the place of the controls once the session is over here. */
export function EndingPanel({ sessionId, reason, onTakeBack }: { sessionId: string; reason: NonNullable<LiveSessionView['ended']>['reason']; onTakeBack: () => void }) {
  const { title, text, takeBack, gone } = endingWords(reason);
  return (
    <div role="alert" className="mx-auto w-full max-w-2xl rounded-3xl border border-line bg-raised p-6 sm:p-8">
      <h2 className="text-2xl">{title}</h2>
      <p className="mt-2 text-soft">{text}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        {takeBack ? <Button onClick={onTakeBack}>Take it back</Button> : null}
        {takeBack || gone ? null : <ButtonLink href={`/sessions/${sessionId}`}>Read and listen back</ButtonLink>}
        <ButtonLink href="/sessions" variant="quiet">
          All sessions
        </ButtonLink>
      </div>
    </div>
  );
}

/** Before the page may make sound it needs one press, e.g. after a reload: says what the press does. */
export function StartPanel({ resumed, onStart, compact = false }: { resumed: boolean; onStart: () => void; compact?: boolean }) {
  return (
    <div className={`mx-auto w-full max-w-2xl rounded-3xl border border-line bg-raised text-center ${compact ? 'p-5' : 'p-6 sm:p-8'}`}>
      <h2 className={compact ? 'text-xl' : 'text-2xl'}>{resumed ? 'Go on where you were' : 'Ready when you are'}</h2>
      <p className="mt-2 text-soft">{resumed ? 'Nothing you said is lost. Your browser wants one press before it opens the microphone and plays sound.' : 'Your browser wants one press before it opens the microphone and plays sound.'}</p>
      <Button size="l" className="mt-6" onClick={onStart} autoFocus>
        {resumed ? 'Go on' : 'Start'}
      </Button>
    </div>
  );
}

/** A control with its word below or beside it; the word is its name for everyone. */
export function ControlButton({ icon, label, pressed, ...rest }: { icon: ReactNode; label: string; pressed?: boolean; onClick: () => void; disabled?: boolean; tone?: 'danger' }) {
  const { tone, ...button } = rest;
  const look = pressed ? 'border-accent bg-accent text-on-accent' : tone === 'danger' ? 'border-danger bg-raised text-danger hover:bg-danger-wash' : 'border-edge bg-raised text-ink hover:border-ink';
  return (
    <button
      type="button"
      aria-pressed={pressed}
      className={`flex min-h-12 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-2xl border px-1 py-1.5 text-[0.8125rem] leading-tight transition-colors select-none disabled:pointer-events-none disabled:opacity-55 sm:flex-row sm:gap-2 sm:text-[0.9375rem] ${look}`}
      {...button}
    >
      {icon}
      {label}
    </button>
  );
}
