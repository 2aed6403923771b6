'use client';

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ProblemError } from '#components/api/client.ts';
import { Loading } from './loading.ts';
import { signInPath } from './next-path.ts';

/** The error as a problem with words; anything else is a mistake of ours and goes to the error page. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  throw error;
}

/** Sends a person whose sign-in ran out to the sign-in page and back here afterwards. True: on the way. */
export function leaveToSignIn(problem: ProblemError): boolean {
  if (problem.status !== 401) return false;
  location.assign(signInPath(location.pathname + location.search));
  return true;
}

/** Does what somebody asked for. When it fails, `attempt` answers null and `problem` says why, until the next one. */
export function useAttempt() {
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const attempt = useCallback(async <T>(work: () => Promise<T>): Promise<T | null> => {
    setProblem(null);
    try {
      return await work();
    } catch (error) {
      const met = asProblem(error);
      if (!leaveToSignIn(met)) setProblem(met);
      return null;
    }
  }, []);
  return { problem, attempt };
}

/**
 * Loads when the page opens and whenever `key` changes; a newer load cancels the older. While loading again the last
 * value stays. `reload` answers when done; `setValue` is for what the page itself changed.
 */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>) {
  const [loading] = useState(() => new Loading<T>(leaveToSignIn));
  const { loaded, busy } = useSyncExternalStore(loading.subscribe, loading.view, loading.view);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const reload = useCallback(() => loading.load((signal) => latest.current(signal)), [loading]);
  useEffect(() => {
    void reload();
    return () => loading.cancel();
  }, [key, loading, reload]);
  return { loaded, busy, reload, setValue: loading.change };
}
