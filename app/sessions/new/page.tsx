import type { Metadata } from 'next';
import { NewMeetingScreen } from '#components/meetings/new-meeting-screen.tsx';
import { ChooseKindScreen } from '#components/screens/choose-kind-screen.tsx';
import { GuestNotice } from '#components/screens/guest-notice.tsx';
import { NewCodeSessionScreen } from '#components/screens/new-code-session-screen.tsx';
import { NewSessionScreen } from '#components/screens/new-session-screen.tsx';
import { asStartableKind } from '#components/screens/words.ts';
import { SignedInHeader } from '#components/ui/signed-in-header.tsx';
import { requirePerson } from '../../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'New session' };

export default async function NewSessionPage({ searchParams }: { searchParams: Promise<{ kind?: string | string[] }> }) {
  const asked = (await searchParams).kind;
  const kind = asStartableKind(typeof asked === 'string' ? asked : null);
  const person = await requirePerson(`/sessions/new${kind ? `?kind=${kind}` : ''}`);
  const guest = person.role === 'candidate';
  return (
    <>
      <SignedInHeader name={person.name} guest={guest} admin={person.role === 'admin'} />
      <main id="content" className="mx-auto w-full max-w-3xl px-5 pt-8 pb-24 sm:px-8">
        {guest ? <GuestNotice /> : kind === 'code' ? <NewCodeSessionScreen interviewer={person.role === 'interviewer' || person.role === 'admin'} /> : kind === 'meeting' ? <NewMeetingScreen /> : kind ? <NewSessionScreen kind={kind} /> : <ChooseKindScreen />}
      </main>
    </>
  );
}
