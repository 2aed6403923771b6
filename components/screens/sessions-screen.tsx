'use client';

import { useDeferredValue, useEffect, useState } from 'react';
import Search from 'lucide-react/icons/search';
import { api } from '#components/api/client.ts';
import { MeantMoments } from '#components/meetings/meant-moments.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { INPUT_CLASS } from '#components/ui/field.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { SpoolMark } from '#components/ui/spool-mark.tsx';
import type { Session } from '#domain/session/session.ts';
import { eraseSession } from './erase-session.ts';
import { MakeSampleButton } from './make-sample.tsx';
import { sampleProgress } from './sample-words.ts';
import { SessionRow } from './session-row.tsx';
import { useAttempt, useLoad } from './use-load.ts';
import { asStartableKind, KIND_WORDS, STARTABLE_KINDS, type StartableKind } from './words.ts';

const PAGE_SIZE = 25;
/** Between the last key of a search and the request. */
const SEARCH_PAUSE_MS = 250;
/** A sample that is being made is asked for this often. */
const FOLLOW_EVERY_MS = 4_000;

/** Everything the person has recorded, newest first, with search and erasing. `invites`: they lead interviews of others. */
export function SessionsScreen({ invites }: { invites: boolean }) {
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<StartableKind | null>(null);
  const { problem, attempt } = useAttempt();
  const [said, setSaid] = useState('');

  useEffect(() => {
    const timer = setTimeout(() => {
      setQuery(typed.trim());
      setSaid('');
    }, SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  const filters = { q: query || undefined, kind: kind ?? undefined, limit: PAGE_SIZE };
  const { loaded, busy, reload, setValue } = useLoad(`${kind} ${query}`, async (signal) => ({ ...(await api.listSessions(filters, signal)), nowMs: Date.now() }));
  const searching = query !== '' || kind !== null;
  const dimmed = useDeferredValue(busy) && loaded.state === 'ready';

  const followed = loaded.state === 'ready' ? loaded.value.sessions.find((session) => sampleProgress(session, loaded.value.nowMs)?.state === 'being-made')?.id : undefined;
  useEffect(() => {
    if (!followed) return;
    const timer = setInterval(() => {
      const put = (session: Session) => setValue((now) => ({ ...now, nowMs: Date.now(), sessions: now.sessions.map((one) => (one.id === session.id ? { ...one, ...session } : one)) }));
      api.getSession(followed).then(put, () => {}); // the next time, or the next page, will tell
    }, FOLLOW_EVERY_MS);
    return () => clearInterval(timer);
  }, [followed, setValue]);

  const showMore = (cursor: string) =>
    attempt(async () => {
      const more = await api.listSessions({ ...filters, cursor });
      // To the list that they continue; another may be looked at by now.
      setValue((now) => (now.nextCursor === cursor ? { ...now, sessions: [...now.sessions, ...more.sessions], nextCursor: more.nextCursor } : now));
    });
  const erase = (session: Session) =>
    attempt(async () => {
      await eraseSession(session.id);
      setValue((now) => ({ ...now, sessions: now.sessions.filter(({ id }) => id !== session.id) }));
      setSaid(session.sample ? 'The sample is removed.' : 'The session is erased.');
    });

  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="text-4xl sm:text-5xl">Sessions</h1>
        <div className="flex flex-wrap gap-2">
          <ButtonLink href="/sessions/new?kind=onboarding">New interview</ButtonLink>
          <ButtonLink href="/sessions/new?kind=code" variant="quiet">
            New code interview
          </ButtonLink>
          <ButtonLink href="/sessions/new?kind=meeting" variant="quiet">
            New meeting
          </ButtonLink>
          <ButtonLink href="/sessions/new?kind=dictation" variant="quiet">
            New dictation
          </ButtonLink>
        </div>
      </div>
      <p role="status" className="sr-only">
        {said || (searching && loaded.state === 'ready' && !busy ? foundWords(loaded.value.sessions.length, loaded.value.nextCursor !== null) : '')}
      </p>

      <form role="search" onSubmit={(event) => event.preventDefault()} className="mt-8 flex flex-wrap gap-3">
        <div className="relative min-w-0 grow basis-64">
          <Search aria-hidden size={18} className="pointer-events-none absolute top-1/2 left-4 -translate-y-1/2 text-faint" />
          <input
            type="search"
            aria-label="Search what was said"
            placeholder="Search what was said"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className={`${INPUT_CLASS} w-full pl-11`}
          />
        </div>
        <select aria-label="Kind" value={kind ?? ''} onChange={(event) => setKind(asStartableKind(event.target.value))} className={`${INPUT_CLASS} select w-full sm:w-44`}>
          <option value="">All kinds</option>
          {STARTABLE_KINDS.map((one) => (
            <option key={one} value={one}>
              {KIND_WORDS[one]}
            </option>
          ))}
        </select>
      </form>

      <div className="mt-6 grid gap-4">{problem ? <ProblemNotice problem={problem} /> : null}</div>
      {loaded.state === 'loading' ? <RowSkeletons /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} onRetry={reload} /> : null}
      {loaded.state === 'ready' && loaded.value.sessions.length === 0 && query === '' ? searching ? <NothingFound /> : <NothingYet /> : null}
      {loaded.state === 'ready' && loaded.value.sessions.length > 0 ? (
        <ul aria-label="Sessions, newest first" aria-busy={dimmed} className={`-mx-3 grid gap-1 transition-opacity sm:-mx-4 ${dimmed ? 'opacity-60' : ''}`}>
          {loaded.value.sessions.map((session) => (
            <SessionRow key={session.id} session={session} nowMs={loaded.value.nowMs} invites={invites} onErase={() => erase(session)} />
          ))}
        </ul>
      ) : null}
      {query !== '' && loaded.state === 'ready' ? <MeantMoments query={query} kind={kind} listed={loaded.value.sessions.map(({ id }) => id)} instead={loaded.value.sessions.length === 0 ? <NothingFound /> : null} /> : null}
      {loaded.state === 'ready' && loaded.value.nextCursor ? (
        <Button variant="quiet" className="mt-6" onClick={() => showMore(loaded.value.nextCursor!)}>
          Show older sessions
        </Button>
      ) : null}
      {loaded.state === 'ready' && loaded.value.sessions.length > 0 && !searching && !followed ? (
        <div className="mt-10 flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line pt-4 text-[0.9375rem] text-faint">
          <span>Want to show Spool without a microphone?</span>
          <MakeSampleButton variant="bare" className="-ml-4 sm:ml-0" />
        </div>
      ) : null}
    </>
  );
}

function foundWords(count: number, more: boolean): string {
  return count === 0 ? 'Nothing found.' : `${more ? 'The newest ' : ''}${count} ${count === 1 ? 'session' : 'sessions'} found.`;
}

function NothingYet() {
  return (
    <div className="rounded-3xl border border-dashed border-edge px-6 py-14 text-center">
      <SpoolMark size={44} className="mx-auto text-ink" />
      <h2 className="mt-5 text-2xl">The spool is empty</h2>
      <p className="mx-auto mt-2 mb-7 max-w-md text-soft">Hold a spoken interview, bring in a meeting or dictate something. Each session is kept here with its recording and its transcript.</p>
      <ButtonLink href="/sessions/new">Start your first session</ButtonLink>
      <div className="mx-auto mt-8 max-w-md border-t border-line pt-6">
        <p className="mb-3 text-[0.9375rem] text-soft">Or look first: two synthesized voices hold a short interview for you. It takes two minutes and no microphone.</p>
        <MakeSampleButton />
      </div>
    </div>
  );
}

function NothingFound() {
  return (
    <div className="rounded-3xl bg-sunken px-6 py-12 text-center">
      <h2 className="text-2xl">Nothing found</h2>
      <p className="mt-2 text-soft">No session matches. Try fewer or other words, or all kinds.</p>
    </div>
  );
}

function RowSkeletons() {
  return (
    <div role="status">
      <span className="sr-only">Loading your sessions</span>
      {[72, 56, 64].map((width) => (
        <div key={width} aria-hidden className="flex items-center gap-4 py-5">
          <div className="grid flex-1 gap-2">
            <div className="h-5 animate-pulse rounded bg-sunken" style={{ width: `${width}%` }} />
            <div className="h-4 w-1/3 animate-pulse rounded bg-sunken" />
          </div>
          <div className="h-6 w-20 animate-pulse rounded-full bg-sunken" />
        </div>
      ))}
    </div>
  );
}
