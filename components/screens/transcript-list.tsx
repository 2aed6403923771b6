'use client';

import { useEffect, useRef } from 'react';
import Play from 'lucide-react/icons/play';
import type { TranscriptItem } from '#domain/session/session.ts';
import { UnheardText } from './caption-list.tsx';
import { itemAnchor } from './interest-evidence.ts';
import { clockTime } from './words.ts';

interface Props {
  items: TranscriptItem[];
  /** Index of the item being played; -1: none. */
  current: number;
  /** True: keep the current item in sight. */
  following: boolean;
  /** Missing: there is no recording to play from. */
  onPlay?: (item: TranscriptItem) => void;
}

function speakerWords(speaker: string): string {
  return speaker === 'user' ? 'You' : speaker === 'agent' ? 'Interviewer' : speaker;
}

/** The transcript; an item's time plays from there, and so does a click on its words. */
export function TranscriptList({ items, current, following, onPlay }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (following && current >= 0) list.current?.children[current]?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [current, following]);
  return (
    <ol ref={list} aria-label="Transcript" className="grid gap-1">
      {items.map((item, index) => {
        const agent = item.speaker === 'agent';
        const playing = index === current;
        return (
          // The button inside does the same for the keyboard; a selection of text is not a click.
          <li
            key={item.itemId}
            id={itemAnchor(item.itemId)}
            aria-current={playing || undefined}
            onClick={() => {
              if (onPlay && getSelection()?.isCollapsed !== false) onPlay(item);
            }}
            className={`-mx-3 scroll-mt-6 scroll-mb-44 rounded-2xl outline-edge target:outline-1 px-3 py-3 sm:-mx-4 sm:px-4 ${playing ? 'bg-wash' : onPlay ? 'hover:bg-sunken' : ''} ${onPlay ? 'cursor-pointer' : ''}`}
          >
            <div className="flex items-baseline justify-between gap-4 text-sm">
              <span className={agent ? 'text-faint' : 'text-accent'}>{speakerWords(item.speaker)}</span>
              {onPlay ? (
                <button
                  type="button"
                  onClick={(event) => {
                    event.stopPropagation();
                    onPlay(item);
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
              {item.text}
              <UnheardText text={item.unheardText} />
            </p>
          </li>
        );
      })}
    </ol>
  );
}
