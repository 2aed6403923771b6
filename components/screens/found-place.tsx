import Link from 'next/link';
import ArrowRight from 'lucide-react/icons/arrow-right';
import Play from 'lucide-react/icons/play';
import { SAMPLE_PERSON_NAME } from '#domain/sample/about.ts';
import type { SearchMatch } from '#domain/session/search-match.ts';
import type { Session } from '#domain/session/session.ts';
import { clockTime } from '#domain/session/times.ts';
import { momentLink } from './interest-evidence.ts';
import { isPlayable } from './playable.ts';
import { speakerWords, titleOf } from './words.ts';

/** Where a session says what was searched for, and the way to that moment. */
export function FoundPlace({ session, match }: { session: Session; match: SearchMatch }) {
  const { speaker, startMs, more } = match;
  const play = isPlayable(session);
  return (
    <div className="mt-2.5 basis-full max-sm:order-2 text-[0.9375rem] sm:pl-9.5">
      <p className="border-l-2 border-accent pl-3 text-soft">
        <span className="text-faint">{speakerWords(speaker, session.sample ? SAMPLE_PERSON_NAME : null)}:</span> <Marked {...match} />
      </p>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-3 pl-3.5">
        {/* Above the link that covers the row. */}
        <Link href={momentLink(session.id, startMs, { play })} className="relative inline-flex min-h-9 items-center gap-1.5 rounded font-medium text-accent hover:text-accent-deep hover:underline underline-offset-4">
          {play ? <Play aria-hidden size={14} fill="currentColor" strokeWidth={0} /> : <ArrowRight aria-hidden size={16} />}
          {play ? 'Play this moment' : 'Go to this place'}
          <span className="font-normal tabular-nums">{clockTime(startMs)}</span>
          <span className="sr-only"> of “{titleOf(session)}”</span>
        </Link>
        {more > 0 ? <span className="text-faint">{more === 1 ? 'and one more place' : `and ${more} more places`}</span> : null}
      </p>
    </div>
  );
}

/** The text with the words found emphasised. */
function Marked({ text, marks }: Pick<SearchMatch, 'text' | 'marks'>) {
  return (
    <>
      {marks.map(({ from, to }, index) => (
        <span key={from}>
          {text.slice(marks[index - 1]?.to ?? 0, from)}
          <mark className="rounded-sm bg-wash box-decoration-clone px-0.5 font-medium text-ink">{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.to ?? 0)}
    </>
  );
}
