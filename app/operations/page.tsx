import type { Metadata } from 'next';
import { GuestNotice } from '#components/screens/guest-notice.tsx';
import { OperationsScreen } from '#components/screens/operations-screen.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SignedInHeader } from '#components/ui/signed-in-header.tsx';
import { requirePerson } from '../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Operations' };

export default async function OperationsPage() {
  const person = await requirePerson('/operations');
  const guest = person.role === 'candidate';
  return (
    <>
      <SignedInHeader name={person.name} guest={guest} admin={person.role === 'admin'} />
      <main id="content" className="mx-auto w-full max-w-3xl px-5 pt-8 pb-24 sm:px-8">
        {guest ? <GuestNotice /> : person.role === 'admin' ? <OperationsScreen /> : <Notice title="Admins see operations">Your role does not allow this. Ask an administrator.</Notice>}
      </main>
    </>
  );
}
