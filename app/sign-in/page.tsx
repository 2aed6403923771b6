import type { Metadata } from 'next';
import { safeNextPath } from '#components/screens/next-path.ts';
import { SignInScreen } from '#components/screens/sign-in-screen.tsx';
import { SiteHeader } from '#components/ui/site-header.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto w-full max-w-md px-5 pt-12 pb-20 sm:pt-20">
        <h1 className="text-4xl sm:text-5xl">Who is speaking?</h1>
        <p className="mt-4 mb-9 text-soft">Spool runs on your machine, so a name is enough. There is no password and no account elsewhere.</p>
        <SignInScreen next={safeNextPath(typeof next === 'string' ? next : null)} />
      </main>
    </>
  );
}
