'use client';

import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';

/** Mail takes about this long to arrive; Cognito limits how many codes an account gets in an hour. */
export const RESEND_AFTER_MS = 30_000;
const TICK_MS = 500;

/** Six digits, from a mail, a message or an app; phones and password managers fill it in. */
export function CodeField({ error, hint, autoFocus }: { error?: string; hint?: string; autoFocus?: boolean }) {
  return <TextField name="code" label="Code" inputMode="numeric" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} maxLength={20} error={error} hint={hint} autoFocus={autoFocus} />;
}

/** Sends another code, not sooner than half a minute after the last. `justSent`: one was when this appeared. `onSend` answers whether one was sent. */
export function ResendCode({ justSent, busy, onSend }: { justSent: boolean; busy: boolean; onSend: () => Promise<boolean> }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const [sentAtMs, setSentAtMs] = useState(justSent ? nowMs : -Infinity);
  const [said, setSaid] = useState('');
  const waitS = Math.ceil((sentAtMs + RESEND_AFTER_MS - nowMs) / 1000);
  const waiting = waitS > 0;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [waiting]);

  async function send() {
    if (waiting || busy) return;
    setSaid('');
    if (!(await onSend())) return;
    const now = Date.now();
    setSentAtMs(now);
    setNowMs(now);
    setSaid('Another code is on its way. The one before counts no more.');
  }
  return (
    <div className="grid justify-items-start gap-1">
      <Button variant="quiet" aria-disabled={waiting || busy} onClick={() => void send()} className={waiting || busy ? 'opacity-70' : ''}>
        {waiting ? `Another code in ${waitS} s` : 'Send another code'}
      </Button>
      <p role="status" className="text-[0.9375rem] text-accent empty:hidden">
        {said}
      </p>
    </div>
  );
}
