'use client';

import { useId, useMemo, useState } from 'react';
import type { Meeting } from '#domain/meetings/schema.ts';
import { shortLength } from '#domain/session/times.ts';
import { KIND_TITLES, stretchWords, stretchesOf, sumsOf, type StretchKind } from './coverage-stretches.ts';
import { completenessWords } from './meeting-words.ts';

const HATCHED = 'bg-[repeating-linear-gradient(135deg,var(--warn)_0_2px,var(--warn-wash)_2px_6px)]';
/** The mark of each kind, wherever it is told of. */
export const LOOKS: Record<StretchKind, string> = {
  transcribed: 'bg-accent',
  suppressed: 'bg-[linear-gradient(to_top,var(--warn)_35%,var(--paper)_35%_45%,var(--accent)_45%)]',
  waiting: 'bg-edge/50',
  failed: 'bg-danger',
  missing: HATCHED,
};

/**
 * How much of a meeting is there, as a line of stretches. Pointing at one, or going to it with the arrow keys, says what
 * happened there; `onPlay`: Enter or a press plays from there. `compact`: in as little height as can be.
 */
export function CoverageBar({ meeting, onPlay, compact = false }: { meeting: Meeting; onPlay?: (fromMs: number) => void; compact?: boolean }) {
  const id = useId();
  const stretches = useMemo(() => stretchesOf(meeting), [meeting]);
  const [at, setAt] = useState(-1);
  const [pointed, setPointed] = useState(-1);
  const shown = stretches[pointed] ?? stretches[at];
  if (stretches.length === 0) return null;
  const go = (to: number) => setAt(Math.max(0, Math.min(stretches.length - 1, to)));
  return (
    <div>
      <div
        role="listbox"
        aria-label="How much of the meeting is there"
        aria-orientation="horizontal"
        aria-activedescendant={at >= 0 && at < stretches.length ? `${id}-${at}` : undefined}
        aria-describedby={`${id}-legend`}
        tabIndex={0}
        onFocus={() => at < 0 && go(0)}
        onBlur={() => setAt(-1)}
        onPointerLeave={() => setPointed(-1)}
        onKeyDown={(event) => {
          const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stretches.length - 1 }[event.key];
          if (to !== undefined) go(to);
          else if ((event.key === 'Enter' || event.key === ' ') && onPlay && stretches[at]) onPlay(stretches[at].fromMs);
          else return;
          event.preventDefault();
        }}
        className="flex h-4 w-full gap-px overflow-hidden rounded-full bg-sunken"
      >
        {stretches.map((stretch, index) => (
          <div
            key={`${stretch.kind} ${stretch.fromMs}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-label={stretchWords(stretch)}
            onPointerEnter={() => setPointed(index)}
            onClick={() => onPlay?.(stretch.fromMs)}
            style={{ flexGrow: stretch.lengthMs }}
            className={`min-w-1 basis-0 ${LOOKS[stretch.kind]} ${index === at ? 'shadow-[inset_0_0_0_2px_var(--ink)]' : ''} ${onPlay ? 'cursor-pointer' : ''}`}
          />
        ))}
      </div>
      {compact && !shown ? null : (
        <p aria-hidden className="mt-1.5 min-h-5 text-sm text-soft">
          {shown ? stretchWords(shown) : completenessWords(meeting.coverage)}
        </p>
      )}
      <ul id={`${id}-legend`} aria-label="Of it" className={`flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-faint ${compact ? (shown ? 'sr-only' : 'mt-1.5') : 'mt-1'}`}>
        {sumsOf(meeting.coverage).map(({ kind, ms }) => (
          <li key={kind} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-full ${LOOKS[kind]}`} />
            {KIND_TITLES[kind]} <span className="text-soft tabular-nums">{shortLength(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The same, tiny, for a row of a list: the words beside it say it. */
export function CoverageThread({ meeting }: { meeting: Meeting }) {
  return (
    <span aria-hidden className="flex h-1.5 w-full max-w-48 gap-px overflow-hidden rounded-full bg-line">
      {stretchesOf(meeting).map(({ kind, fromMs, lengthMs }) => (
        <span key={`${kind} ${fromMs}`} style={{ flexGrow: lengthMs }} className={`min-w-0.5 basis-0 ${LOOKS[kind]}`} />
      ))}
    </span>
  );
}
