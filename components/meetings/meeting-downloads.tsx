'use client';

import { api } from '#components/api/client.ts';
import { DownloadFile, DownloadGroup, DownloadPopup } from '#components/screens/download-popup.tsx';

interface Props {
  sessionId: string;
  notes: boolean;
  words: boolean;
  recording: boolean;
}

/** Everything of a meeting as files; the server names them. */
export function MeetingDownloads({ sessionId, notes, words, recording }: Props) {
  const groups: { title: string; files: { title: string; ending: string; from: string }[] }[] = [
    notes && {
      title: 'The notes',
      files: [
        { title: 'Word document', ending: 'docx', from: api.notesUrl(sessionId, 'docx') },
        { title: 'Markdown', ending: 'md', from: api.notesUrl(sessionId, 'md') },
        { title: 'Plain text', ending: 'txt', from: api.notesUrl(sessionId, 'txt') },
      ],
    },
    words && {
      title: notes ? 'Notes and transcript together' : 'The whole meeting',
      files: [
        { title: 'Word document', ending: 'docx', from: api.exportUrl(sessionId, 'docx') },
        { title: 'Markdown', ending: 'md', from: api.exportUrl(sessionId, 'md') },
        { title: 'Plain text', ending: 'txt', from: api.exportUrl(sessionId, 'txt') },
        { title: 'Data', ending: 'json', from: api.exportUrl(sessionId, 'json') },
      ],
    },
    words && {
      title: 'The transcript',
      files: [
        { title: 'Plain text', ending: 'txt', from: api.transcriptUrl(sessionId, 'txt') },
        { title: 'Markdown', ending: 'md', from: api.transcriptUrl(sessionId, 'md') },
        { title: 'Subtitles', ending: 'srt', from: api.transcriptUrl(sessionId, 'srt') },
        { title: 'Web subtitles', ending: 'vtt', from: api.transcriptUrl(sessionId, 'vtt') },
      ],
    },
    recording && { title: 'The recording', files: [{ title: 'Everything that was heard', ending: 'wav', from: api.audioUrl(sessionId, 'user') }] },
  ].filter((group) => group !== false);
  if (groups.length === 0) return null;
  return (
    <DownloadPopup>
      {groups.map(({ title, files }, index) => (
        <DownloadGroup key={title} title={title} first={index === 0}>
          {files.map((file) => (
            <DownloadFile key={file.ending} {...file} />
          ))}
        </DownloadGroup>
      ))}
    </DownloadPopup>
  );
}
