'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AccountSignIn } from '#domain/identity/account.ts';
import { api } from '#components/api/client.ts';
import { withNext } from '#components/screens/next-path.ts';
import type { AccountClient, AccountTokens } from './account-client.ts';
import { type AccountProblem, type Doing, accountProblem } from './account-problem.ts';
import { forgetAccount } from './pending-account.ts';

/** Does what somebody asked for, one thing at a time. When it fails, `attempt` answers null and `problem` says why, until the next one. */
export function useAccount(settings: AccountSignIn) {
  const [problem, setProblem] = useState<AccountProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const [latest] = useState(settings);
  const loading = useRef<Promise<AccountClient> | null>(null);

  // The library, 45 kB compressed, comes while the person types, and again if it did not come.
  const client = useCallback(() => {
    loading.current ??= import('./account-client.ts').then(
      ({ createAccountClient }) => createAccountClient(latest),
      (error: unknown) => {
        loading.current = null;
        throw error;
      },
    );
    return loading.current;
  }, [latest]);
  useEffect(() => {
    // Said when the person asks for something, not before.
    client().catch(() => undefined);
  }, [client]);

  const attempt = useCallback(
    async <T>(doing: Doing, work: (client: AccountClient) => Promise<T>): Promise<T | null> => {
      setProblem(null);
      setBusy(true);
      try {
        return await work(await client());
      } catch (error) {
        setProblem(accountProblem(error, doing));
        return null;
      } finally {
        setBusy(false);
      }
    },
    [client],
  );
  return { attempt, problem, setProblem, busy };
}

/** Hands the tokens to our server and goes on. A new load, so that the page's memory goes with everything in it. */
export async function enter(tokens: AccountTokens, next: string): Promise<void> {
  await api.keepSignIn(tokens);
  forgetAccount();
  location.replace(next);
}

/** Signs somebody in whose password is known. What Cognito wants besides is asked on the page of signing in. */
export function useSignIn(next: string) {
  const router = useRouter();
  return async (client: AccountClient, email: string, password: string): Promise<void> => {
    const step = await client.signIn(email, password);
    if (step.step === 'done') await enter(step.tokens, next);
    else router.push(withNext('/sign-in', next));
  };
}
