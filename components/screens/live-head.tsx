'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ConnectionState } from '#components/live-session/live-session-types.ts';
import { SpoolMark } from '#components/ui/spool-mark.tsx';
import { ThemeToggle } from '#components/ui/theme-toggle.tsx';
import { clockTime } from '#domain/session/times.ts';
import { HelpDialog } from './help-dialog.tsx';

const CONNECTION_WORDS: Record<ConnectionState, { label: string; dot: string }> = {
  idle: { label: 'Not connected', dot: 'bg-edge' },
  connecting: { label: 'Connecting', dot: 'bg-warn motion-safe:animate-pulse' },
  warming: { label: 'Warming up', dot: 'bg-warn motion-safe:animate-pulse' },
  live: { label: 'Connected', dot: 'bg-accent' },
  reconnecting: { label: 'Reconnecting', dot: 'bg-warn motion-safe:animate-pulse' },
  offline: { label: 'Offline', dot: 'bg-danger' },
  closed: { label: 'Disconnected', dot: 'bg-danger' },
};

interface Props {
  title: string;
  connection: ConnectionState;
  /** The time shown, and what it is called where it is read aloud. */
  time: { ms: number; label: string };
  keys: [string, string][];
  help: boolean;
  onHelp: (open: boolean) => void;
  /** Between the time and help. */
  children?: ReactNode;
}

/** The slim head of a live page: title, connection, time, help. */
export function LiveHead({ title, connection, time, keys, help, onHelp, children }: Props) {
  const { label, dot } = CONNECTION_WORDS[connection];
  return (
    <header className="flex h-15 shrink-0 items-center gap-2 border-b border-line px-3 sm:gap-3 sm:px-6">
      <Link href="/sessions" aria-label="Your sessions" className="grid size-10 shrink-0 place-items-center rounded-full hover:bg-sunken">
        <SpoolMark size={26} />
      </Link>
      <h1 className="min-w-0 flex-1 truncate text-lg">{title}</h1>
      <span className="flex items-center gap-2 text-sm text-soft">
        <span aria-hidden className={`size-2 rounded-full ${dot}`} />
        <span className="max-sm:sr-only">{label}</span>
      </span>
      <span className="px-1 text-sm text-soft tabular-nums" aria-label={`${time.label} ${clockTime(time.ms)}`} role="timer" aria-live="off">
        {clockTime(time.ms)}
      </span>
      {children}
      <HelpDialog keys={keys} open={help} onOpenChange={onHelp} />
      <ThemeToggle />
    </header>
  );
}
