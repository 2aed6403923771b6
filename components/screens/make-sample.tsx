'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import AudioLines from 'lucide-react/icons/audio-lines';
import { api } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import type { ButtonVariant } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { eraseSession } from './erase-session.ts';
import { useAttempt } from './use-load.ts';

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
  const { problem, attempt } = useAttempt();

  async function make() {
    setBusy(true);
    const session = await attempt(async () => {
      if (insteadOf) await eraseSession(insteadOf);
      return api.makeSample();
    });
    if (session) router.push(`/sessions/${session.id}`);
    else setBusy(false);
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
