import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReviewScreen } from '#components/screens/review-screen.tsx';
import { momentFrom, momentLink } from '#components/screens/interest-evidence.ts';
import { SignedInHeader } from '#components/ui/signed-in-header.tsx';
import { uuidSchema } from '#domain/ids.ts';
import { requirePerson } from '../../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Review' };

export default async function ReviewPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Promise<{ at?: string | string[]; play?: string | string[] }> }) {
  const { id } = await params;
  if (!uuidSchema.safeParse(id).success) notFound();
  const { at, play: played } = await searchParams;
  const atMs = momentFrom(at);
  const play = played === '1';
  const person = await requirePerson(atMs === null ? `/sessions/${id}` : momentLink(id, atMs, { play }));
  return (
    <>
      <SignedInHeader name={person.name} guest={person.role === 'candidate'} />
      <main id="content" className="mx-auto flex min-h-[calc(100dvh-4.5rem)] w-full max-w-3xl flex-col has-[[data-wide]]:max-w-6xl px-5 pt-2 sm:px-8">
        <ReviewScreen sessionId={id} atMs={atMs} play={play} role={person.role} />
      </main>
    </>
  );
}
