import type { Metadata } from 'next';
import { GuestNotice } from '#components/screens/guest-notice.tsx';
import { ProfileScreen } from '#components/screens/profile-screen.tsx';
import { SignOutEverywhere } from '#components/sign-in/sign-out-everywhere.tsx';
import { SignedInHeader } from '#components/ui/signed-in-header.tsx';
import { requirePerson } from '../_server/signed-in-person.ts';
import { composition } from '../composition.ts';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  const person = await requirePerson('/profile');
  const guest = person.role === 'candidate';
  const { accounts } = await composition();
  return (
    <>
      <SignedInHeader name={person.name} guest={guest} admin={person.role === 'admin'} />
      <main id="content" className="mx-auto w-full max-w-4xl px-5 pt-8 pb-24 sm:px-8">
        {guest ? <GuestNotice /> : <ProfileScreen />}
        {accounts && !guest ? <SignOutEverywhere /> : null}
      </main>
    </>
  );
}
