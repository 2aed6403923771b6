'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import Mic from 'lucide-react/icons/mic';
import MicOff from 'lucide-react/icons/mic-off';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import { browserPorts } from '#components/live-session/browser-ports.ts';
import { useLiveSession } from '#components/live-session/use-live-session.ts';
import { RESTORED_SHOWN_MS, notYetStored } from '#components/screens/live-notices.ts';
import { ControlButton, EndingPanel } from '#components/screens/live-parts.tsx';
import { isPaused, toggleMicrophone, togglePause } from '#components/screens/live-dock.tsx';
import { readPreferences } from '#components/screens/preferences.ts';
import { MicrophoneSelect } from '#components/screens/sound-dialog.tsx';
import { takeStartWish } from '#components/screens/start-wish.ts';
import { Button } from '#components/ui/button.tsx';
import { LevelMeter } from '#components/ui/level-meter.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { keptSource, meetingCapture, type CaptureSource } from './capture.ts';
import { captureNotices, captureState } from './capture-words.ts';
import { LiveMeetingFrame } from './live-meeting-frame.tsx';
import type { MeetingFollower, FollowerView } from './meeting-follower.ts';

const KEYS: [string, string][] = [
  ['M', 'Mute or unmute what is captured'],
  ['Space', 'Pause or resume'],
  ['E', 'End the meeting'],
  ['Esc', 'Close a dialog'],
  ['?', 'Show these keys'],
];
const SOURCE_WORDS: Record<CaptureSource, string> = { 'tab-and-microphone': 'the tab and your microphone', tab: 'the tab', microphone: 'your microphone' };

interface Props {
  sessionId: string;
  title: string;
  now: FollowerView;
  follower: MeetingFollower;
  resumed: boolean;
  /** Only reads along; the sound comes from another window. */
  onWatch: () => void;
}

/** A meeting whose sound this browser captures, over the same stream as every conversation. */
export function CaptureMeetingScreen({ sessionId, title, now, follower, resumed, onWatch }: Props) {
  const router = useRouter();
  const [source] = useState(() => keptSource(sessionId));
  const session = useLiveSession(sessionId, capturePorts);
  const { view, actions, level } = session;
  const { captions, connection } = view;
  const started = useRef(false);
  const nowMs = useShownUntil(view.restored?.at);

  const start = useCallback(async () => {
    if (started.current) return;
    started.current = true;
    // Nobody answers in a meeting.
    actions.setVoice('off');
    const { deviceId } = readPreferences();
    if (source !== 'tab' && deviceId) await actions.chooseMicrophone(deviceId);
    await actions.start({ microphone: true });
  }, [actions, source]);
  useEffect(() => {
    if (takeStartWish(sessionId)) void start();
  }, [sessionId, start]);
  useEffect(() => follower.heard(captions, connection === 'live'), [captions, connection, follower]);
  const reason = view.ended?.reason;
  useEffect(() => {
    if (reason === 'ended_by_person') router.replace(`/sessions/${sessionId}`);
  }, [reason, router, sessionId]);

  const running = connection !== 'idle' && !view.ended;
  const paused = isPaused(view);
  const muted = view.microphone === 'muted';
  const open = view.microphone === 'on' || muted;
  return (
    <LiveMeetingFrame
      title={title}
      now={now}
      connection={connection}
      captions={captions}
      announcement={view.announcement}
      state={running && paused ? 'Paused' : ''}
      keys={KEYS}
      shortcuts={running ? [{ key: 'm', run: () => toggleMicrophone(session) }, { key: ' ', run: () => togglePause(session) }] : []}
      waiting="Words appear here a few seconds after they are said."
      notices={
        <>
          {captureNotices(view, source, nowMs, typeof navigator === 'undefined' ? '' : navigator.userAgent).map(({ id, tone, title: what, text, action, chooseMicrophone, urgent }) => (
            <Notice
              key={id}
              tone={tone}
              title={what}
              urgent={urgent}
              actions={action ? <Button variant="quiet" onClick={action === 'dismiss' ? actions.dismissNotice : actions.retry}>{action === 'dismiss' ? 'Understood' : id.startsWith('microphone-') && source !== 'microphone' ? 'Share again' : 'Try again'}</Button> : null}
            >
              {text}
              {chooseMicrophone ? <MicrophoneSelect className="mt-3" view={view} onChoose={(deviceId) => void actions.chooseMicrophone(deviceId)} /> : null}
            </Notice>
          ))}
          {running ? (
            <div className="flex items-center gap-4">
              <LevelMeter level={level} className="min-w-0 flex-1" />
              <p className="w-32 shrink-0 text-right sm:w-40 text-sm text-soft">
                {captureState(view)}
                <span className="block text-warn empty:hidden">{notYetStored(view)}</span>
              </p>
            </div>
          ) : null}
        </>
      }
      controls={
        <>
          <ControlButton
            icon={muted || !open ? <MicOff aria-hidden size={18} /> : <Mic aria-hidden size={18} />}
            label={open ? (muted ? 'Unmute' : 'Mute') : source === 'microphone' ? 'Open the microphone' : 'Share again'}
            pressed={open ? muted : undefined}
            disabled={view.microphone === 'asking'}
            onClick={() => (open ? toggleMicrophone(session) : actions.retry())}
          />
          <ControlButton icon={paused ? <Play aria-hidden size={18} /> : <Pause aria-hidden size={18} />} label={paused ? 'Resume' : 'Pause'} pressed={paused} onClick={() => togglePause(session)} />
        </>
      }
      instead={
        view.ended ? (
          <EndingPanel sessionId={sessionId} reason={view.ended.reason} onTakeBack={actions.retry} />
        ) : running ? undefined : (
          <div className="rounded-3xl border border-line bg-raised p-5 text-center sm:p-6">
            <h2 className="text-2xl">{resumed ? 'Go on with this meeting' : 'Ready when you are'}</h2>
            <p className="mt-2 text-soft">
              {source === 'microphone' ? 'Your browser wants one press before it opens the microphone.' : `Your browser wants one press before it may hear ${SOURCE_WORDS[source]}.`}
              {resumed ? ' What was captured before is kept. If the meeting is captured in another window, that one stops.' : ''}
            </p>
            <div className="mt-5 flex flex-wrap justify-center gap-3">
              <Button size="l" autoFocus onClick={() => void start()}>
                {resumed ? 'Go on capturing here' : 'Start'}
              </Button>
              {resumed ? (
                <Button size="l" variant="quiet" onClick={onWatch}>
                  Only read along
                </Button>
              ) : null}
            </div>
          </div>
        )
      }
      onEnd={actions.end}
    />
  );
}

function capturePorts(sessionId: string) {
  return { ...browserPorts(sessionId), microphone: meetingCapture(keptSource(sessionId)), getInterests: () => Promise.resolve([]) };
}

/** A time that is right when `at` is set and when what was restored has been shown for long enough. */
function useShownUntil(at: number | undefined): number {
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    setNowMs(Date.now());
    if (at === undefined) return;
    const timer = setTimeout(() => setNowMs(Date.now()), RESTORED_SHOWN_MS + 100);
    return () => clearTimeout(timer);
  }, [at]);
  return nowMs;
}
