'use client';

import { useState } from 'react';
import { TextField } from '#components/ui/field.tsx';
import type { AccountSignIn } from '#domain/identity/account.ts';
import { AccountForm, AccountLink, type FieldErrors, codeProblem, emailProblem, faults, plainCode, withProblem } from './account-form.tsx';
import { CodeField, ResendCode } from './code-field.tsx';
import { PasswordField } from './password-field.tsx';
import { passwordProblem } from './password-rules.ts';
import { pendingAccount, rememberAccount } from './pending-account.ts';
import { useAccount, useSignIn } from './use-account.ts';

/** A new password by a code to the address. Whether there is such an account is not said. */
export function ResetScreen({ settings, next }: { settings: AccountSignIn; next: string }) {
  const signIn = useSignIn(next);
  const { attempt, problem, busy } = useAccount(settings);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [email, setEmail] = useState<string | null>(null);
  const [changed, setChanged] = useState(false);

  const request = (address: string) => attempt('send-code', (client) => client.requestReset(address).then(() => true));
  async function ask(value: (name: string) => string) {
    const address = value('email').trim();
    const wrong = emailProblem(address);
    setErrors(faults({ email: wrong }));
    if (wrong) return;
    rememberAccount({ email: address });
    if (await request(address)) setEmail(address);
  }
  async function change(address: string, value: (name: string) => string) {
    const [code, password] = [plainCode(value('code')), value('password')];
    const wrong = faults({ code: codeProblem(code), password: passwordProblem(settings.passwordRules, password) });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    // A code counts once: should signing in fail, only that is tried again.
    if (!changed && !(await attempt('reset', (client) => client.reset(address, code, password).then(() => true)))) return;
    setChanged(true);
    await attempt('sign-in', (client) => signIn(client, address, password));
  }

  const shown = withProblem(errors, problem);
  const form = { problem, errors: shown, busy, next };
  if (email === null) {
    return (
      <>
        <AccountForm key="ask" {...form} submit="Send a code" busyWords="Sending…" onSubmit={ask}>
          <TextField name="email" type="email" label="E-mail address" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus maxLength={254} defaultValue={pendingAccount()?.email} error={shown.email} />
        </AccountForm>
        <div className="mt-6">
          <AccountLink page="/sign-in" next={next}>
            Back to signing in
          </AccountLink>
        </div>
      </>
    );
  }
  return (
    <>
      <AccountForm key="change" {...form} submit="Keep it and sign in" busyWords="One moment…" onSubmit={(value) => change(email, value)}>
        <p className="break-words">
          If there is an account for <strong className="font-medium">{email}</strong>, a code is on its way there.
        </p>
        {/* Password managers file the new password under this name. */}
        <input hidden type="email" name="username" autoComplete="username" value={email} readOnly />
        <CodeField autoFocus error={shown.code} />
        <PasswordField label="New password" rules={settings.passwordRules} error={shown.password} />
      </AccountForm>
      <div className="mt-6 grid gap-3">
        <ResendCode justSent busy={busy} onSend={async () => (await request(email)) === true} />
        <AccountLink page="/sign-in" next={next}>
          Back to signing in
        </AccountLink>
      </div>
    </>
  );
}
