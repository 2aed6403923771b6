import type { ReactNode } from 'react';
import { SiteHeader } from '#components/ui/site-header.tsx';

/** The frame of a page of signing in. */
export function AccountPage({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto w-full max-w-md px-5 pt-12 pb-20 sm:pt-20">
        <h1 className="text-4xl sm:text-5xl">{title}</h1>
        <p className="mt-4 mb-9 text-soft">{lead}</p>
        {children}
      </main>
    </>
  );
}
