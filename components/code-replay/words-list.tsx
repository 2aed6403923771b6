'use client';

import { memo, useEffect, useRef } from 'react';
import type { ReplayCaption } from '#domain/code/replay.ts';
import { clockTime } from '#domain/session/times.ts';
import { NotHeard } from './not-heard.tsx';

interface Props {
  captions: ReplayCaption[];
  /** Index of what is said now; -1: nothing yet. */
  current: number;
  /** True: keep it in sight. */
  following: boolean;
  person: string;
  onPlay: (fromMs: number) => void;
}

/** What was said, each line a way to its moment. */
export function WordsList({ captions, current, following, person, onPlay }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const scroller = list.current?.parentElement;
    const line = list.current?.children[current];
    if (!following || !scroller || !(line instanceof HTMLElement)) return;
    // Only this column: the page itself stays where it is.
    scroller.scrollTo({ top: line.offsetTop - scroller.clientHeight / 3, behavior: 'smooth' });
  }, [current, following]);
  if (captions.length === 0) return <p className="p-4 text-[0.9375rem] text-soft">Nothing was said.</p>;
  return (
    <ol ref={list} aria-label="What was said" className="grid grid-cols-1 gap-0.5 p-2">
      {captions.map((caption, index) => (
        <Line key={caption.itemId} caption={caption} current={index === current} person={person} onPlay={onPlay} />
      ))}
    </ol>
  );
}

const Line = memo(function Line({ caption: { speaker, text, unheardText, atMs }, current, person, onPlay }: { caption: ReplayCaption; current: boolean; person: string; onPlay: (fromMs: number) => void }) {
  const agent = speaker === 'agent';
  return (
    <li aria-current={current || undefined} className={`rounded-xl px-2.5 py-1.5 ${current ? 'bg-wash' : ''}`}>
      <p className="flex items-baseline justify-between gap-3 text-[0.8125rem]">
        <span className={agent ? 'text-faint' : 'text-accent'}>{agent ? 'Interviewer' : speaker === 'user' ? person : speaker}</span>
        <button type="button" onClick={() => onPlay(atMs)} aria-label={`Go to ${clockTime(atMs)}`} className="min-h-6 rounded px-1 text-faint tabular-nums hover:text-accent">
          {clockTime(atMs)}
        </button>
      </p>
      <p className={agent ? 'font-serif leading-snug' : 'text-[0.9375rem] leading-normal'}>
        {text}
        <NotHeard text={unheardText} />
      </p>
    </li>
  );
});
