'use client';

import { useId, useState } from 'react';
import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import Eye from 'lucide-react/icons/eye';
import UserPlus from 'lucide-react/icons/user-plus';
import { api, type ProblemError } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { INPUT_CLASS } from '#components/ui/field.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { Invitation, InvitationKind } from '#domain/code/invitation.ts';
import { asProblem, leaveToSignIn, useLoad } from './use-load.ts';
import { whenWords } from './words.ts';

const EXPIRIES = [
  { hours: 2, title: '2 hours' },
  { hours: 24, title: 'a day' },
  { hours: 3 * 24, title: '3 days' },
  { hours: 7 * 24, title: 'a week' },
  { hours: 14 * 24, title: 'two weeks' },
  { hours: 60 * 24, title: '60 days' },
];
const KINDS: Record<InvitationKind, { title: string; text: string; button: string }> = {
  candidate: { title: 'The candidate', text: 'For one person, without an account. A new link takes the place of an unused one; once somebody came in with theirs, a new one hands the seat on.', button: 'Make a candidate’s link' },
  observer: { title: 'Your team', text: 'For colleagues who sign in as interviewers. They watch, listen and take notes; the candidate is told that a team may be watching.', button: 'Make a link for watching' },
};
const STATUS: Record<Invitation['status'], { words: string; look: string }> = {
  open: { words: 'Open', look: 'bg-wash text-accent' },
  accepted: { words: 'Used', look: 'bg-sunken text-soft' },
  revoked: { words: 'Withdrawn', look: 'bg-sunken text-faint' },
  expired: { words: 'Expired', look: 'bg-warn-wash text-warn' },
};

