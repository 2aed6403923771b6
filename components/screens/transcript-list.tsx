'use client';

import { memo, useEffect, useRef, type MouseEvent } from 'react';
import Play from 'lucide-react/icons/play';
import type { TranscriptItem } from '#domain/session/session.ts';
import { clockTime } from '#domain/session/times.ts';
import type { WordGroup } from '#domain/session/word-groups.ts';
import { UnheardText } from './caption-list.tsx';
import { itemAnchor } from './interest-evidence.ts';
import { useInventedPerson } from './invented-person.ts';
import { PlayableWords } from './playable-words.tsx';
import { speakerWords } from './words.ts';

interface Props {
  items: TranscriptItem[];
  /** Of each item. */
  groups: WordGroup[][];
  /** Index of the item being played; -1: none. */
  current: number;
  /** Index of its group being played; -1: none. */
  currentGroup: number;
  /** True: keep what is being played in sight. */
  following: boolean;
  /** Missing: there is no recording to play from. Stays the same, or every line is drawn anew. */
  onPlay?: (fromMs: number) => void;
}

/** The transcript. An item's time plays from there, and so does a click on a group of its words. */
export function TranscriptList({ items, groups, current, currentGroup, following, onPlay }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (!following || current < 0) return;
    const item = list.current?.children[current];
    (item?.querySelector('[data-playing]') ?? item)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [current, currentGroup, following]);
  return (
    <ol ref={list} aria-label="Transcript" className="grid gap-1">
      {items.map((item, index) => (
        <TranscriptLine key={item.itemId} item={item} groups={groups[index]!} playing={index === current} playingGroup={index === current ? currentGroup : -1} onPlay={onPlay} />
      ))}
    </ol>
  );
}

interface LineProps {
  item: TranscriptItem;
  groups: WordGroup[];
  playing: boolean;
  playingGroup: number;
  onPlay?: (fromMs: number) => void;
}

/** For the keyboard there are the button and the keys of the page: a hundred buttons within the text would be in a reader's way. */
const TranscriptLine = memo(function TranscriptLine({ item, groups, playing, playingGroup, onPlay }: LineProps) {
  const agent = item.speaker === 'agent';
  const invented = useInventedPerson();
  function playWhereClicked({ target }: MouseEvent) {
    // A selection of text is not a click.
    if (!onPlay || getSelection()?.isCollapsed === false) return;
    const group = target instanceof Element ? target.closest<HTMLElement>('[data-from-ms]') : null;
    onPlay(group ? Number(group.dataset.fromMs) : item.startMs);
  }
  return (
    <li
      id={itemAnchor(item.itemId)}
      aria-current={playing || undefined}
      onClick={playWhereClicked}
      className={`-mx-3 scroll-mt-6 scroll-mb-44 rounded-2xl outline-edge target:outline-1 px-3 py-3 sm:-mx-4 sm:px-4 ${playing ? 'bg-wash' : ''} ${onPlay ? 'cursor-pointer' : ''}`}
    >
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <span className={agent ? 'text-faint' : 'text-accent'}>{speakerWords(item.speaker, invented)}</span>
        {onPlay ? (
          <button
            type="button"
            onClick={(event) => {
              event.stopPropagation();
              onPlay(item.startMs);
            }}
            aria-label={`Play from ${clockTime(item.startMs)}`}
            className="inline-flex min-h-6 items-center gap-1 rounded px-1 text-faint tabular-nums hover:text-accent"
          >
            <Play aria-hidden size={12} fill="currentColor" strokeWidth={0} />
            {clockTime(item.startMs)}
          </button>
        ) : (
          <span className="text-faint tabular-nums">{clockTime(item.startMs)}</span>
        )}
      </div>
      <p className={`mt-1 ${agent ? 'font-serif text-xl leading-snug' : 'text-[1.0625rem] leading-relaxed'}`}>
        {onPlay ? <PlayableWords text={item.text} groups={groups} playing={playingGroup} /> : item.text}
        <UnheardText text={item.unheardText} />
      </p>
    </li>
  );
});
