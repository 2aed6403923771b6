'use client';

import { memo, useMemo } from 'react';
import { unfinished } from '#components/screens/caption-list.tsx';
import { type TranscriptGap, withGaps } from '#domain/meetings/transcript-gaps.ts';
import type { SpeakerNames } from '#domain/session/speaker-names.ts';
import { clockTime } from '#domain/session/times.ts';
import { GapRow } from './gap-row.tsx';
import type { MeetingLine } from './meeting-lines.ts';
import { voiceName } from './meeting-words.ts';
import { voiceInk } from './voices.tsx';

/** The transcript while it grows: a name where the voice changes, a time at every line, softer what may still change, and what is missing between. */
export function MeetingWordsList({ lines, gaps, names }: { lines: MeetingLine[]; gaps: TranscriptGap[]; names: SpeakerNames }) {
  const rows = useMemo(() => withGaps(lines, gaps), [gaps, lines]);
  return (
    <ol aria-label="Transcript" className="grid gap-1">
      {rows.map((row, index) => {
        if (row.kind === 'gap') return <GapRow key={`${row.gap.reason} ${row.gap.startMs}`} gap={row.gap} columns="grid-cols-[3.25rem_1fr] gap-x-2" />;
        const { item } = row;
        const before = rows[index - 1];
        const goesOn = before?.kind === 'item' && before.item.speaker === item.speaker;
        return <Line key={item.itemId} {...item} name={goesOn ? null : voiceName(item.speaker, names)} />;
      })}
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
