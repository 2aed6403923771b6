'use client';

import { useRef, useState, type ReactNode } from 'react';
import Stop from 'lucide-react/icons/square';
import type { LiveSessionView } from '#components/live-session/live-session-types.ts';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { LiveDock, toggleMicrophone, togglePause } from './live-dock.tsx';
import { Announcements, ControlButton, EndingPanel, LiveHeader, StartPanel, type LiveScreenProps } from './live-parts.tsx';
import { useLiveShortcuts, type Shortcut } from './use-live-shortcuts.ts';

/** Connected or on the way to it, and not over. */
export function isRunning(view: LiveSessionView): boolean {
  return view.connection !== 'idle' && !view.ended;
}

interface Props {
  screen: LiveScreenProps;
  /** True: an interviewer answers. */
  conversation: boolean;
  /** Every key of the page, for its help. */
  keys: [string, string][];
  /** Those that only this kind of session has. */
  shortcuts: Shortcut[];
  typeLabel: string;
  /** What a screen reader hears when the session changes its state. */
  state: string;
  /** Controls of this kind of session, between pause and end. */
  controls: ReactNode;
  /** Asked before the session is ended. */
  ending: { title: string; cancel: string; text: string };
  /** The words; a session that was never connected has none to show. */
  children: ReactNode;
}

/** The frame of every live page: head, words, controls or what takes their place, and the way out. */
export function LiveFrame({ screen, conversation, keys, shortcuts, typeLabel, state, controls, ending, children }: Props) {
  const { sessionId, title, resumed, session, onStart } = screen;
  const { view, actions } = session;
  const input = useRef<HTMLTextAreaElement>(null);
  const [help, setHelp] = useState(false);
  const [asking, setAsking] = useState(false);
  const fresh = view.connection === 'idle' && view.captions.length === 0;

  useLiveShortcuts([
    { key: '?', run: () => setHelp(true) },
    ...shortcuts,
    ...(isRunning(view)
      ? [
          { key: 'm', run: () => toggleMicrophone(session) },
          { key: ' ', run: () => togglePause(session) },
          { key: 't', run: () => input.current?.focus() },
          { key: 'e', run: () => setAsking(true) },
        ]
      : []),
  ]);

  return (
    <div className="flex h-dvh flex-col">
      <LiveHeader title={title} session={session} conversation={conversation} keys={keys} help={help} onHelp={setHelp} />
      <main id="content" className="flex min-h-0 flex-1 flex-col">
        {fresh ? null : children}
        <Announcements line={view.announcement} state={state} />
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
            typeLabel={typeLabel}
            end={<ControlButton icon={<Stop aria-hidden size={18} />} label="End" tone="danger" onClick={() => setAsking(true)} />}
          >
            {controls}
          </LiveDock>
        )}
      </main>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={ending.title} cancel={ending.cancel} confirm="End it" onConfirm={actions.end}>
        {ending.text}
      </ConfirmDialog>
    </div>
  );
}
