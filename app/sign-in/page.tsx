import type { Metadata } from 'next';
import { SignInScreen } from '#components/screens/sign-in-screen.tsx';
import { AccountPage } from '#components/sign-in/account-page.tsx';
import { AccountSignInScreen } from '#components/sign-in/account-sign-in-screen.tsx';
import { type SearchParams, nextOf } from '../_server/account-settings.ts';
import { composition } from '../composition.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const next = await nextOf(searchParams);
  const { signIn } = await composition();
  return signIn ? (
    <AccountPage title="Who is speaking?" lead="Sign in with your account.">
      <AccountSignInScreen settings={signIn} next={next} />
    </AccountPage>
  ) : (
    <AccountPage title="Who is speaking?" lead="Spool runs on your machine, so a name is enough. There is no password and no account elsewhere.">
      <SignInScreen next={next} />
    </AccountPage>
  );
}
