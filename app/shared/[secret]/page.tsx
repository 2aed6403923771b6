import type { Metadata } from 'next';
import { SharedMeetingScreen } from '#components/meetings/shared-meeting-screen.tsx';
import { SiteHeader } from '#components/ui/site-header.tsx';

export const metadata: Metadata = { title: 'Shared meeting', robots: { index: false, follow: false }, referrer: 'no-referrer' };

export default async function SharedPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto w-full max-w-3xl px-5 pt-6 pb-24 sm:px-8 sm:pt-8">
        <SharedMeetingScreen secret={secret} />
      </main>
    </>
  );
}
