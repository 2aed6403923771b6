'use client';

import { useEffect, useState } from 'react';
import { api, ProblemError, type MeetingNotes } from '#components/api/client.ts';
import { leaveToSignIn } from '#components/screens/use-load.ts';

/** The newest notes of a meeting; null while there are none. While newer ones load the older stay. */
export function useNotes(sessionId: string, version: number): { value: MeetingNotes | null; problem: ProblemError | null; reload: () => void } {
  const [value, setValue] = useState<MeetingNotes | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (version === 0) return;
    const stop = new AbortController();
    api.getNotes(sessionId, stop.signal).then(
      (notes) => {
        setValue(notes);
        setProblem(null);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        if (!(error instanceof ProblemError)) throw error;
        if (error.code !== 'outcome.not_ready' && !leaveToSignIn(error)) setProblem(error);
      },
    );
    return () => stop.abort();
  }, [sessionId, tries, version]);
  return { value, problem, reload: () => setTries((now) => now + 1) };
}
