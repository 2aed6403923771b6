import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { THEME_SCRIPT } from '#components/ui/theme.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Spool: say it once, keep every word', template: '%s · Spool' },
  description: 'Spoken interviews, code interviews and dictation on a server you run: a recording you can play back and a transcript that leads to it.',
  applicationName: 'Spool',
};
export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f5ee' },
    { media: '(prefers-color-scheme: dark)', color: '#141613' },
  ],
  width: 'device-width',
  initialScale: 1,
  interactiveWidget: 'resizes-content',
};

export default function RootLayout({ children }: { children: ReactNode }) {
  // The script sets `data-theme` before React sees the element, hence the one suppressed warning.
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
