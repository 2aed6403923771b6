import Link from 'next/link';
import Check from 'lucide-react/icons/check';
import { MoreSummary } from '#components/ui/more-summary.tsx';
import type { ProfileInterest } from '#domain/interests/ports.ts';
import { clockTime } from '#domain/session/times.ts';
import { momentLink } from './interest-evidence.ts';
import { SentimentBadge } from './sentiment-badge.tsx';
import { saidWords, topicTitle, whenWords } from './words.ts';

/** More places than these are shown on request. */
const SHOWN = 2;

/** One interest across sessions, with links to the moments it was said. */
export function ProfileInterestCard({ interest: { topic, sentiment, status, evidence }, nowMs }: { interest: ProfileInterest; nowMs: number }) {
  const rows = (of: ProfileInterest['evidence']) =>
    of.map((one) => (
      <li key={`${one.interestId} ${one.itemId} ${one.startMs} ${one.quote}`}>
        <Link href={momentLink(one.sessionId, one.startMs)} className="block rounded-r-xl border-l-2 border-accent py-1 pl-3 hover:bg-sunken">
          <q className="text-soft">{one.quote}</q>
          <span className="mt-0.5 block text-sm text-faint">
            {whenWords(one.saidAt, nowMs)} · at {clockTime(one.startMs)}
          </span>
        </Link>
      </li>
    ));
  return (
    <li className="min-w-0 rounded-2xl border border-line bg-raised p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1.5">
        <h3 className="min-w-0 text-xl wrap-anywhere">{topicTitle(topic)}</h3>
        <SentimentBadge sentiment={sentiment} />
      </div>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-faint">
        {saidWords(evidence.length)}
        {status === 'confirmed' ? (
          <span className="inline-flex items-center gap-1 text-accent">
            <Check aria-hidden size={14} />
            Confirmed by you
          </span>
        ) : null}
      </p>
      <ul className="mt-3 grid gap-2">{rows(evidence.slice(0, SHOWN))}</ul>
      {evidence.length > SHOWN ? (
        <details className="group/more mt-1.5 text-[0.9375rem]">
          <MoreSummary>Earlier</MoreSummary>
          <ul className="mt-2 grid gap-2">{rows(evidence.slice(SHOWN))}</ul>
        </details>
      ) : null}
    </li>
  );
}
