'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/field.tsx';
import { withNext } from '#components/screens/next-path.ts';
import type { AccountSignIn } from '#domain/identity/account.ts';
import { AccountForm, AccountLink, type FieldErrors, codeProblem, emailProblem, faults, plainCode, withProblem } from './account-form.tsx';
import { CodeField, ResendCode } from './code-field.tsx';
import { type PendingAccount, pendingAccount, rememberAccount } from './pending-account.ts';
import { useAccount, useSignIn } from './use-account.ts';

/** Confirms an address by the code sent to it, and signs in where the password is still known. */
export function ConfirmScreen({ settings, next }: { settings: AccountSignIn; next: string }) {
  const router = useRouter();
  const signIn = useSignIn(next);
  const { attempt, problem, busy } = useAccount(settings);
  const [account, setAccount] = useState<PendingAccount | null>(null);
  const [typedEmail, setTypedEmail] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  const [confirmed, setConfirmed] = useState(false);
  // Known to the page that was left, not to the server that drew this one.
  useEffect(() => setAccount(pendingAccount()), []);
  const email = account?.email ?? typedEmail.trim();

  async function confirm(value: (name: string) => string) {
    const code = plainCode(value('code'));
    const wrong = faults({ email: emailProblem(email), code: codeProblem(code) });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const done = confirmed || (await attempt('confirm', (client) => client.confirm(email, code).then(() => true)));
    if (!done) return;
    setConfirmed(true);
    rememberAccount({ ...account, email });
    const password = account?.password;
    if (!password) return router.push(withNext('/sign-in', next));
    await attempt('sign-in', (client) => signIn(client, email, password));
  }
  async function resend(): Promise<boolean> {
    const wrong = emailProblem(email);
    setErrors(faults({ email: wrong }));
    return wrong === null && (await attempt('send-code', (client) => client.resend(email).then(() => true))) === true;
  }

  const shown = withProblem(errors, problem);
  return (
    <>
      <AccountForm problem={problem} errors={shown} busy={busy} next={next} submit={confirmed ? 'Sign in' : 'Confirm'} busyWords="One moment…" onSubmit={confirm}>
        {confirmed ? <Notice tone="good" title="The address is confirmed" /> : null}
        {account ? (
          <p className="break-words">
            The code went to <strong className="font-medium">{account.email}</strong>.
          </p>
        ) : (
          <TextField name="email" type="email" label="E-mail address" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={254} value={typedEmail} onChange={(event) => setTypedEmail(event.target.value)} error={shown.email} />
        )}
        <CodeField error={shown.code} hint="Six digits. Look among unwanted mail as well." />
      </AccountForm>
      <div className="mt-6 grid gap-3">
        <ResendCode key={account ? 'sent' : 'asked'} justSent={account !== null} busy={busy} onSend={resend} />
        <AccountLink page="/sign-in" next={next}>
          Back to signing in
        </AccountLink>
      </div>
    </>
  );
}
