'use client';

import { Menu } from '@base-ui/react/menu';
import Download from 'lucide-react/icons/download';
import { api, type TranscriptFormat } from '#components/api/client.ts';
import { buttonClass } from '#components/ui/button.tsx';

const FORMATS: { format: TranscriptFormat; title: string; text: string }[] = [
  { format: 'txt', title: 'Plain text', text: '.txt' },
  { format: 'md', title: 'Markdown', text: '.md' },
  { format: 'srt', title: 'Subtitles', text: '.srt' },
  { format: 'vtt', title: 'Web subtitles', text: '.vtt' },
  { format: 'json', title: 'Data, with times', text: '.json' },
];
const ITEM = 'flex items-baseline justify-between gap-8 rounded-xl px-3 py-2.5 outline-none select-none data-highlighted:bg-sunken';

/** Everything of a session as files. */
export function DownloadMenu({ sessionId, fileName, recording, conversation }: { sessionId: string; fileName: string; recording: boolean; conversation: boolean }) {
  const entries = [
    ...FORMATS.map(({ format, title, text }) => ({ href: api.transcriptUrl(sessionId, format), file: `${fileName}.${format}`, title, text })),
    ...(recording ? [{ href: api.audioUrl(sessionId, conversation ? 'mix' : 'user'), file: `${fileName}.wav`, title: 'Recording', text: '.wav' }] : []),
  ];
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass('quiet')}>
        <Download aria-hidden size={18} />
        Download
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={8} align="end" className="z-20 outline-none">
          <Menu.Popup className="min-w-60 rounded-2xl border border-line bg-raised p-1.5 shadow-lift outline-none">
            {entries.map(({ href, file, title, text }) => (
              <Menu.LinkItem key={file} href={href} download={file} closeOnClick className={ITEM}>
                {title}
                <span className="text-sm text-faint">{text}</span>
              </Menu.LinkItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
