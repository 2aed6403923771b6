'use client';

import { useEffect, useState, type ReactNode } from 'react';
import Link from 'next/link';
import ArrowRight from 'lucide-react/icons/arrow-right';
import Play from 'lucide-react/icons/play';
import { api } from '#components/api/client.ts';
import { momentLink } from '#components/screens/interest-evidence.ts';
import type { SearchResults } from '#domain/meetings/search/search.ts';
import type { SessionKind } from '#domain/session/session.ts';
import { clockTime } from '#domain/session/times.ts';

const SHOWN = 5;
/** What one way of finding alone can give; a higher score was found by some of its words and by its meaning (`domain/meetings/search/search.ts`). */
const ONE_WAY_SCORE = 0.5;

/**
 * Below what was found by all of its words: moments of meetings in which something like it was said in other words, or in some of
 * them. `listed`: sessions that stand above already. `instead`: what to show when there is no such moment.
 */
export function MeantMoments({ query, kind, listed, instead = null }: { query: string; kind: SessionKind | null; listed: readonly string[]; instead?: ReactNode }) {
  const [failed, setFailed] = useState<string | null>(null);
  const [found, setFound] = useState<{ query: string; kind: SessionKind | null; results: SearchResults['results'] } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    // The list above stands by itself: while meaning cannot be searched, or the search fails, there is nothing more to say.
    api.searchMoments({ q: query, kind: kind ?? undefined, limit: 20 }, stop.signal).then(
      ({ results }) => setFound({ query, kind, results }),
      () => (stop.signal.aborted ? undefined : setFailed(query)),
    );
    return () => stop.abort();
  }, [query, kind]);
  // While it is looked for, whatever was there for another search goes.
  if (!found || found.query !== query || found.kind !== kind) return failed === query ? instead : null;
  const moments = found.results.filter(({ by, score, sessionId }) => by === 'meaning' || (score > ONE_WAY_SCORE && !listed.includes(sessionId))).slice(0, SHOWN);
  if (moments.length === 0) return instead;
  return (
    <section aria-labelledby="meant" className="mt-12">
      <h2 id="meant" className="text-2xl">
        Said in other words
      </h2>
      <ul className="mt-3 grid gap-4">
        {moments.map(({ sessionId, itemId, title, text, startMs, recorded }) => (
          <li key={`${sessionId} ${itemId}`} className="text-[0.9375rem]">
            <p className="border-l-2 border-accent pl-3 text-soft wrap-anywhere">{text}</p>
            <p className="mt-0.5 flex flex-wrap items-center gap-x-3 pl-3.5">
              <Link href={momentLink(sessionId, startMs, { play: recorded })} className="inline-flex min-h-9 items-center gap-1.5 rounded font-medium text-accent hover:text-accent-deep hover:underline underline-offset-4">
                {recorded ? <Play aria-hidden size={14} fill="currentColor" strokeWidth={0} /> : <ArrowRight aria-hidden size={16} />}
                {recorded ? 'Play this moment' : 'Go to this place'}
                <span className="font-normal tabular-nums">{clockTime(startMs)}</span>
                <span className="sr-only"> of “{title}”</span>
              </Link>
              <span className="text-faint">{title}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
