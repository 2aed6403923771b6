'use client';

import { api } from '#components/api/client.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { isOpen } from '#domain/session/session-status.ts';
import { useLoad } from './use-load.ts';
import { titleOf } from './words.ts';

/** What a candidate finds on pages of people with an account: the way to the one session they were let into. */
export function GuestNotice() {
  const { loaded, reload } = useLoad('guest', (signal) => api.listSessions({ limit: 1 }, signal));
  const session = loaded.state === 'ready' ? loaded.value.sessions[0] : undefined;
  return (
    <div className="grid justify-items-start gap-5">
      <h1 className="text-4xl sm:text-5xl">You are here as a guest</h1>
      <p className="max-w-prose text-lg text-soft">An invitation let you into one interview. Lists, a profile and sessions of your own need an account, and you need none for the interview.</p>
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} /> : null}
      {session ? <ButtonLink href={isOpen(session.status) ? `/sessions/${session.id}/live` : `/sessions/${session.id}`}>{isOpen(session.status) ? `To “${titleOf(session)}”` : 'What you said and wrote'}</ButtonLink> : null}
      {loaded.state === 'ready' && !session ? <p className="text-soft">That interview is not yours any more: the seat was handed on, or it was erased.</p> : null}
    </div>
  );
}
