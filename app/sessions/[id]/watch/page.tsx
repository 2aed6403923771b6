import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { WatchScreen } from '#components/code-watch/watch-screen.tsx';
import { uuidSchema } from '#domain/ids.ts';
import { requirePerson } from '../../../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Watch' };

export default async function WatchPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!uuidSchema.safeParse(id).success) notFound();
  await requirePerson(`/sessions/${id}/watch`);
  return <WatchScreen sessionId={id} />;
}
