import type { Metadata } from 'next';
import { JoinScreen } from '#components/screens/join-screen.tsx';
import { SiteHeader } from '#components/ui/site-header.tsx';
import { signedInPerson } from '../../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Invitation', robots: { index: false, follow: false }, referrer: 'no-referrer' };

export default async function JoinPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const person = await signedInPerson();
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto w-full max-w-3xl px-5 pt-8 pb-24 sm:px-8">
        <JoinScreen secret={secret} visitor={person && { name: person.name, role: person.role }} />
      </main>
    </>
  );
}
