'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { api } from '#components/api/client.ts';
import { useLiveSession } from '#components/live-session/use-live-session.ts';
import { preloadDialogs } from '#components/ui/dialogs.tsx';
import type { Session } from '#domain/session/session.ts';
import { isOpen } from '#domain/session/session-status.ts';
import { CannotBeShown } from './cannot-be-shown.tsx';
import { DictationScreen } from './dictation-screen.tsx';
import { InterviewScreen } from './interview-screen.tsx';
import { readPreferences } from './preferences.ts';
import { takeStartWish } from './start-wish.ts';
import { useLoad } from './use-load.ts';
import { titleOf } from './words.ts';

/** The editor weighs more than all the rest: only a code interview loads it. */
const WorkspaceScreen = dynamic(() => import('#components/code-workspace/workspace-screen.tsx').then(({ WorkspaceScreen: Screen }) => Screen), { ssr: false, loading: () => <Opening /> });
const LiveMeetingScreen = dynamic(() => import('#components/meetings/live-meeting-screen.tsx').then(({ LiveMeetingScreen: Screen }) => Screen), { ssr: false, loading: () => <Opening /> });

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
    // The seat is the candidate's; everybody else looks on.
    else if (looksOn(known)) router.replace(`/sessions/${sessionId}/watch`);
    else if (known.kind !== 'meeting' && takeStartWish(sessionId)) void start();
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
    return <CannotBeShown title="This session cannot be opened" problem={loaded.problem} onRetry={reload} page />;
  }
  if (!known || !open || known.sample || looksOn(known)) return <Opening />;
  if (known.kind === 'meeting') return <LiveMeetingScreen sessionId={sessionId} known={known} />;
  const Screen = known.kind === 'dictation' ? DictationScreen : InterviewScreen;
  const screen = { sessionId, kind: known.kind, title: titleOf(known), resumed: known.status !== 'created', session, onStart: () => void start() };
  return known.kind === 'code' ? <WorkspaceScreen screen={screen} known={known} /> : <Screen {...screen} />;
}

function looksOn({ code }: Session): boolean {
  return code !== undefined && (code.part === 'observer' || (code.part === 'owner' && code.candidate));
}

function Opening() {
  return (
    <main id="content" role="status" className="grid min-h-dvh place-items-center text-soft">
      <h1 className="text-xl">Opening your session…</h1>
    </main>
  );
}
