'use client';

import { FailureScreen } from '#components/screens/failure-screen.tsx';
import { THEME_SCRIPT } from '#components/ui/theme.ts';
import './globals.css';

/** The last resort, when the root layout itself failed: it brings its own document. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <title>Spool: something went wrong</title>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <FailureScreen error={error} onRetry={retry} />
      </body>
    </html>
  );
}
