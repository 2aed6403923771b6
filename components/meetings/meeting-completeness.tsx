'use client';

import { useEffect, useState } from 'react';
import { api, ProblemError } from '#components/api/client.ts';
import type { Meeting } from '#domain/meetings/schema.ts';
import type { Session } from '#domain/session/session.ts';
import { isOpen } from '#domain/session/session-status.ts';
import { CoverageThread } from './coverage-bar.tsx';
import { completenessWords } from './meeting-words.ts';

/** One that is under way or being finished is asked for again this often. */
const FOLLOW_EVERY_MS = 10_000;

/** In a row of the list: how much of a meeting is there, in words and as a thread. Of a complete one its badge says it all. */
export function MeetingCompleteness({ session: { id, status } }: { session: Session }) {
  const [meeting, setMeeting] = useState<Meeting | null>(null);
  const changing = isOpen(status) || status === 'processing';
  useEffect(() => {
    if (status === 'completed' || status === 'created') return;
    const stop = new AbortController();
    const ask = () =>
      api.getMeeting(id, stop.signal).then(setMeeting, (error: unknown) => {
        // The row stands without it; its page tells what is wrong.
        if (!stop.signal.aborted && !(error instanceof ProblemError)) throw error;
      });
    void ask();
    const timer = changing ? setInterval(() => void ask(), FOLLOW_EVERY_MS) : undefined;
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [id, status, changing]);
  const words = meeting ? completenessWords(meeting.coverage) : null;
  if (!meeting || !words) return null;
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-soft">
      <CoverageThread meeting={meeting} />
      <span>
        {meeting.stream?.state === 'away' ? 'The stream is away. ' : ''}
        {words}
      </span>
    </div>
  );
}
