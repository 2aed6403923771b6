'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { withNext } from '#components/screens/next-path.ts';
import type { AccountSignIn } from '#domain/identity/account.ts';
import type { SignInStep } from './account-client.ts';
import { AccountForm, AccountLink, type FieldErrors, codeProblem, emailProblem, faults, plainCode, withProblem } from './account-form.tsx';
import { CodeField } from './code-field.tsx';
import { PasswordField } from './password-field.tsx';
import { passwordProblem } from './password-rules.ts';
import { pendingAccount, rememberAccount } from './pending-account.ts';
import { enter, useAccount } from './use-account.ts';

type Step = { step: 'password' } | Extract<SignInStep, { step: 'code' | 'new-password' }>;
const UNSUPPORTED = {
  title: 'This account needs a step that is not offered here',
  next: 'Ask whoever runs this server to finish setting the account up, for example its second factor.',
};

/** Signing in with an account, and the steps Cognito may ask for on the way. `next` is a path of this site. */
export function AccountSignInScreen({ settings, next }: { settings: AccountSignIn; next: string }) {
  const router = useRouter();
  const { attempt, problem, setProblem, busy } = useAccount(settings);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [at, setAt] = useState<Step>({ step: 'password' });
  const [leaving, setLeaving] = useState(false);

  async function goOn(step: SignInStep, email: string, password: string) {
    switch (step.step) {
      case 'done':
        setLeaving(true);
        return enter(step.tokens, next).catch((error: unknown) => {
          setLeaving(false);
          throw error;
        });
      case 'confirm':
        rememberAccount({ email, password });
        return router.push(withNext('/sign-up/confirm', next));
      case 'reset':
        rememberAccount({ email });
        return router.push(withNext('/reset-password', next));
      case 'unsupported':
        setAt({ step: 'password' });
        return setProblem(UNSUPPORTED);
      default:
        return setAt(step);
    }
  }

  async function signIn(value: (name: string) => string) {
    const email = value('email').trim();
    const password = value('password');
    const wrong = faults({ email: emailProblem(email), password: password ? null : 'Give the password.' });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    await attempt('sign-in', async (client) => {
      const step = await client.signIn(email, password);
      // The code of the sign-up has mostly run out by now. One too many is no reason not to ask for it.
      if (step.step === 'confirm') await client.resend(email).catch(() => undefined);
      await goOn(step, email, password);
    });
  }
  async function answer(response: string, wrong: FieldErrors, name?: string) {
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    await attempt(at.step === 'code' ? 'second-factor' : 'reset', async (client) => goOn(await client.answer(response, name), '', ''));
  }

  const changePassword = (step: Extract<Step, { step: 'new-password' }>) => (value: (name: string) => string) => {
    const name = step.name ? value('name').trim() : undefined;
    const wrong = faults({ name: name === '' ? 'Give a name.' : null, password: passwordProblem(settings.passwordRules, value('password')) });
    return answer(value('password'), wrong, name);
  };

  const shown = withProblem(errors, problem);
  const form = { problem, errors: shown, busy: busy || leaving, next };
  function restart() {
    setProblem(null);
    setErrors({});
    setAt({ step: 'password' });
  }
  const startAgain = (
    <Button variant="bare" onClick={restart}>
      Start again
    </Button>
  );
  if (at.step === 'code') {
    return (
      <AccountForm key="code" {...form} after={startAgain} submit="Go on" busyWords="Checking…" onSubmit={(value) => answer(plainCode(value('code')), faults({ code: codeProblem(plainCode(value('code'))) }))}>
        <p>{codeWords(at)}</p>
        <CodeField autoFocus error={shown.code} />
      </AccountForm>
    );
  }
  if (at.step === 'new-password') {
    return (
      <AccountForm key="new" {...form} after={startAgain} submit="Keep it and sign in" busyWords="Signing in…" onSubmit={changePassword(at)}>
        <p>Somebody else chose the password of this account. Choose one that only you know.</p>
        {at.name ? <TextField name="name" label="Your name" autoComplete="name" autoFocus maxLength={100} error={shown.name} hint="The interviewer calls you by it." /> : null}
        <PasswordField label="New password" autoFocus={!at.name} rules={settings.passwordRules} error={shown.password} />
      </AccountForm>
    );
  }
  return (
    <>
      <AccountForm key="password" {...form} submit="Sign in" busyWords="Signing in…" onSubmit={signIn}>
        <TextField name="email" type="email" label="E-mail address" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus maxLength={254} defaultValue={pendingAccount()?.email} error={shown.email} />
        <PasswordField label="Password" error={shown.password} />
      </AccountForm>
      <div className="mt-6 flex flex-wrap gap-x-8">
        <AccountLink page="/reset-password" next={next}>
          I do not know my password
        </AccountLink>
        <AccountLink page="/sign-up" next={next}>
          Make an account
        </AccountLink>
      </div>
    </>
  );
}

function codeWords({ by, where }: Extract<SignInStep, { step: 'code' }>): string {
  if (by === 'app') return 'Enter the code that your authenticator app shows for Spool.';
  return `Enter the code that was sent ${by === 'sms' ? 'by message' : 'by mail'}${where ? ` to ${where}` : ''}.`;
}
