'use client';

import { Button, buttonClass } from '#components/ui/button.tsx';

/** A page that could not be shown: what is safe, what to do, and the id to give to whoever looks into it. */
export function FailureScreen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const id = error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;
  return (
    <main id="content" className="mx-auto w-full max-w-2xl px-5 py-24 sm:px-8">
      <h1 className="text-4xl sm:text-5xl">Something tore</h1>
      <p role="alert" className="mt-5 text-lg text-soft">
        This page could not be shown. What was stored is safe, and audio that was on its way is kept in this browser. Try again; if it stays, run ./spool doctor on the server.
      </p>
      {id ? <p className="mt-3 text-faint">Request id: {id}</p> : null}
      <div className="mt-8 flex flex-wrap gap-3">
        <Button onClick={onRetry}>Try again</Button>
        {/* A full load on purpose: the page that failed may have left the router in disorder. */}
        <a href="/" className={buttonClass('quiet')}>
          To the start
        </a>
      </div>
    </main>
  );
}
