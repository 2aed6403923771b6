import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LiveScreen } from '#components/screens/live-screen.tsx';
import { uuidSchema } from '#domain/ids.ts';
import { requirePerson } from '../../../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Live' };

export default async function LivePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!uuidSchema.safeParse(id).success) notFound();
  await requirePerson(`/sessions/${id}/live`);
  return <LiveScreen sessionId={id} />;
}
