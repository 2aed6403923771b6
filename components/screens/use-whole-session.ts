'use client';

import { useRouter } from 'next/navigation';
import { api } from '#components/api/client.ts';
import type { Session } from '#domain/session/session.ts';
import { eraseSession } from './erase-session.ts';
import type { useAttempt } from './use-load.ts';

/** What can be done with all of a session: calling it something else, and erasing it, which leads back to the list. */
export function useWholeSession(sessionId: string, attempt: ReturnType<typeof useAttempt>['attempt'], onChange: (session: Session) => void) {
  const router = useRouter();
  return {
    async rename(title: string): Promise<boolean> {
      const changed = await attempt(() => api.updateSession(sessionId, { title }));
      if (changed) onChange(changed);
      return changed !== null;
    },
    async erase(): Promise<void> {
      const done = await attempt(async () => {
        await eraseSession(sessionId);
        return true;
      });
      if (done) router.replace('/sessions');
    },
  };
}
