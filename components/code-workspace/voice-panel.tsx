'use client';

import type { ReactNode, RefObject } from 'react';
import Mic from 'lucide-react/icons/mic';
import MicOff from 'lucide-react/icons/mic-off';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import Repeat from 'lucide-react/icons/rotate-ccw';
import Stop from 'lucide-react/icons/square';
import type { LiveSession } from '#components/live-session/live-session-types.ts';
import { CaptionList, FollowingColumn } from '#components/screens/caption-list.tsx';
import { CommandNote } from '#components/screens/command-note.tsx';
import { Composer } from '#components/screens/composer.tsx';
import { isPaused, toggleMicrophone, togglePause } from '#components/screens/live-dock.tsx';
import { notYetStored, stateWords } from '#components/screens/live-notices.ts';
import { LiveNotices } from '#components/screens/live-parts.tsx';
import { ThreadCanvas, type ThreadVoice } from '#components/ui/thread-canvas.tsx';

/** Who has the word, drawn and in words. */
export function VoiceState({ session: { view, level }, className = '' }: { session: LiveSession; className?: string }) {
  const voice: ThreadVoice = isPaused(view) || view.connection !== 'live' ? 'nobody' : view.agentState === 'speaking' && !view.personSpeaking ? 'agent' : view.microphone === 'on' ? 'person' : 'nobody';
  return (
    <div className={`flex items-center gap-3 ${className}`}>
      <ThreadCanvas level={level} voice={voice} className="h-11 min-w-0 flex-1" />
      <p className="max-w-[55%] shrink-0 text-right text-sm text-soft">
        {stateWords(view)}
        <span className="block text-warn empty:hidden">{notYetStored(view)}</span>
      </p>
    </div>
  );
}

export function VoiceControls({ session, onEnd }: { session: LiveSession; onEnd: () => void }) {
  const { view, actions } = session;
  const paused = isPaused(view);
  const muted = view.microphone === 'muted';
  const open = view.microphone === 'on' || muted;
  return (
    <div className="flex gap-1.5">
      <SmallControl label={!open ? 'Speak' : muted ? 'Unmute' : 'Mute'} icon={muted || !open ? <MicOff aria-hidden size={18} /> : <Mic aria-hidden size={18} />} pressed={open ? muted : undefined} disabled={view.microphone === 'asking'} onClick={() => toggleMicrophone(session)} />
      <SmallControl label={paused ? 'Resume' : 'Pause'} icon={paused ? <Play aria-hidden size={18} /> : <Pause aria-hidden size={18} />} pressed={paused} onClick={() => togglePause(session)} />
      <SmallControl label="Repeat" icon={<Repeat aria-hidden size={18} />} disabled={paused} onClick={actions.repeat} />
      <SmallControl label="End" icon={<Stop aria-hidden size={18} />} danger onClick={onEnd} />
    </div>
  );
}

function SmallControl({ icon, label, pressed, danger = false, ...rest }: { icon: ReactNode; label: string; pressed?: boolean; danger?: boolean; disabled?: boolean; onClick: () => void }) {
  const look = pressed ? 'border-accent bg-accent text-on-accent' : danger ? 'border-danger bg-raised text-danger hover:bg-danger-wash' : 'border-edge bg-raised text-ink hover:border-ink';
  return (
    <button type="button" aria-pressed={pressed} className={`flex min-h-11 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-xl border px-1 py-1 text-[0.75rem] leading-tight transition-colors select-none disabled:pointer-events-none disabled:opacity-55 ${look}`} {...rest}>
      {icon}
      {label}
    </button>
  );
}

/** The conversation beside the code: captions, who has the word, controls, and the text box. `instead`: what takes the controls' place. */
export function VoicePanel({ session, input, onEnd, instead }: { session: LiveSession; input: RefObject<HTMLTextAreaElement | null>; onEnd: () => void; instead: ReactNode }) {
  const { view, actions } = session;
  const lastLine = view.captions.at(-1);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="relative flex min-h-0 flex-1 flex-col">
        <CommandNote session={session} />
        <FollowingColumn compact label="Conversation" growth={`${view.captions.length} ${lastLine?.text.length} ${view.agentText.length}`}>
          {view.captions.length === 0 && !view.agentText ? (
            <p className="m-auto max-w-64 text-center text-[0.9375rem] text-soft">{view.connection === 'live' ? 'The interviewer is about to begin. Think aloud, ask, interrupt; it also sees what you type and run.' : 'What is said appears here.'}</p>
          ) : null}
          <CaptionList compact captions={view.captions} agentText={view.agentText} />
        </FollowingColumn>
      </div>
      <div className="grid shrink-0 gap-2.5 border-t border-line px-3 pt-2.5 pb-3">
        <LiveNotices session={session} />
        {instead ?? (
          <>
            <VoiceState session={session} className="max-lg:hidden" />
            <div className="max-lg:hidden">
              <VoiceControls session={session} onEnd={onEnd} />
            </div>
            <Composer input={input} label="Type instead of speaking" onSend={actions.sendText} />
          </>
        )}
      </div>
    </div>
  );
}
