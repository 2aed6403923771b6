import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReplayScreen } from '#components/code-replay/replay-screen.tsx';
import { momentFrom } from '#components/screens/interest-evidence.ts';
import { uuidSchema } from '#domain/ids.ts';
import { requirePerson } from '../../../_server/signed-in-person.ts';

export const metadata: Metadata = { title: 'Replay' };

export default async function ReplayPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Promise<{ at?: string | string[] }> }) {
  const { id } = await params;
  if (!uuidSchema.safeParse(id).success) notFound();
  const atMs = momentFrom((await searchParams).at);
  await requirePerson(`/sessions/${id}/replay${atMs === null ? '' : `?at=${atMs}`}`);
  return <ReplayScreen sessionId={id} atMs={atMs} />;
}
