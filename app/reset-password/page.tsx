import type { Metadata } from 'next';
import { AccountPage } from '#components/sign-in/account-page.tsx';
import { ResetScreen } from '#components/sign-in/reset-screen.tsx';
import { type SearchParams, requireAccounts } from '../_server/account-settings.ts';

export const metadata: Metadata = { title: 'A new password' };

export default async function ResetPasswordPage({ searchParams }: { searchParams: SearchParams }) {
  const { settings, next } = await requireAccounts(searchParams);
  return (
    <AccountPage title="A new password" lead="A code to your e-mail address lets you choose one.">
      <ResetScreen settings={settings} next={next} />
    </AccountPage>
  );
}
