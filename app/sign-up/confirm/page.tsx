import type { Metadata } from 'next';
import { AccountPage } from '#components/sign-in/account-page.tsx';
import { ConfirmScreen } from '#components/sign-in/confirm-screen.tsx';
import { type SearchParams, requireAccounts } from '../../_server/account-settings.ts';

export const metadata: Metadata = { title: 'Confirm your address' };

export default async function ConfirmPage({ searchParams }: { searchParams: SearchParams }) {
  const { settings, next } = await requireAccounts(searchParams);
  return (
    <AccountPage title="Confirm your address" lead="A code was sent to your e-mail address. It shows that the address is yours.">
      <ConfirmScreen settings={settings} next={next} />
    </AccountPage>
  );
}
