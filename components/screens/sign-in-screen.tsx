'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState, type FormEvent } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { api, type ProblemError } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import { ChoiceCard, TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { ACCOUNT_ROLES, type AccountRole } from '#domain/actor.ts';
import { asProblem } from './use-load.ts';

const ROLE_WORDS: Record<AccountRole, { title: string; text: string }> = {
  learner: { title: 'Learner', text: 'Holds sessions of your own. The usual choice.' },
  interviewer: { title: 'Interviewer', text: 'For those who lead the interviews of others.' },
  admin: { title: 'Administrator', text: 'For whoever runs this server.' },
};

/** Signing in by name on one's own machine. `next` is a path of this site. */
export function SignInScreen({ next }: { next: string }) {
  const router = useRouter();
  const nameInput = useRef<HTMLInputElement>(null);
  const [role, setRole] = useState<AccountRole>('learner');
  const [nameError, setNameError] = useState<string>();
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    setProblem(null);
    setNameError(undefined);
    if (!name) return refuseName('Give a name, so that the interviewer can call you by it.');
    setBusy(true);
    try {
      await api.signIn({ name, role });
      router.replace(next);
      router.refresh();
    } catch (error) {
      const met = asProblem(error);
      const aboutName = met.errors.find(({ path }) => path === '$.name');
      setBusy(false);
      if (aboutName) refuseName(aboutName.message);
      else setProblem(met);
    }
  }
  function refuseName(message: string) {
    setNameError(message);
    nameInput.current?.focus();
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-6">
      {problem ? <SignInProblem problem={problem} /> : null}
      <TextField
        ref={nameInput}
        name="name"
        label="Your name"
        autoComplete="given-name"
        autoFocus
        maxLength={100}
        error={nameError}
        onChange={() => setNameError(undefined)}
        hint="The same name leads back to the same sessions."
      />
      <details className="group">
        <summary className="inline-flex list-none items-center gap-1.5 rounded text-[0.9375rem] text-soft hover:text-ink [&::-webkit-details-marker]:hidden">
          Advanced
          <ChevronDown aria-hidden size={16} className="transition-transform group-open:rotate-180" />
        </summary>
        <fieldset className="mt-4 grid gap-2.5">
          <legend className="mb-2 font-medium">Your role</legend>
          {ACCOUNT_ROLES.map((one) => (
            <ChoiceCard key={one} name="role" value={one} checked={role === one} onChange={() => setRole(one)} title={ROLE_WORDS[one].title}>
              {ROLE_WORDS[one].text}
            </ChoiceCard>
          ))}
        </fieldset>
      </details>
      <Button type="submit" size="l" disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}

function SignInProblem({ problem }: { problem: ProblemError }) {
  if (problem.code !== 'route.unknown') return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="bad" urgent title="Signing in by name is off here">
      This server asks an identity provider who you are, or you reached it from another machine. Open Spool on the machine it runs on, or ask whoever runs it.
    </Notice>
  );
}
