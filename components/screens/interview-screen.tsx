'use client';

import Repeat from 'lucide-react/icons/rotate-ccw';
import Skip from 'lucide-react/icons/skip-forward';
import type { LiveSessionView } from '#components/live-session/live-session-types.ts';
import { useProgress } from '#components/live-session/use-progress.ts';
import { CaptionList, FollowingColumn } from './caption-list.tsx';
import { CommandNote, takeCommandBack } from './command-note.tsx';
import { InterviewProgress } from './interview-progress.tsx';
import { isPaused } from './live-dock.tsx';
import { LiveFrame, isRunning } from './live-frame.tsx';
import { LiveInterests } from './live-interests.tsx';
import { stateWords } from './live-notices.ts';
import { ControlButton, type LiveScreenProps } from './live-parts.tsx';

const KEYS: [string, string][] = [
  ['M', 'Mute or unmute the microphone'],
  ['Space', 'Pause or resume'],
  ['R', 'Have the last question repeated'],
  ['S', 'Skip this question'],
  ['U', 'Take back what was just understood'],
  ['T', 'Type an answer'],
  ['Esc', 'Leave the text box, close a dialog'],
  ['E', 'End the session'],
  ['?', 'Show these keys'],
];
const ENDING = {
  title: 'End the interview?',
  cancel: 'Go on talking',
  text: 'Everything you said is kept. You can read it and listen to it afterwards, but this session cannot be continued.',
};

/** The spoken interview while it runs. */
export function InterviewScreen(screen: LiveScreenProps) {
  const { view, actions } = screen.session;
  const running = isRunning(view);
  const idle = !running || isPaused(view);
  const progress = useProgress(screen.kind, view);
  const lastLine = view.captions.at(-1);
  return (
    <LiveFrame
      screen={screen}
      conversation
      keys={KEYS}
      shortcuts={
        running
          ? [
              { key: 'r', run: actions.repeat },
              { key: 's', run: actions.skip },
              { key: 'u', run: () => takeCommandBack(screen.session) },
            ]
          : []
      }
      typeLabel="Type an answer"
      state={running ? announcedState(view) : ''}
      controls={
        <>
          <ControlButton icon={<Repeat aria-hidden size={18} />} label="Repeat" disabled={idle} onClick={actions.repeat} />
          <ControlButton icon={<Skip aria-hidden size={18} />} label="Skip" disabled={idle} onClick={actions.skip} />
        </>
      }
      ending={ENDING}
    >
      {progress?.areas.length === 0 ? null : <InterviewProgress progress={progress} />}
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
          <CommandNote session={screen.session} />
          <FollowingColumn label="Conversation" growth={`${view.captions.length} ${lastLine?.text.length} ${view.agentText.length}`}>
            {view.captions.length === 0 && !view.agentText && view.connection === 'live' ? <p className="m-auto max-w-sm text-center text-soft">The interviewer is about to begin. You can speak at any time, also in between.</p> : null}
            <CaptionList captions={view.captions} agentText={view.agentText} />
          </FollowingColumn>
        </div>
        <LiveInterests interests={view.interests} announcement={view.interestAnnouncement} />
      </div>
    </LiveFrame>
  );
}

/** Turn by turn is for the eyes; what stops or resumes the session is for the ears as well. */
function announcedState(view: LiveSessionView): string {
  if (view.connection !== 'live' || isPaused(view) || view.microphone === 'muted') return stateWords({ ...view, personSpeaking: false });
  return '';
}
