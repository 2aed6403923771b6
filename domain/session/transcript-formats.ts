/** The transcript as a file: plain text, Markdown, SubRip and WebVTT. */
import { type TranscriptGap, gapWords, withGaps } from '../meetings/transcript-gaps.ts';
import { cuesOf } from './cues.ts';
import type { Cue } from './cues.ts';
import type { Session, TranscriptItem } from './session.ts';
import { type SpeakerNames, speakerName } from './speaker-names.ts';
import { clockTime, pad, timeParts } from './times.ts';

export const TRANSCRIPT_FILE_FORMATS = ['txt', 'md', 'srt', 'vtt'] as const;
export type TranscriptFileFormat = (typeof TRANSCRIPT_FILE_FORMATS)[number];
export const TRANSCRIPT_CONTENT_TYPES: Record<TranscriptFileFormat, string> = {
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
};

export interface Transcript {
  session: Session;
  /** By start. */
  items: TranscriptItem[];
  /** What the speaker `user` is called. */
  personName: string;
  /** What the voices of a meeting are called, joined ones alike. */
  speakerNames?: SpeakerNames;
  /** Of a meeting: said at their place in `md` and `vtt`. `txt` is words only, and SubRip knows no comments. */
  gaps?: TranscriptGap[];
}

/** The whole file's text, ending in a line break unless there is nothing to write. */
export function formatTranscript(transcript: Transcript, format: TranscriptFileFormat): string {
  const spoken = transcript.items.map((item) => ({ ...item, text: item.text.replace(/\s+/gu, ' ').trim() })).filter((item) => item.text !== '');
  const rows = withGaps(spoken, transcript.gaps ?? []);
  const nameOf = (item: TranscriptItem) => speakerName(item.speaker, transcript.speakerNames ?? {}, transcript.personName);
  const named = new Set(spoken.map(nameOf)).size > 1;
  /** Words nobody could be told to have said stand without a name. */
  const withName = (item: TranscriptItem) => (named && nameOf(item) !== null ? `${nameOf(item)}: ${item.text}` : item.text);
  switch (format) {
    case 'txt':
      return paragraphs(spoken.map(withName));
    case 'md':
      return paragraphs([
        `# ${escapeMarkdown(transcript.session.title)}`,
        dateAndLength(transcript.session),
        ...rows.map((row) => (row.kind === 'gap' ? `*${clockTime(row.gap.atMs)} · ${escapeMarkdown(gapWords(row.gap))}.*` : `${markdownName(nameOf(row.item))}${clockTime(row.item.startMs)}\n\n${escapeMarkdown(row.item.text)}`)),
      ]);
    case 'srt': {
      const cues = spoken.flatMap((item) => cuesOf({ ...item, text: withName(item) }));
      return paragraphs(cues.map((cue, index) => `${index + 1}\n${cueTimes(cue, ',')}\n${cue.lines.join('\n').replaceAll('-->', '→')}`));
    }
    case 'vtt': {
      const blocks = rows.flatMap((row) => {
        if (row.kind === 'gap') return [`NOTE ${clockTime(row.gap.atMs)}: ${gapWords(row.gap)}`];
        const { item } = row;
        const name = nameOf(item);
        const voice = named && name !== null ? `<v ${escapeVtt(name)}>` : '';
        return cuesOf(item).map((cue) => `${cueTimes(cue, '.')}\n${voice}${cue.lines.map(escapeVtt).join('\n')}`);
      });
      return paragraphs(['WEBVTT', ...blocks]);
    }
  }
}

const markdownName = (name: string | null) => (name === null ? '' : `**${escapeMarkdown(name)}** · `);

/** A file name any system takes, made of the session's title; `extension` without its dot. */
export function fileName(title: string, extension: string): string {
  const stem = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M} ._-]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[ .]+|[ .]+$/gu, '');
  return `${[...stem].slice(0, 80).join('').trim() || 'session'}.${extension}`;
}

export function paragraphs(parts: string[]): string {
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

/** `4 March 2026, 09:06 UTC · 1:02:09` */
export function dateAndLength(session: Pick<Session, 'startedAt' | 'createdAt' | 'durationMs'>): string {
  const date = new Date(session.startedAt ?? session.createdAt);
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  return `${day}, ${date.toISOString().slice(11, 16)} UTC · ${clockTime(session.durationMs)}`;
}

function cueTimes(cue: Cue, decimal: ',' | '.'): string {
  return `${cueTime(cue.startMs, decimal)} --> ${cueTime(cue.endMs, decimal)}`;
}

function cueTime(ms: number, decimal: ',' | '.'): string {
  const { hours, minutes, seconds } = timeParts(ms);
  return `${pad(hours)}:${pad(minutes)}:${pad(seconds)}${decimal}${String(ms % 1000).padStart(3, '0')}`;
}

function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Emphasis, links, code and HTML anywhere; lists, headings, quotes and rules at the start of the paragraph. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&]/g, '\\$&').replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2').replace(/^(#|\+|-|=)/, '\\$1');
}
