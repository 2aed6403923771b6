'use client';

import { api, type AudioTrack, type TranscriptFormat } from '#components/api/client.ts';
import { DownloadFile, DownloadGroup, DownloadPopup } from './download-popup.tsx';
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

interface Props {
  sessionId: string;
  recording: boolean;
  /** True: an interviewer spoke as well. */
  conversation: boolean;
  /** False: the person only typed, so there is no voice of theirs. */
  spoke: boolean;
  /** Hands out words, times and interests as one file. */
  onSaveData: () => void;
}

/** Everything of a session as files; the server names those it sends. */
export function DownloadMenu({ sessionId, recording, conversation, spoke, onSaveData }: Props) {
  const invented = useInventedPerson();
  const tracks = TRACKS.filter(({ track }) => (conversation ? spoke || track === 'agent' : track === 'user'));
  return (
    <DownloadPopup>
      <DownloadGroup title="The words" first>
        {FORMATS.map(({ format, title }) => (
          <DownloadFile key={format} title={title} ending={format} from={api.transcriptUrl(sessionId, format)} />
        ))}
        <DownloadFile title="Data: words, times, interests" ending="json" from={onSaveData} />
      </DownloadGroup>
      {recording ? (
        <DownloadGroup title="The recording">
          {tracks.map(({ track, title }) => (
            <DownloadFile key={track} title={track === 'user' && invented ? `${invented}’s voice` : title} ending="wav" from={api.audioUrl(sessionId, track)} />
          ))}
        </DownloadGroup>
      ) : null}
    </DownloadPopup>
  );
}
