'use client';

import { useState } from 'react';
import Copy from 'lucide-react/icons/copy';
import Download from 'lucide-react/icons/download';
import { FollowingColumn, unfinished } from './caption-list.tsx';
import { dictatedParagraphs, dictatedText } from './dictated-text.ts';
import { downloadText } from './download-text.ts';
import { isPaused } from './live-dock.tsx';
import { LiveFrame, isRunning } from './live-frame.tsx';
import { ControlButton, type LiveScreenProps } from './live-parts.tsx';

const KEYS: [string, string][] = [
  ['M', 'Mute or unmute the microphone'],
  ['Space', 'Pause or resume'],
  ['C', 'Copy the text'],
  ['T', 'Type'],
  ['Esc', 'Leave the text box, close a dialog'],
  ['E', 'End the session'],
  ['?', 'Show these keys'],
];
const ENDING = {
  title: 'End the dictation?',
  cancel: 'Go on',
  text: 'The text is kept. You can read and download it afterwards, but this session cannot be continued.',
};

/** Dictation while it runs: one page of text and nobody who answers. */
export function DictationScreen(screen: LiveScreenProps) {
  const { view } = screen.session;
  const [said, setSaid] = useState('');
  const running = isRunning(view);
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
    downloadText(`${screen.title.replace(/[^\p{L}\p{N} -]/gu, '').trim() || 'dictation'}.txt`, 'text/plain', `${text}\n`);
    setSaid('Downloaded');
  }

  return (
    <LiveFrame
      screen={screen}
      conversation={false}
      keys={KEYS}
      shortcuts={text ? [{ key: 'c', run: () => void copy() }] : []}
      typeLabel="Type into the text"
      state={running && isPaused(view) ? 'Paused' : said}
      controls={
        <>
          <ControlButton icon={<Copy aria-hidden size={18} />} label={said === 'Copied' ? 'Copied' : 'Copy'} disabled={!text} onClick={() => void copy()} />
          <ControlButton icon={<Download aria-hidden size={18} />} label="Download" disabled={!text} onClick={download} />
        </>
      }
      ending={ENDING}
    >
      <FollowingColumn label="Your text" growth={`${view.captions.length} ${view.captions.at(-1)?.text.length}`}>
        <div className="mb-auto grid gap-6 font-serif text-[1.375rem] leading-relaxed">
          {paragraphs.length === 0 && running ? <p className="text-faint italic">Start talking. Your words appear here.</p> : null}
          {paragraphs.map((paragraph) => (
            <p key={paragraph.key}>
              {paragraph.text}{' '}
              {paragraph.provisional ? (
                <span data-provisional="" className="text-faint italic">
                  {unfinished(paragraph.provisional)}
                </span>
              ) : null}
            </p>
          ))}
        </div>
      </FollowingColumn>
    </LiveFrame>
  );
}
