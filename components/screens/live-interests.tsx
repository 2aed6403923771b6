'use client';

import { useId, useState } from 'react';
import ChevronUp from 'lucide-react/icons/chevron-up';
import type { LiveSessionView } from '#components/live-session/live-session-types.ts';
import type { Interest } from '#domain/interests/interest.ts';
import { SentimentBadge } from './sentiment-badge.tsx';
import { categoryName, topicTitle } from './words.ts';

/** What was understood so far, the newest first: beside the words where there is room, otherwise behind a strip below them. */
export function LiveInterests({ interests, announcement }: { interests: LiveSessionView['interests']; announcement: string }) {
  const [open, setOpen] = useState(false);
  const panel = useId();
  const newest = interests.at(-1);
  return (
    <div className={`flex shrink-0 flex-col border-line bg-paper lg:min-h-0 lg:w-84 lg:border-l ${newest ? 'max-lg:border-t' : ''}`}>
      <p aria-live="polite" className="sr-only">
        {announcement}
      </p>
      {newest ? (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panel}
          onClick={() => setOpen(!open)}
          className="flex min-h-11 items-center gap-3 px-5 py-1.5 text-left text-[0.9375rem] -outline-offset-2 sm:px-8 lg:hidden"
        >
          <span className="shrink-0 font-medium">{interests.length === 1 ? '1 interest' : `${interests.length} interests`}</span>
          <span className="min-w-0 flex-1 truncate text-soft">{interests.map(({ topic }) => topicTitle(topic)).toReversed().join(', ')}</span>
          <ChevronUp aria-hidden size={18} className={`shrink-0 text-soft transition-transform ${open ? 'rotate-180' : ''}`} />
        </button>
      ) : null}
      <section id={panel} aria-label="Interests" tabIndex={0} className={`overflow-y-auto overscroll-contain px-5 -outline-offset-2 max-lg:max-h-[38dvh] max-lg:pb-4 sm:max-lg:px-8 lg:min-h-0 lg:flex-1 lg:py-8 ${open && newest ? '' : 'max-lg:hidden'}`}>
        <h2 className="text-lg max-lg:sr-only">Interests</h2>
        {newest ? null : <p className="mt-2 text-[0.9375rem] text-soft">What you like or leave appears here as you talk, with your own words. You can correct it afterwards.</p>}
        <ul className="mt-1 grid grid-cols-1 gap-3 lg:mt-4">
          {interests.toReversed().map((interest) => (
            <InterestCard key={interest.id} interest={interest} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function InterestCard({ interest: { topic, category, sentiment, quote } }: { interest: Interest }) {
  return (
    <li className="rounded-2xl border border-line bg-raised p-4 transition duration-500 starting:translate-y-2 starting:opacity-0">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1.5">
        <h3 className="min-w-0 text-lg wrap-anywhere">{topicTitle(topic)}</h3>
        <SentimentBadge sentiment={sentiment} />
      </div>
      <p className="mt-0.5 text-sm text-faint">{categoryName(category)}</p>
      <blockquote className="mt-2.5 border-l-2 border-accent pl-3 text-[0.9375rem] text-soft">“{quote}”</blockquote>
    </li>
  );
}
