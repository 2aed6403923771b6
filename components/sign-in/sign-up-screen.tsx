'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { TextField } from '#components/ui/field.tsx';
import { withNext } from '#components/screens/next-path.ts';
import type { AccountSignIn } from '#domain/identity/account.ts';
import { AccountForm, AccountLink, type FieldErrors, emailProblem, faults, withProblem } from './account-form.tsx';
import { PasswordField } from './password-field.tsx';
import { passwordProblem } from './password-rules.ts';
import { pendingAccount, rememberAccount } from './pending-account.ts';
import { useAccount, useSignIn } from './use-account.ts';

/** Making an account. A code to the address confirms it, on the next page. */
export function SignUpScreen({ settings, next }: { settings: AccountSignIn; next: string }) {
  const router = useRouter();
  const signIn = useSignIn(next);
  const { attempt, problem, busy } = useAccount(settings);
  const [errors, setErrors] = useState<FieldErrors>({});

  async function signUp(value: (name: string) => string) {
    const [name, email, password] = [value('name').trim(), value('email').trim(), value('password')];
    const wrong = faults({ name: name ? null : 'Give a name.', email: emailProblem(email), password: passwordProblem(settings.passwordRules, password) });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    await attempt('sign-up', async (client) => {
      rememberAccount({ email });
      const { confirm } = await client.signUp({ email, password, name });
      rememberAccount({ email, password });
      if (confirm) return router.push(withNext('/sign-up/confirm', next));
      await signIn(client, email, password);
    });
  }

  const shown = withProblem(errors, problem);
  return (
    <>
      <AccountForm problem={problem} errors={shown} busy={busy} next={next} submit="Make the account" busyWords="Making it…" onSubmit={signUp}>
        <TextField name="name" label="Your name" autoComplete="name" autoFocus maxLength={100} error={shown.name} hint="The interviewer calls you by it." />
        <TextField name="email" type="email" label="E-mail address" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={254} defaultValue={pendingAccount()?.email} error={shown.email} hint="A code is sent there to see that it is yours." />
        <PasswordField label="Password" rules={settings.passwordRules} error={shown.password} />
      </AccountForm>
      <div className="mt-6">
        <AccountLink page="/sign-in" next={next}>
          I have an account
        </AccountLink>
      </div>
    </>
  );
}
