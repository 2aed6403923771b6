'use client';

import { memo, useEffect, useMemo, useRef, type MouseEvent } from 'react';
import Pencil from 'lucide-react/icons/pencil';
import Play from 'lucide-react/icons/play';
import { itemAnchor } from '#components/screens/interest-evidence.ts';
import { PlayableWords } from '#components/screens/playable-words.tsx';
import type { Meeting } from '#domain/meetings/schema.ts';
import { type TranscriptGap, transcriptGapsOf, withGaps } from '#domain/meetings/transcript-gaps.ts';
import type { TranscriptItem } from '#domain/session/session.ts';
import type { SpeakerNames } from '#domain/session/speaker-names.ts';
import { clockTime } from '#domain/session/times.ts';
import type { WordGroup } from '#domain/session/word-groups.ts';
import { GapRow, RetryGap } from './gap-row.tsx';
import { ItemEditor, type Correct } from './item-editor.tsx';
import { voiceName } from './meeting-words.ts';
import { voiceInk } from './voices.tsx';

interface Props {
  sessionId: string;
  /** What is missing is told between the items. */
  meeting: Meeting;
  items: TranscriptItem[];
  groups: WordGroup[][];
  names: SpeakerNames;
  /** Index of the item being played or pointed at by the keys; -1: none. */
  current: number;
  currentGroup: number;
  /** True: keep what is being played in sight. */
  following: boolean;
  /** The item being corrected. */
  editing: string | null;
  /** Missing: there is no recording. These stay the same, or every line is drawn anew. */
  onPlay?: (fromMs: number) => void;
  /** Missing: it cannot be corrected yet. */
  onEdit?: (itemId: string | null) => void;
  onCorrect: Correct;
  /** Missing: what failed cannot be tried again yet. */
  onRetried?: () => void;
}

/** The transcript of a meeting: followed while it plays, and put right in place. */
export function MeetingTranscript({ sessionId, meeting, items, groups, names, current, currentGroup, following, editing, onPlay, onEdit, onCorrect, onRetried }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (!following || current < 0 || editing !== null) return;
    const item = document.getElementById(itemAnchor(items[current]?.itemId ?? ''));
    (item?.querySelector('[data-playing]') ?? item)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [current, currentGroup, editing, following, items]);
  const rows = useMemo(() => withGaps(items.map((item, index) => ({ item, index, startMs: item.startMs, endMs: item.endMs })), transcriptGapsOf(meeting)), [items, meeting]);
  const failedIn = ({ startMs, endMs }: TranscriptGap) => meeting.chunks.filter((chunk) => chunk.state === 'failed' && chunk.startMs >= startMs && chunk.endMs <= endMs).map(({ chunk }) => chunk);
  function retried() {
    // The pressed button goes with its row: whoever works by keyboard stays in the transcript.
    list.current?.focus({ preventScroll: true });
    onRetried?.();
  }
  return (
    <ol ref={list} tabIndex={-1} aria-label="Transcript" className="grid gap-0.5 outline-none">
      {rows.map((row, place) => {
        if (row.kind === 'gap') {
          const chunks = onRetried ? failedIn(row.gap) : [];
          return (
            <GapRow key={`${row.gap.reason} ${row.gap.startMs}`} gap={row.gap} columns="grid-cols-[3.5rem_1fr] gap-x-1" indent={onPlay !== undefined}>
              {chunks.length > 0 ? <RetryGap sessionId={sessionId} chunks={chunks} place={clockTime(row.gap.atMs)} onRetried={retried} /> : null}
            </GapRow>
          );
        }
        const { item, index } = row.item;
        const before = rows[place - 1];
        const goesOn = before?.kind === 'item' && before.item.item.speaker === item.speaker;
        return (
          <Line
            key={item.itemId}
            sessionId={sessionId}
            item={item}
            groups={groups[index]!}
            name={goesOn ? null : voiceName(item.speaker, names)}
            at={index === current}
            playingGroup={index === current ? currentGroup : -1}
            editing={editing === item.itemId}
            onPlay={onPlay}
            onEdit={onEdit}
            onCorrect={onCorrect}
          />
        );
      })}
    </ol>
  );
}

interface LineProps extends Pick<Props, 'sessionId' | 'onPlay' | 'onEdit' | 'onCorrect'> {
  item: TranscriptItem;
  groups: WordGroup[];
  /** Null: the one before goes on, or nobody could be told. */
  name: string | null;
  at: boolean;
  playingGroup: number;
  editing: boolean;
}

const Line = memo(function Line({ sessionId, item, groups, name, at, playingGroup, editing, onPlay, onEdit, onCorrect }: LineProps) {
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // Whoever corrects by keyboard goes on from where they were.
    if (wasEditing.current && !editing) pencil.current?.focus({ preventScroll: true });
    wasEditing.current = editing;
  }, [editing]);
  function playWhereClicked({ target }: MouseEvent) {
    // A selection of text is not a click.
    if (!onPlay || editing || getSelection()?.isCollapsed === false) return;
    const group = target instanceof Element ? target.closest<HTMLElement>('[data-from-ms]') : null;
    onPlay(group ? Number(group.dataset.fromMs) : item.startMs);
  }
  const time = clockTime(item.startMs);
  return (
    <li
      id={itemAnchor(item.itemId)}
      aria-current={at || undefined}
      onClick={playWhereClicked}
      className={`group/line -mx-3 scroll-mt-6 scroll-mb-48 rounded-2xl px-3 py-1.5 ${at ? 'bg-wash' : ''} ${onPlay && !editing ? 'cursor-pointer' : ''}`}
    >
      {name ? <p className={`pt-2 text-sm ${voiceInk(item.speaker)}`}>{name}</p> : null}
      {editing ? (
        <ItemEditor sessionId={sessionId} item={item} onCorrect={onCorrect} onClose={() => onEdit?.(null)} />
      ) : (
        <div className="grid grid-cols-[3.5rem_1fr_auto] items-start gap-x-1">
          {onPlay ? (
            <button
              type="button"
              aria-label={`Play from ${time}`}
              onClick={(event) => {
                event.stopPropagation();
                onPlay(item.startMs);
              }}
              className="-ml-1 inline-flex min-h-7 items-center gap-1 rounded px-1 text-sm text-faint tabular-nums hover:text-accent"
            >
              <Play aria-hidden size={10} fill="currentColor" strokeWidth={0} />
              {time}
            </button>
          ) : (
            <span className="pt-0.5 text-sm text-faint tabular-nums">{time}</span>
          )}
          <p className="min-w-0 text-[1.0625rem] leading-relaxed wrap-anywhere">
            {item.text.trim() === '' ? <span className="text-faint italic">Removed: nobody said this.</span> : onPlay ? <PlayableWords text={item.text} groups={groups} playing={playingGroup} /> : item.text}
          </p>
          {onEdit ? (
            <button
              ref={pencil}
              type="button"
              aria-label={`Correct what was said at ${time}`}
              title="Correct"
              onClick={(event) => {
                event.stopPropagation();
                onEdit(item.itemId);
              }}
              className="grid size-8 place-items-center rounded-full text-faint hover:bg-sunken hover:text-ink focus-visible:opacity-100 group-hover/line:opacity-100 [@media(hover:hover)]:opacity-0 [@media(hover:hover)]:group-hover/line:opacity-100 [@media(hover:hover)]:focus-visible:opacity-100"
            >
              <Pencil aria-hidden size={15} strokeWidth={1.75} />
            </button>
          ) : null}
        </div>
      )}
    </li>
  );
});
