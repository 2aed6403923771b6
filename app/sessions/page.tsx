import type { Metadata } from 'next';
import { GuestNotice } from '#components/screens/guest-notice.tsx';
import { SessionsScreen } from '#components/screens/sessions-screen.tsx';
import { SignedInHeader } from '#components/ui/signed-in-header.tsx';
import { requirePerson } from '../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Sessions' };

export default async function SessionsPage() {
  const person = await requirePerson('/sessions');
  const guest = person.role === 'candidate';
  return (
    <>
      <SignedInHeader name={person.name} guest={guest} admin={person.role === 'admin'} />
      <main id="content" className="mx-auto w-full max-w-4xl px-5 pt-8 pb-24 sm:px-8">
        {guest ? <GuestNotice /> : <SessionsScreen invites={person.role !== 'learner'} />}
      </main>
    </>
  );
}
