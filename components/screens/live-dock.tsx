'use client';

import type { ReactNode, RefObject } from 'react';
import Mic from 'lucide-react/icons/mic';
import MicOff from 'lucide-react/icons/mic-off';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import type { LiveSession } from '#components/live-session/live-session-types.ts';
import { ThreadCanvas, type ThreadVoice } from '#components/ui/thread-canvas.tsx';
import { Composer } from './composer.tsx';
import { notYetStored, stateWords } from './live-notices.ts';
import { ControlButton, LiveNotices } from './live-parts.tsx';

/** Mute while a microphone is open, otherwise the way to open one. */
export function toggleMicrophone({ view, actions }: LiveSession): void {
  if (view.microphone === 'muted') actions.unmute();
  else if (view.microphone === 'on') actions.mute();
  else void actions.start({ microphone: true });
}
export function togglePause({ view, actions }: LiveSession): void {
  if (isPaused(view)) actions.resume();
  else actions.pause();
}
export function isPaused(view: LiveSession['view']): boolean {
  return view.status === 'paused' || view.agentState === 'paused';
}

interface Props {
  session: LiveSession;
  input: RefObject<HTMLTextAreaElement | null>;
  typeLabel: string;
  /** Controls of this kind of session, between pause and end. */
  children: ReactNode;
  end: ReactNode;
}

/** The lower part of a live page: notices, the thread and who has the word, controls, and the text box. */
export function LiveDock({ session, input, typeLabel, children, end }: Props) {
  const { view, actions, level } = session;
  const paused = isPaused(view);
  const muted = view.microphone === 'muted';
  const open = view.microphone === 'on' || muted;
  const voice: ThreadVoice = paused || view.connection !== 'live' ? 'nobody' : view.agentState === 'speaking' && !view.personSpeaking ? 'agent' : view.microphone === 'on' ? 'person' : 'nobody';
  return (
    <div className="shrink-0 border-t border-line bg-paper px-3 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-8">
      <LiveNotices session={session} />
      <div className="mx-auto mt-2 grid w-full max-w-2xl grid-cols-1 gap-3">
        <div className="flex items-center gap-4">
          <ThreadCanvas level={level} voice={voice} className="h-14 min-w-0 flex-1 sm:h-18" />
          <p className="w-28 shrink-0 text-right text-sm text-soft sm:w-48 sm:text-[0.9375rem]">
            {stateWords(view)}
            <span className="block text-sm text-warn empty:hidden">{notYetStored(view)}</span>
          </p>
        </div>
        <div className="flex gap-1.5 sm:gap-2">
          <ControlButton
            icon={muted || !open ? <MicOff aria-hidden size={18} /> : <Mic aria-hidden size={18} />}
            label={!open ? 'Speak' : muted ? 'Unmute' : 'Mute'}
            pressed={open ? muted : undefined}
            disabled={view.microphone === 'asking'}
            onClick={() => toggleMicrophone(session)}
          />
          <ControlButton icon={paused ? <Play aria-hidden size={18} /> : <Pause aria-hidden size={18} />} label={paused ? 'Resume' : 'Pause'} pressed={paused} onClick={() => togglePause(session)} />
          {children}
          {end}
        </div>
        <Composer input={input} label={typeLabel} onSend={actions.sendText} />
      </div>
    </div>
  );
}
