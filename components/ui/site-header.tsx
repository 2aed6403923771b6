import type { ReactNode } from 'react';
import { Wordmark } from './spool-mark.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

/** Every page's head: the way to the content for keyboards, the name, and what stands to the right of it. */
export function SiteHeader({ home = '/', children }: { home?: string; children?: ReactNode }) {
  return (
    <>
      <a href="#content" className="fixed top-2 left-2 z-50 -translate-y-20 rounded-full bg-ink px-4 py-2 text-paper focus:translate-y-0">
        Skip to the content
      </a>
      <header className="mx-auto flex h-18 w-full max-w-6xl items-center gap-1 px-5 sm:px-8">
        <a href={home} aria-label="Spool, to the start" className="-ml-1 mr-auto rounded-lg p-1">
          <Wordmark />
        </a>
        {children}
        <ThemeToggle />
      </header>
    </>
  );
}
