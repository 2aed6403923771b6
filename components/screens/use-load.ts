'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ProblemError } from '#components/api/client.ts';
import { signInPath } from './next-path.ts';

export type Loaded<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; problem: ProblemError };

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
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [busy, setBusy] = useState(true);
  const latest = useRef(load);
  const running = useRef<AbortController | null>(null);
  /** Changed by the page while it loads: the answer was asked for before. */
  const meanwhile = useRef<((value: T) => T)[]>([]);
  useEffect(() => {
    latest.current = load;
  });

  const reload = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    meanwhile.current = [];
    setBusy(true);
    try {
      let value: T = await latest.current(controller.signal);
      if (controller.signal.aborted) return;
      for (const change of meanwhile.current) value = change(value);
      setLoaded({ state: 'ready', value });
    } catch (error) {
      if (controller.signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      if (!leaveToSignIn(error)) setLoaded({ state: 'failed', problem: error });
    } finally {
      if (running.current === controller) {
        running.current = null;
        setBusy(false);
      }
    }
  }, []);

  useEffect(() => {
    void reload();
    return () => running.current?.abort();
  }, [key, reload]);

  const setValue = useCallback((change: (value: T) => T) => {
    if (running.current) meanwhile.current.push(change);
    setLoaded((now) => (now.state === 'ready' ? { state: 'ready', value: change(now.value) } : now));
  }, []);
  return { loaded, busy, reload, setValue };
}
