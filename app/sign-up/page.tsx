import type { Metadata } from 'next';
import { AccountPage } from '#components/sign-in/account-page.tsx';
import { SignUpScreen } from '#components/sign-in/sign-up-screen.tsx';
import { type SearchParams, requireAccounts } from '../_server/account-settings.ts';

export const metadata: Metadata = { title: 'Make an account' };

export default async function SignUpPage({ searchParams }: { searchParams: SearchParams }) {
  const { settings, next } = await requireAccounts(searchParams);
  return (
    <AccountPage title="Make an account" lead="Your sessions, and what they say about you, belong to it.">
      <SignUpScreen settings={settings} next={next} />
    </AccountPage>
  );
}
