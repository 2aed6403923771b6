'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import AudioLines from 'lucide-react/icons/audio-lines';
import { api, type ProblemError } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import type { ButtonVariant } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { eraseSession } from './erase-session.ts';
import { asProblem, leaveToSignIn } from './use-load.ts';

interface Props {
  variant?: ButtonVariant;
  label?: string;
  /** A sample that takes this one's place. */
  insteadOf?: string;
  className?: string;
}

/** Has a sample made and leads to where it can be followed. */
export function MakeSampleButton({ variant = 'quiet', label = 'Make a sample interview', insteadOf, className }: Props) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);

  async function make() {
    setBusy(true);
    setProblem(null);
    try {
      if (insteadOf) await eraseSession(insteadOf);
      const { id } = await api.makeSample();
      router.push(`/sessions/${id}`);
    } catch (error) {
      const met = asProblem(error);
      setBusy(false);
      if (!leaveToSignIn(met)) setProblem(met);
    }
  }

  return (
    <>
      <Button variant={variant} disabled={busy} onClick={() => void make()} className={className}>
        <AudioLines aria-hidden size={18} strokeWidth={1.75} />
        {busy ? 'Starting…' : label}
      </Button>
      {problem ? (
        <div className="mt-4 w-full text-left">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
    </>
  );
}
