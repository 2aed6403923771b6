'use client';

import { useRef } from 'react';
import { Menu } from '@base-ui/react/menu';
import Download from 'lucide-react/icons/download';
import { api } from '#components/api/client.ts';
import { buttonClass } from '#components/ui/button.tsx';

const ITEM = 'flex items-baseline justify-between gap-8 rounded-xl px-3 py-2 outline-none select-none data-highlighted:bg-sunken';
const LABEL = 'px-3 pt-2 pb-1 text-sm text-faint';

interface Props {
  sessionId: string;
  notes: boolean;
  words: boolean;
  recording: boolean;
}

/** Everything of a meeting as files; the server names them. */
export function MeetingDownloads({ sessionId, notes, words, recording }: Props) {
  // Within the page's content, where a reader of landmarks looks for it.
  const place = useRef<HTMLDivElement>(null);
  const groups: { title: string; files: { title: string; ending: string; href: string }[] }[] = [
    notes && {
      title: 'The notes',
      files: [
        { title: 'Word document', ending: 'docx', href: api.notesUrl(sessionId, 'docx') },
        { title: 'Markdown', ending: 'md', href: api.notesUrl(sessionId, 'md') },
        { title: 'Plain text', ending: 'txt', href: api.notesUrl(sessionId, 'txt') },
      ],
    },
    words && {
      title: notes ? 'Notes and transcript together' : 'The whole meeting',
      files: [
        { title: 'Word document', ending: 'docx', href: api.exportUrl(sessionId, 'docx') },
        { title: 'Markdown', ending: 'md', href: api.exportUrl(sessionId, 'md') },
        { title: 'Data', ending: 'json', href: api.exportUrl(sessionId, 'json') },
      ],
    },
    words && {
      title: 'The transcript',
      files: [
        { title: 'Plain text', ending: 'txt', href: api.transcriptUrl(sessionId, 'txt') },
        { title: 'Markdown', ending: 'md', href: api.transcriptUrl(sessionId, 'md') },
        { title: 'Subtitles', ending: 'srt', href: api.transcriptUrl(sessionId, 'srt') },
        { title: 'Web subtitles', ending: 'vtt', href: api.transcriptUrl(sessionId, 'vtt') },
      ],
    },
    recording && { title: 'The recording', files: [{ title: 'Everything that was heard', ending: 'wav', href: api.audioUrl(sessionId, 'user') }] },
  ].filter((group) => group !== false);
  if (groups.length === 0) return null;
  return (
    <div ref={place} className="contents">
      <Menu.Root>
        <Menu.Trigger className={buttonClass('quiet')}>
          <Download aria-hidden size={18} />
          Download
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner sideOffset={8} align="start" className="z-20 outline-none">
            <Menu.Popup className="max-h-(--available-height) min-w-72 overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 shadow-lift outline-none">
              {groups.map(({ title, files }, index) => (
                <Menu.Group key={title}>
                  <Menu.GroupLabel className={index === 0 ? LABEL : `${LABEL} mt-1.5 border-t border-line pt-3`}>{title}</Menu.GroupLabel>
                  {files.map(({ title: what, ending, href }) => (
                    <Menu.LinkItem key={ending} href={href} download closeOnClick className={ITEM}>
                      {what}
                      <span className="text-sm text-faint">.{ending}</span>
                    </Menu.LinkItem>
                  ))}
                </Menu.Group>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
