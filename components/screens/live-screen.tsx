'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { api } from '#components/api/client.ts';
import { useLiveSession } from '#components/live-session/use-live-session.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { preloadDialogs } from '#components/ui/dialogs.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { isOpen } from '#domain/session/session-status.ts';
import { DictationScreen } from './dictation-screen.tsx';
import { InterviewScreen } from './interview-screen.tsx';
import { readPreferences } from './preferences.ts';
import { takeStartWish } from './start-wish.ts';
import { useLoad } from './use-load.ts';
import { titleOf } from './words.ts';

/** The live page of one session: its kind decides the screen, the choices of the preparation how it starts. */
export function LiveScreen({ sessionId }: { sessionId: string }) {
  const router = useRouter();
  const session = useLiveSession(sessionId);
  const { loaded, reload } = useLoad(sessionId, (signal) => api.getSession(sessionId, signal));
  const known = loaded.state === 'ready' ? loaded.value : null;
  const open = known !== null && isOpen(known.status);
  const { actions } = session;
  const started = useRef(false);

  const start = useCallback(async () => {
    if (started.current) return;
    started.current = true;
    const { microphone, deviceId, voice } = readPreferences();
    actions.setVoice(voice);
    if (microphone && deviceId) await actions.chooseMicrophone(deviceId);
    await actions.start({ microphone });
  }, [actions]);

  useEffect(() => {
    if (!known) return;
    // The seat in a sample is taken by an invented person; the review follows it.
    if (!open || known.sample) router.replace(`/sessions/${sessionId}`);
    else if (takeStartWish(sessionId)) void start();
  }, [known, open, router, sessionId, start]);

  const connected = session.view.connection === 'live';
  useEffect(() => {
    if (connected) preloadDialogs();
  }, [connected]);

  const reason = session.view.ended?.reason;
  useEffect(() => {
    // Whoever pressed End wants to see the result; every other ending is told first.
    if (reason === 'ended_by_person') router.replace(`/sessions/${sessionId}`);
  }, [reason, router, sessionId]);

  if (loaded.state === 'failed') {
    return (
      <main id="content" className="mx-auto grid w-full max-w-2xl gap-6 px-5 py-16">
        <h1 className="text-3xl">This session cannot be opened</h1>
        <ProblemNotice problem={loaded.problem} onRetry={reload} />
        <ButtonLink href="/sessions" variant="quiet" className="justify-self-start">
          All sessions
        </ButtonLink>
      </main>
    );
  }
  if (!known || !open || known.sample) {
    return (
      <main id="content" role="status" className="grid min-h-dvh place-items-center text-soft">
        <h1 className="text-xl">Opening your session…</h1>
      </main>
    );
  }
  const Screen = known.kind === 'dictation' ? DictationScreen : InterviewScreen;
  return <Screen sessionId={sessionId} kind={known.kind} title={titleOf(known)} resumed={known.status !== 'created'} session={session} onStart={() => void start()} />;
}
