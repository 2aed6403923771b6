'use client';

import { memo } from 'react';
import { unfinished } from '#components/screens/caption-list.tsx';
import type { SpeakerNames } from '#domain/session/speaker-names.ts';
import { clockTime } from '#domain/session/times.ts';
import type { MeetingLine } from './meeting-lines.ts';
import { voiceName } from './meeting-words.ts';
import { voiceInk } from './voices.tsx';

/** The transcript while it grows: a name where the voice changes, a time at every line, and softer what may still change. */
export function MeetingWordsList({ lines, names }: { lines: MeetingLine[]; names: SpeakerNames }) {
  return (
    <ol aria-label="Transcript" className="grid gap-1">
      {lines.map((line, index) => (
        <Line key={line.itemId} {...line} name={line.speaker === lines[index - 1]?.speaker ? null : voiceName(line.speaker, names)} />
      ))}
    </ol>
  );
}

const Line = memo(function Line({ speaker, text, startMs, final, name }: MeetingLine & { name: string | null }) {
  return (
    <li>
      {name ? <p className={`mt-4 text-sm ${voiceInk(speaker)}`}>{name}</p> : null}
      <p className="grid grid-cols-[3.25rem_1fr] gap-x-2 py-0.5 text-lg leading-relaxed">
        <span className="pt-1 text-sm text-faint tabular-nums">{clockTime(startMs)}</span>
        <span data-provisional={final ? undefined : ''} className={final ? '' : 'text-faint italic'}>
          {final ? text : unfinished(text)}
        </span>
      </p>
    </li>
  );
});
