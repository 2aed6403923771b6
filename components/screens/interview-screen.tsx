'use client';

import { useRef, useState } from 'react';
import Repeat from 'lucide-react/icons/rotate-ccw';
import Skip from 'lucide-react/icons/skip-forward';
import Stop from 'lucide-react/icons/square';
import type { LiveSession } from '#components/live-session/live-session-types.ts';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { CaptionList, FollowingColumn } from './caption-list.tsx';
import { LiveDock, isPaused, toggleMicrophone, togglePause } from './live-dock.tsx';
import { stateWords } from './live-notices.ts';
import { Announcements, ControlButton, EndingPanel, LiveHeader, StartPanel, type LiveScreenProps } from './live-parts.tsx';
import { useLiveShortcuts } from './use-live-shortcuts.ts';

const KEYS: [string, string][] = [
  ['M', 'Mute or unmute the microphone'],
  ['Space', 'Pause or resume'],
  ['R', 'Have the last question repeated'],
  ['S', 'Skip this question'],
  ['T', 'Type an answer'],
  ['Esc', 'Leave the text box, close a dialog'],
  ['E', 'End the session'],
  ['?', 'Show these keys'],
];

/** The spoken interview while it runs. */
export function InterviewScreen({ sessionId, title, resumed, session, onStart }: LiveScreenProps) {
  const { view, actions } = session;
  const input = useRef<HTMLTextAreaElement>(null);
  const [help, setHelp] = useState(false);
  const [ending, setEnding] = useState(false);
  const fresh = view.connection === 'idle' && view.captions.length === 0;
  const running = view.connection !== 'idle' && !view.ended;
  const idle = !running || isPaused(view);

  useLiveShortcuts(
    running
      ? [
          { key: 'm', run: () => toggleMicrophone(session) },
          { key: ' ', run: () => togglePause(session) },
          { key: 'r', run: actions.repeat },
          { key: 's', run: actions.skip },
          { key: 't', run: () => input.current?.focus() },
          { key: 'e', run: () => setEnding(true) },
          { key: '?', run: () => setHelp(true) },
        ]
      : [{ key: '?', run: () => setHelp(true) }],
  );

  const lastLine = view.captions.at(-1);
  return (
    <div className="flex h-dvh flex-col">
      <LiveHeader title={title} session={session} conversation keys={KEYS} help={help} onHelp={setHelp} />
      <main id="content" className="flex min-h-0 flex-1 flex-col">
        {fresh ? null : (
          <FollowingColumn label="Conversation" growth={`${view.captions.length} ${lastLine?.text.length} ${view.agentText.length}`}>
            {view.captions.length === 0 && !view.agentText && running ? <p className="m-auto max-w-sm text-center text-soft">The interviewer is about to begin. You can speak at any time, also in between.</p> : null}
            <CaptionList captions={view.captions} agentText={view.agentText} />
          </FollowingColumn>
        )}
        <Announcements line={view.announcement} state={running ? announcedState(view) : ''} />
        {view.ended ? (
          <div className="p-4 pt-0 sm:p-8 sm:pt-0">
            <EndingPanel sessionId={sessionId} reason={view.ended.reason} onTakeBack={actions.retry} />
          </div>
        ) : view.connection === 'idle' ? (
          <div className={`p-4 pt-0 sm:p-8 sm:pt-0 ${fresh ? 'my-auto' : ''}`}>
            <StartPanel resumed={resumed} onStart={onStart} />
          </div>
        ) : (
          <LiveDock
            session={session}
            input={input}
            typeLabel="Type an answer"
            end={<ControlButton icon={<Stop aria-hidden size={18} />} label="End" tone="danger" onClick={() => setEnding(true)} />}
          >
            <ControlButton icon={<Repeat aria-hidden size={18} />} label="Repeat" disabled={idle} onClick={actions.repeat} />
            <ControlButton icon={<Skip aria-hidden size={18} />} label="Skip" disabled={idle} onClick={actions.skip} />
          </LiveDock>
        )}
      </main>
      <ConfirmDialog open={ending} onOpenChange={setEnding} title="End the interview?" cancel="Go on talking" confirm="End it" onConfirm={actions.end}>
        Everything you said is kept. You can read it and listen to it afterwards, but this session cannot be continued.
      </ConfirmDialog>
    </div>
  );
}

/** Turn by turn is for the eyes; what stops or resumes the session is for the ears as well. */
function announcedState(view: LiveSession['view']): string {
  if (view.connection !== 'live' || isPaused(view) || view.microphone === 'muted') return stateWords({ ...view, personSpeaking: false });
  return '';
}
