'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { api, type InterestPatch } from '#components/api/client.ts';
import type { Interest } from '#domain/interests/interest.ts';
import { useAttempt, useLoad } from './use-load.ts';

/**
 * The interests of one session: loading, correcting, deleting. Loads again when `version` changes. A deleted one is gone
 * from the screen at once and from the server with `deleteNow`; until then `undoDelete` has nothing to repair.
 */
export function useInterests(sessionId: string, version: string) {
  const { loaded, reload, setValue } = useLoad(`${sessionId} ${version}`, async (signal) => (await api.getInterests(sessionId, signal)).interests);
  const { problem, attempt } = useAttempt();
  const [deleted, setDeleted] = useState<Interest | null>(null);
  /** The same as `deleted`, for the moment the page is left. */
  const waiting = useRef<Interest | null>(null);

  const hold = useCallback((interest: Interest | null) => {
    waiting.current = interest;
    setDeleted(interest);
  }, []);

  const deleteNow = useCallback(() => {
    const interest = waiting.current;
    if (!interest) return;
    hold(null);
    setValue((list) => list.filter(({ id }) => id !== interest.id));
    const put = (list: Interest[]) => (list.some(({ id }) => id === interest.id) ? list : [...list, interest]);
    void attempt(async () => {
      await api.deleteInterest(sessionId, interest.id);
      return true;
    }).then((done) => (done ? undefined : setValue(put)));
  }, [attempt, hold, sessionId, setValue]);
  useEffect(() => {
    // A phone may end a hidden page without another word, so hiding it is the last sure moment.
    const onVisibility = () => document.visibilityState === 'hidden' && deleteNow();
    document.addEventListener('visibilitychange', onVisibility);
    addEventListener('pagehide', deleteNow);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      removeEventListener('pagehide', deleteNow);
      deleteNow();
    };
  }, [deleteNow]);

  /** False: the server did not take it, and `problem` says why. */
  async function correct(interest: Interest, patch: InterestPatch): Promise<boolean> {
    const changed = await attempt(() => api.updateInterest(sessionId, interest.id, patch));
    if (changed) setValue((list) => list.map((one) => (one.id === changed.id ? changed : one)));
    return changed !== null;
  }
  function remove(interest: Interest): void {
    deleteNow();
    hold(interest);
  }
  return { loaded, reload, problem, deleted, correct, remove, deleteNow, undoDelete: () => hold(null) };
}
export type Interests = ReturnType<typeof useInterests>;
