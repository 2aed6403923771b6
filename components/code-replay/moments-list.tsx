'use client';

import { memo } from 'react';
import ClipboardPaste from 'lucide-react/icons/clipboard-paste';
import Hourglass from 'lucide-react/icons/hourglass';
import Lightbulb from 'lucide-react/icons/lightbulb';
import MessageSquare from 'lucide-react/icons/message-square';
import SquareTerminal from 'lucide-react/icons/square-terminal';
import { clockTime } from '#domain/session/times.ts';
import type { Moment, MomentKind } from './moments.ts';
import { TONE_TEXT } from './run-view.tsx';

const ICONS: Record<MomentKind, typeof Hourglass> = { run: SquareTerminal, hint: Lightbulb, silence: Hourglass, paste: ClipboardPaste, command: MessageSquare };

/** Everything one may want to jump to. `current`: the key of the newest one so far. */
export const MomentsList = memo(function MomentsList({ moments, current, onGo }: { moments: Moment[]; current: string | null; onGo: (toMs: number) => void }) {
  if (moments.length === 0) return <p className="p-4 text-[0.9375rem] text-soft">No runs, hints or long silences.</p>;
  const newest = moments.findIndex(({ key }) => key === current);
  return (
    <ol aria-label="Moments" className="grid grid-cols-1 p-2">
      {moments.map(({ key, kind, atMs, title, text, tone }, index) => {
        const Icon = ICONS[kind];
        return (
          <li key={key}>
            <button
              type="button"
              onClick={() => onGo(atMs)}
              aria-current={key === current || undefined}
              className={`flex w-full items-start gap-2.5 rounded-xl px-2.5 py-1.5 text-left -outline-offset-2 hover:bg-sunken ${key === current ? 'bg-wash' : ''}`}
            >
              <Icon aria-hidden size={16} className={`mt-1 shrink-0 ${TONE_TEXT[tone]}`} />
              <span className="min-w-0 flex-1">
                <span className={`block text-[0.9375rem] ${index > newest ? 'text-soft' : ''}`}>{title}</span>
                {text ? <span className="block truncate text-[0.8125rem] text-faint">{text}</span> : null}
              </span>
              <span className="pt-0.5 text-[0.8125rem] text-faint tabular-nums">{clockTime(atMs)}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
});
