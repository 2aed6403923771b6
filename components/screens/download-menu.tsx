'use client';

import { useRef } from 'react';
import { Menu } from '@base-ui/react/menu';
import Download from 'lucide-react/icons/download';
import { api, type AudioTrack, type TranscriptFormat } from '#components/api/client.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { useInventedPerson } from './invented-person.ts';

const FORMATS: { format: TranscriptFormat; title: string }[] = [
  { format: 'txt', title: 'Plain text' },
  { format: 'md', title: 'Markdown' },
  { format: 'srt', title: 'Subtitles' },
  { format: 'vtt', title: 'Web subtitles' },
];
const TRACKS: { track: AudioTrack; title: string }[] = [
  { track: 'mix', title: 'Both voices' },
  { track: 'user', title: 'Your voice' },
  { track: 'agent', title: 'The interviewer' },
];
const ITEM = 'flex items-baseline justify-between gap-8 rounded-xl px-3 py-2 outline-none select-none data-highlighted:bg-sunken';
const LABEL = 'px-3 pt-2 pb-1 text-sm text-faint';

interface Props {
  sessionId: string;
  recording: boolean;
  /** True: an interviewer spoke as well. */
  conversation: boolean;
  /** Hands out words, times and interests as one file. */
  onSaveData: () => void;
}

/** Everything of a session as files; the server names those it sends. */
export function DownloadMenu({ sessionId, recording, conversation, onSaveData }: Props) {
  const invented = useInventedPerson();
  const tracks = conversation ? TRACKS : TRACKS.filter(({ track }) => track === 'user');
  // Within the page's content, where a reader of landmarks looks for it.
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place} className="contents">
      <Menu.Root>
        <Menu.Trigger className={buttonClass('quiet')}>
          <Download aria-hidden size={18} />
          Download
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner sideOffset={8} align="start" className="z-20 outline-none">
            <Menu.Popup className="max-h-(--available-height) min-w-68 overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 shadow-lift outline-none">
              <Menu.Group>
                <Menu.GroupLabel className={LABEL}>The words</Menu.GroupLabel>
                {FORMATS.map(({ format, title }) => (
                  <Menu.LinkItem key={format} href={api.transcriptUrl(sessionId, format)} download closeOnClick className={ITEM}>
                    {title}
                    <Ending text={format} />
                  </Menu.LinkItem>
                ))}
                <Menu.Item onClick={onSaveData} className={ITEM}>
                  Data: words, times, interests
                  <Ending text="json" />
                </Menu.Item>
              </Menu.Group>
              {recording ? (
                <Menu.Group>
                  <Menu.GroupLabel className={`${LABEL} mt-1.5 border-t border-line pt-3`}>The recording</Menu.GroupLabel>
                  {tracks.map(({ track, title }) => (
                    <Menu.LinkItem key={track} href={api.audioUrl(sessionId, track)} download closeOnClick className={ITEM}>
                      {track === 'user' && invented ? `${invented}’s voice` : title}
                      <Ending text="wav" />
                    </Menu.LinkItem>
                  ))}
                </Menu.Group>
              ) : null}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}

function Ending({ text }: { text: string }) {
  return <span className="text-sm text-faint">.{text}</span>;
}