/** Links into a session for its candidate and for those who watch. A link is shown once, when it is made. */
export function InvitationsPanel({ sessionId, over, onChange }: { sessionId: string; over: boolean; onChange?: () => void }) {
  const { loaded, reload } = useLoad(`invitations ${sessionId}`, async (signal) => ({ ...(await api.listInvitations(sessionId, signal)), nowMs: Date.now() }));
  const [made, setMade] = useState<Partial<Record<InvitationKind, { id: string; link: string }>>>({});
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);

  async function attempt(work: () => Promise<void>) {
    setProblem(null);
    try {
      await work();
      await reload();
      onChange?.();
    } catch (error) {
      const met = asProblem(error);
      if (!leaveToSignIn(met)) setProblem(met);
    }
  }
  const make = (kind: InvitationKind, expiresInHours: number) =>
    attempt(async () => {
      const { invitation, secret } = await api.invite(sessionId, { kind, expiresInHours });
      setMade((now) => ({ ...now, [kind]: { id: invitation.id, link: `${location.origin}/join/${secret}` } }));
    });
  const withdraw = (invitation: Invitation) =>
    attempt(async () => {
      await api.revokeInvitation(sessionId, invitation.id);
      setMade((now) => (now[invitation.kind]?.id === invitation.id ? { ...now, [invitation.kind]: undefined } : now));
    });
  const list = loaded.state === 'ready' ? loaded.value.invitations : [];

  return (
    <section aria-labelledby="invitations" className="mt-10">
      <h2 id="invitations" className="text-2xl">
        Invitations
      </h2>
      {problem ? (
        <div className="mt-4">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      {over ? (
        <p className="mt-2 text-soft">The interview is over; links do not lead in any more.</p>
      ) : (
        <div className="mt-4 grid gap-4 md:grid-cols-2">
          {(['candidate', 'observer'] as const).map((kind) => (
            <MakeLink key={kind} kind={kind} link={made[kind]?.link ?? null} onMake={(hours) => void make(kind, hours)} />
          ))}
        </div>
      )}
      {loaded.state === 'failed' ? (
        <div className="mt-4">
          <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} />
        </div>
      ) : null}
      {list.length > 0 ? (
        <ul aria-label="Invitations so far, newest first" className="mt-5 divide-y divide-line border-y border-line">
          {list.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3">
              {one.kind === 'candidate' ? <UserPlus aria-hidden size={18} strokeWidth={1.75} className="text-faint" /> : <Eye aria-hidden size={18} strokeWidth={1.75} className="text-faint" />}
              <span className="min-w-40 flex-1">
                {one.acceptedBy ?? (one.kind === 'candidate' ? 'A candidate’s link' : 'A link for watching')}
                <span className="block text-sm text-faint">{detailOf(one, loaded.state === 'ready' ? loaded.value.nowMs : 0)}</span>
              </span>
              <span className={`rounded-full px-2.5 py-0.5 text-sm ${STATUS[one.status].look}`}>{STATUS[one.status].words}</span>
              {one.status === 'open' || one.status === 'accepted' ? (
                <Button variant="bare" className="h-10!" onClick={() => (one.status === 'accepted' ? setWithdrawing(one) : void withdraw(one))} aria-label={`Withdraw the link of ${whenWords(one.createdAt, loaded.state === 'ready' ? loaded.value.nowMs : 0)}`}>
                  Withdraw
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      <ConfirmDialog open={withdrawing !== null} onOpenChange={(open) => !open && setWithdrawing(null)} title="Withdraw a link that was used?" cancel="Leave it" confirm="Withdraw it" onConfirm={() => withdrawing && void withdraw(withdrawing)}>
        {withdrawing?.kind === 'observer'
          ? `${withdrawing.acceptedBy ?? 'Whoever used it'} cannot watch any more, nor read what was said; someone who watches now is shown out within seconds.`
          : `Nobody can come in with it any more, ${withdrawing?.acceptedBy ?? 'whoever used it'} included, after closing their browser. Who is in the session now stays there.`}
      </ConfirmDialog>
    </section>
  );
}

function detailOf({ status, kind, createdAt, expiresAt, acceptedAt }: Invitation, nowMs: number): string {
  if (status === 'accepted' && acceptedAt) return `${kind === 'candidate' ? 'Candidate' : 'Watches'}, came ${lower(whenWords(acceptedAt, nowMs))}`;
  if (status === 'open') return `Made ${lower(whenWords(createdAt, nowMs))}, good until ${dateWords(expiresAt)}`;
  if (status === 'expired') return `Was good until ${dateWords(expiresAt)}`;
  return `Made ${lower(whenWords(createdAt, nowMs))}`;
}
function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (day) => day.toLowerCase());
}
function dateWords(instant: string): string {
  return new Date(instant).toLocaleString(undefined, { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' });
}

function MakeLink({ kind, link, onMake }: { kind: InvitationKind; link: string | null; onMake: (hours: number) => void }) {
  const id = useId();
  const [hours, setHours] = useState(kind === 'candidate' ? 14 * 24 : 7 * 24);
  const [copied, setCopied] = useState(false);
  const { title, text, button } = KINDS[kind];
  async function copy() {
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // No access to the clipboard: the field is selected, so that the person can copy it.
      document.querySelector<HTMLInputElement>(`[id="${id}-link"]`)?.select();
    }
  }
  return (
    <div className="flex flex-col rounded-2xl border border-line bg-raised p-5">
      <h3 className="text-xl">{title}</h3>
      <p className="mt-1.5 mb-4 text-[0.9375rem] text-soft">{text}</p>
      <div className="mt-auto flex flex-wrap items-end gap-3">
        <div className="grow">
          <label htmlFor={`${id}-hours`} className="mb-1.5 block text-sm">
            Good for
          </label>
          <select id={`${id}-hours`} value={hours} onChange={(event) => setHours(Number(event.target.value))} className={`${INPUT_CLASS} select h-11! w-full`}>
            {EXPIRIES.map((one) => (
              <option key={one.hours} value={one.hours}>
                {one.title}
              </option>
            ))}
          </select>
        </div>
        <Button
          variant={kind === 'candidate' && !link ? 'primary' : 'quiet'}
          onClick={() => {
            setCopied(false);
            onMake(hours);
          }}
        >
          {link ? 'Make another' : button}
        </Button>
      </div>
      {link ? (
        <div className="mt-4 border-t border-line pt-4">
          <label htmlFor={`${id}-link`} className="mb-1.5 block text-sm">
            The link. It is shown this once, so copy it now.
          </label>
          <div className="flex gap-2">
            <input id={`${id}-link`} readOnly value={link} onFocus={(event) => event.target.select()} className={`${INPUT_CLASS} h-11! min-w-0 flex-1 font-mono text-[0.9375rem]!`} />
            <Button onClick={() => void copy()}>
              {copied ? <Check aria-hidden size={17} /> : <Copy aria-hidden size={17} />}
              {copied ? 'Copied' : 'Copy'}
            </Button>
          </div>
          <p role="status" className="sr-only">
            {copied ? 'The link is copied.' : 'The link is ready.'}
          </p>
        </div>
      ) : null}
    </div>
  );
}
