/** What the pages of accounts need: the user pool, and where the person wanted to go. */
import { redirect } from 'next/navigation';
import { safeNextPath, withNext } from '#components/screens/next-path.ts';
import type { AccountSignIn } from '#domain/identity/account.ts';
import { composition } from '../composition.ts';

export type SearchParams = Promise<{ next?: string | string[] }>;

export async function nextOf(searchParams: SearchParams): Promise<string> {
  const { next } = await searchParams;
  return safeNextPath(typeof next === 'string' ? next : null);
}

/** Where people sign in by name there are no accounts: whoever asks for such a page goes to sign in. */
export async function requireAccounts(searchParams: SearchParams): Promise<{ settings: AccountSignIn; next: string }> {
  const next = await nextOf(searchParams);
  const { signIn } = await composition();
  return { settings: signIn ?? redirect(withNext('/sign-in', next)), next };
}
