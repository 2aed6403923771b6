'use client';

import { useId, useState } from 'react';
import Check from 'lucide-react/icons/check';
import ChevronDown from 'lucide-react/icons/chevron-down';
import type { Progress } from '#domain/interview/progress.ts';

type AreaState = 'done' | 'now' | 'open';
const STATE_WORDS: Record<AreaState, string> = { done: 'talked about', now: 'now', open: 'still to come' };

/** Which areas of the interview were touched: under the head where there is room, otherwise one line that opens the list. */
export function InterviewProgress({ progress }: { progress: Progress | null }) {
  const [open, setOpen] = useState(false);
  const list = useId();
  // The place is kept until the first answer of the calculation, so that nothing jumps.
  const areas = (progress?.areas ?? []).map((area) => ({ ...area, state: stateOf(area, progress?.currentId ?? null) }));
  const touched = areas.filter(({ state }) => state !== 'open').length;
  const now = areas.find(({ state }) => state === 'now');
  return (
    <section aria-label="Progress" className="shrink-0 border-b border-line lg:px-8 lg:py-3">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
        className={`block w-full px-5 pt-2.5 pb-1.5 text-left text-[0.8125rem] -outline-offset-2 sm:px-8 lg:hidden ${areas.length === 0 ? 'invisible' : ''}`}
      >
        <span aria-hidden className="flex gap-1.5">
          {areas.map(({ id, state }) => (
            <Bar key={id} state={state} />
          ))}
        </span>
        <span className="mt-1 flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{now?.title ?? 'The beginning'}</span>
          <span className="shrink-0 text-faint tabular-nums">
            {touched} of {areas.length}
            <span className="sr-only"> areas</span>
          </span>
          <ChevronDown aria-hidden size={16} className={`shrink-0 text-soft transition-transform ${open ? 'rotate-180' : ''}`} />
        </span>
      </button>
      <ol
        id={list}
        className={`mx-auto grid max-w-6xl gap-x-4 gap-y-2 max-lg:px-5 max-lg:pt-1 max-lg:pb-3 sm:max-lg:px-8 lg:min-h-8 lg:grid-cols-(--areas) ${open && areas.length > 0 ? '' : 'max-lg:hidden'}`}
        style={{ '--areas': `repeat(${Math.max(1, areas.length)}, minmax(0, 1fr))` } as React.CSSProperties}
      >
        {areas.map(({ id, title, state }) => (
          <li key={id} aria-current={state === 'now' ? 'step' : undefined} className="min-w-0 text-sm">
            <span aria-hidden className="mb-1.5 flex max-lg:hidden">
              <Bar state={state} />
            </span>
            <span className={`flex items-center gap-1.5 ${state === 'now' ? 'font-medium text-ink' : state === 'done' ? 'text-soft' : 'text-faint'}`}>
              <Sign state={state} />
              <span className="truncate">{title}</span>
              <span className="sr-only">, {STATE_WORDS[state]}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function stateOf({ id, touched }: Progress['areas'][number], currentId: string | null): AreaState {
  if (id === currentId) return 'now';
  return touched ? 'done' : 'open';
}

/** Full, half and empty: told apart without colours as well. */
function Bar({ state }: { state: AreaState }) {
  return (
    <span className={`h-1 flex-1 overflow-hidden rounded-full ${state === 'open' ? 'bg-line' : 'bg-edge/40'}`}>
      <span className={`block h-full rounded-full bg-accent transition-[width] duration-500 ${state === 'done' ? 'w-full' : state === 'now' ? 'w-1/2' : 'w-0'}`} />
    </span>
  );
}

function Sign({ state }: { state: AreaState }) {
  if (state === 'done') return <Check aria-hidden size={14} className="shrink-0 text-accent" />;
  return <span aria-hidden className={`size-3.5 shrink-0 rounded-full border-2 lg:hidden ${state === 'now' ? 'border-accent bg-accent' : 'border-edge'}`} />;
}
