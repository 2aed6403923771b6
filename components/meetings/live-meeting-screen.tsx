'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { api } from '#components/api/client.ts';
import { CannotBeShown } from '#components/screens/cannot-be-shown.tsx';
import { EndingPanel } from '#components/screens/live-parts.tsx';
import { useAttempt } from '#components/screens/use-load.ts';
import { warmingWords } from '#components/screens/live-notices.ts';
import { titleOf } from '#components/screens/words.ts';
import { Button } from '#components/ui/button.tsx';
import { preloadDialogs } from '#components/ui/dialogs.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { Session } from '#domain/session/session.ts';
import { isOpen } from '#domain/session/session-status.ts';
import { CaptureMeetingScreen } from './capture-meeting-screen.tsx';
import { LiveMeetingFrame } from './live-meeting-frame.tsx';
import { useMeeting, useMeetingStream } from './use-meeting.ts';

const KEYS: [string, string][] = [
  ['E', 'End the meeting'],
  ['Esc', 'Close a dialog'],
  ['?', 'Show these keys'],
];

/** A meeting under way. One that is fed by a stream or a file is watched; one of this browser is captured here, or watched. */
export function LiveMeetingScreen({ sessionId, known }: { sessionId: string; known: Session }) {
  const router = useRouter();
  const { now, follower } = useMeeting(sessionId);
  const [watching, setWatching] = useState(false);
  const session = now.session ?? known;
  // A file is taken in without anybody looking on; its page tells how far it is.
  const over = !isOpen(session.status) || now.meeting?.source === 'file';
  useEffect(() => {
    if (over) router.replace(`/sessions/${sessionId}`);
  }, [over, router, sessionId]);
  useEffect(preloadDialogs, []);

  if (now.problem && !now.meeting) return <CannotBeShown title="This meeting cannot be opened" problem={now.problem} onRetry={() => follower.refresh()} page />;
  if (!now.meeting || over) return <OpeningMeeting />;
  const screen = { sessionId, title: titleOf(session), now, follower };
  return now.meeting.source === 'browser' && !watching ? <CaptureMeetingScreen {...screen} resumed={known.status !== 'created'} onWatch={() => setWatching(true)} /> : <WatchMeetingScreen {...screen} />;
}

interface ScreenProps {
  sessionId: string;
  title: string;
  now: ReturnType<typeof useMeeting>['now'];
  follower: ReturnType<typeof useMeeting>['follower'];
}

function WatchMeetingScreen({ sessionId, title, now, follower }: ScreenProps) {
  const { view, retry } = useMeetingStream(sessionId, true);
  const { problem, attempt } = useAttempt();
  const router = useRouter();
  const { captions, connection } = view;
  useEffect(() => follower.heard(captions, connection === 'live'), [captions, connection, follower]);
  useEffect(() => {
    if (view.ended) follower.refresh();
  }, [follower, view.ended]);
  const stream = now.meeting?.stream;
  const end = async () => {
    if (await attempt(() => api.endSession(sessionId))) router.replace(`/sessions/${sessionId}`);
  };
  return (
    <LiveMeetingFrame
      title={title}
      now={now}
      connection={connection}
      captions={captions}
      announcement={view.announcement}
      state={stream?.state === 'awaited' ? 'Waiting for the stream' : ''}
      keys={KEYS}
      shortcuts={[]}
      waiting={stream?.state === 'awaited' ? 'The stream has not come yet. Words appear here a few seconds after it begins.' : 'Words appear here a few seconds after they are said.'}
      notices={
        <>
          {problem ? <ProblemNotice problem={problem} /> : null}
          {view.problem ? (
            <Notice tone={view.problem.fatal ? 'bad' : 'warn'} urgent={view.problem.fatal} title={view.problem.message} actions={<Button variant="quiet" onClick={retry}>Try again</Button>}>
              {view.problem.fatal ? view.problem.next : 'Trying again. The meeting goes on meanwhile, and nothing of it is lost.'}
            </Notice>
          ) : null}
          {connection === 'warming' && !view.problem ? <WarmingNotice nowMs={now.nowMs} /> : null}
          {stream?.state === 'awaited' ? (
            <Notice title="Waiting for the stream">Start it with the address and the key you were given. The key was shown once; if it is lost, end this meeting and start another.</Notice>
          ) : null}
        </>
      }
      instead={view.ended ? <EndingPanel sessionId={sessionId} reason={view.ended} onTakeBack={retry} /> : undefined}
      onEnd={() => void end()}
    />
  );
}

/** There while the server is being started: how long is counted from when it came. */
function WarmingNotice({ nowMs }: { nowMs: number }) {
  const [sinceMs] = useState(nowMs);
  return <Notice title="Warming up…">{warmingWords(nowMs - sinceMs, 'what was said so far is above.')}</Notice>;
}

function OpeningMeeting() {
  return (
    <main id="content" role="status" className="grid min-h-dvh place-items-center text-soft">
      <h1 className="text-xl">Opening the meeting…</h1>
    </main>
  );
}
