'use client';

import { useRef, useState } from 'react';
import Copy from 'lucide-react/icons/copy';
import Download from 'lucide-react/icons/download';
import Stop from 'lucide-react/icons/square';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { FollowingColumn } from './caption-list.tsx';
import { dictatedParagraphs, dictatedText } from './dictated-text.ts';
import { LiveDock, isPaused, toggleMicrophone, togglePause } from './live-dock.tsx';
import { Announcements, ControlButton, EndingPanel, LiveHeader, StartPanel, type LiveScreenProps } from './live-parts.tsx';
import { useLiveShortcuts } from './use-live-shortcuts.ts';

const KEYS: [string, string][] = [
  ['M', 'Mute or unmute the microphone'],
  ['Space', 'Pause or resume'],
  ['C', 'Copy the text'],
  ['T', 'Type'],
  ['Esc', 'Leave the text box, close a dialog'],
  ['E', 'End the session'],
  ['?', 'Show these keys'],
];

/** Dictation while it runs: one page of text and nobody who answers. */
export function DictationScreen({ sessionId, title, resumed, session, onStart }: LiveScreenProps) {
  const { view, actions } = session;
  const input = useRef<HTMLTextAreaElement>(null);
  const [help, setHelp] = useState(false);
  const [ending, setEnding] = useState(false);
  const [said, setSaid] = useState('');
  const fresh = view.connection === 'idle' && view.captions.length === 0;
  const running = view.connection !== 'idle' && !view.ended;
  const paragraphs = dictatedParagraphs(view.captions);
  const text = dictatedText(view.captions);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('The browser did not allow copying. Select the text instead.');
    }
  }
  function download() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
    link.download = `${title.replace(/[^\p{L}\p{N} -]/gu, '').trim() || 'dictation'}.txt`;
    link.click();
    URL.revokeObjectURL(link.href);
    setSaid('Downloaded');
  }
  useLiveShortcuts([
    { key: '?', run: () => setHelp(true) },
    ...(text ? [{ key: 'c', run: () => void copy() }] : []),
    ...(running
      ? [
          { key: 'm', run: () => toggleMicrophone(session) },
          { key: ' ', run: () => togglePause(session) },
          { key: 't', run: () => input.current?.focus() },
          { key: 'e', run: () => setEnding(true) },
        ]
      : []),
  ]);

  return (
    <div className="flex h-dvh flex-col">
      <LiveHeader title={title} session={session} conversation={false} keys={KEYS} help={help} onHelp={setHelp} />
      <main id="content" className="flex min-h-0 flex-1 flex-col">
        {fresh ? null : (
          <FollowingColumn label="Your text" growth={`${view.captions.length} ${view.captions.at(-1)?.text.length}`}>
            <div className="mb-auto grid gap-6 font-serif text-[1.375rem] leading-relaxed">
              {paragraphs.length === 0 && running ? <p className="text-faint italic">Start talking. Your words appear here.</p> : null}
              {paragraphs.map((paragraph) => (
                <p key={paragraph.key}>
                  {paragraph.text}{' '}
                  {paragraph.provisional ? (
                    <span data-provisional="" className="text-faint italic">
                      {paragraph.provisional}…
                    </span>
                  ) : null}
                </p>
              ))}
            </div>
          </FollowingColumn>
        )}
        <Announcements line={view.announcement} state={running && isPaused(view) ? 'Paused' : said} />
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
            typeLabel="Type into the text"
            end={<ControlButton icon={<Stop aria-hidden size={18} />} label="End" tone="danger" onClick={() => setEnding(true)} />}
          >
            <ControlButton icon={<Copy aria-hidden size={18} />} label={said === 'Copied' ? 'Copied' : 'Copy'} disabled={!text} onClick={() => void copy()} />
            <ControlButton icon={<Download aria-hidden size={18} />} label="Download" disabled={!text} onClick={download} />
          </LiveDock>
        )}
      </main>
      <ConfirmDialog open={ending} onOpenChange={setEnding} title="End the dictation?" cancel="Go on" confirm="End it" onConfirm={actions.end}>
        The text is kept. You can read and download it afterwards, but this session cannot be continued.
      </ConfirmDialog>
    </div>
  );
}
