import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReviewScreen } from '#components/screens/review-screen.tsx';
import { SignedInHeader } from '#components/ui/signed-in-header.tsx';
import { uuidSchema } from '#domain/ids.ts';
import { requirePerson } from '../../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Review' };

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!uuidSchema.safeParse(id).success) notFound();
  const person = await requirePerson(`/sessions/${id}`);
  return (
    <>
      <SignedInHeader name={person.name} />
      <main id="content" className="mx-auto flex min-h-[calc(100dvh-4.5rem)] w-full max-w-3xl flex-col px-5 pt-2 sm:px-8">
        <ReviewScreen sessionId={id} />
      </main>
    </>
  );
}
