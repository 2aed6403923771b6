'use client';

import { useState } from 'react';
import LinkIcon from 'lucide-react/icons/link';
import { api } from '#components/api/client.ts';
import { useAttempt, useLoad } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { InfoDialog } from '#components/ui/dialogs.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { CopyField } from './copy-field.tsx';

const HOURS: [number, string][] = [
  [24, 'One day'],
  [24 * 7, 'One week'],
  [24 * 30, '30 days'],
];

/** Links that let anybody read a meeting's notes and transcript until they run out or are taken back. */
export function ShareDialog({ sessionId }: { sessionId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <LinkIcon aria-hidden size={18} strokeWidth={1.75} />
        Share
      </Button>
      <InfoDialog title="Share this meeting" open={open} onOpenChange={setOpen}>
        {open ? <Shares sessionId={sessionId} /> : null}
      </InfoDialog>
    </>
  );
}

function Shares({ sessionId }: { sessionId: string }) {
  const { loaded, reload, setValue } = useLoad(sessionId, async (signal) => ({ ...(await api.listShares(sessionId, signal)), nowMs: Date.now() }));
  const { problem, attempt } = useAttempt();
  const [hours, setHours] = useState(24 * 7);
  const [made, setMade] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const shares = loaded.state === 'ready' ? loaded.value.shares.filter(({ revokedAt, expiresAt }) => revokedAt === null && Date.parse(expiresAt) > loaded.value.nowMs) : [];

  async function make() {
    setBusy(true);
    const answer = await attempt(() => api.createShare(sessionId, hours));
    setBusy(false);
    if (!answer) return;
    setMade(new URL(answer.url, location.origin).href);
    void reload();
  }
  async function revoke(id: string) {
    const done = await attempt(async () => {
      await api.revokeShare(sessionId, id);
      return true;
    });
    if (!done) return;
    setMade(null);
    setValue((value) => ({ ...value, shares: value.shares.filter((one) => one.id !== id) }));
  }

  return (
    <div className="grid gap-5">
      <p className="text-soft">Whoever has the link can read the notes and the transcript without signing in. They hear no sound and change nothing.</p>
      {made ? (
        <div className="grid gap-2">
          <CopyField label="The link" value={made} />
          <p className="text-sm text-faint">It is shown this once. Make another if you lose it.</p>
        </div>
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <SelectField label="Valid for" value={hours} onChange={(event) => setHours(Number(event.target.value))} className="min-w-36 flex-1">
            {HOURS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </SelectField>
          <Button disabled={busy} onClick={() => void make()} className="h-12!">
            {busy ? 'Making it…' : 'Make a link'}
          </Button>
        </div>
      )}
      {problem ? <ProblemNotice problem={problem} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} /> : null}
      {shares.length > 0 ? (
        <section aria-label="Links that are valid">
          <h3 className="text-lg">Links that are valid</h3>
          <ul className="mt-1.5 divide-y divide-line">
            {shares.map(({ id, createdAt, expiresAt }) => (
              <li key={id} className="flex items-center justify-between gap-3 py-1.5 text-[0.9375rem]">
                <span>
                  Until {new Date(expiresAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
                  <span className="block text-sm text-faint">made {new Date(createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}</span>
                </span>
                <Button variant="bare" onClick={() => void revoke(id)} className="hover:text-danger" aria-label={`Take back the link made ${new Date(createdAt).toLocaleString()}`}>
                  Take back
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
