import type { Metadata } from 'next';
import { GuestNotice } from '#components/screens/guest-notice.tsx';
import { OwnProblemsScreen } from '#components/screens/own-problems-screen.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SignedInHeader } from '#components/ui/signed-in-header.tsx';
import { requirePerson } from '../../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Your own problems' };

export default async function NewProblemPage() {
  const person = await requirePerson('/problems/new');
  const guest = person.role === 'candidate';
  return (
    <>
      <SignedInHeader name={person.name} guest={guest} admin={person.role === 'admin'} />
      <main id="content" className="mx-auto w-full max-w-3xl px-5 pt-8 pb-24 sm:px-8">
        {guest ? <GuestNotice /> : person.role === 'learner' ? <Notice title="Interviewers add problems">Your role does not allow this. Ask an administrator.</Notice> : <OwnProblemsScreen />}
      </main>
    </>
  );
}
