'use client';

import { useEffect, useMemo, useState, type ReactNode } from 'react';
import Stop from 'lucide-react/icons/square';
import type { Caption, ConnectionState } from '#components/live-session/live-session-types.ts';
import { FollowingColumn } from '#components/screens/caption-list.tsx';
import { LiveHead } from '#components/screens/live-head.tsx';
import { Announcements, ControlButton } from '#components/screens/live-parts.tsx';
import { useLiveShortcuts, type Shortcut } from '#components/screens/use-live-shortcuts.ts';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { transcriptGapsOf } from '#domain/meetings/transcript-gaps.ts';
import { shortLength } from '#domain/session/times.ts';
import { CoverageBar } from './coverage-bar.tsx';
import type { FollowerView } from './meeting-follower.ts';
import { mergeLines, transcribedThroughMs, voicesOf } from './meeting-lines.ts';
import { LAG_WORTH_SAYING_MS, liveTroubles, namesOf, voiceName } from './meeting-words.ts';
import { MeetingWordsList } from './meeting-words-list.tsx';
import { VoiceChips } from './voices.tsx';

/** Words such as “40 s ago” are counted on between two looks at the ledger. */
const COUNT_EVERY_MS = 1_000;

interface Props {
  title: string;
  now: FollowerView;
  connection: ConnectionState;
  captions: Caption[];
  announcement: string;
  state: string;
  keys: [string, string][];
  shortcuts: Shortcut[];
  /** Above the controls: what is wrong on this page's side. */
  notices?: ReactNode;
  controls?: ReactNode;
  /** In the place of the controls, e.g. before the page may capture. */
  instead?: ReactNode;
  /** In the place of words, while there are none. */
  waiting: string;
  onEnd: () => void;
}

/** A meeting under way: head, how much of it is there, the words as they come, what is wrong, and the way out. */
export function LiveMeetingFrame({ title, now, connection, captions, announcement, state, keys, shortcuts, notices, controls, instead, waiting, onEnd }: Props) {
  const { meeting, items, known } = now;
  const [help, setHelp] = useState(false);
  const [asking, setAsking] = useState(false);
  const nowMs = useCounting(now.nowMs);
  const names = useMemo(() => namesOf(now.speakers), [now.speakers]);
  const lines = useMemo(() => mergeLines(items, captions, known, meeting ? transcribedThroughMs(meeting) : 0), [items, captions, known, meeting]);
  const gaps = useMemo(() => (meeting ? transcriptGapsOf(meeting) : []), [meeting]);
  const voices = useMemo(() => voicesOf(items), [items]);
  const troubles = meeting ? liveTroubles(meeting, nowMs, now.upToDate) : [];
  useLiveShortcuts([{ key: '?', run: () => setHelp(true) }, ...shortcuts, ...(instead ? [] : [{ key: 'e', run: () => setAsking(true) }])]);
  const capturedMs = meeting?.coverage.capturedMs ?? 0;

  return (
    <div className="flex h-dvh flex-col">
      <LiveHead title={title} connection={connection} time={{ ms: capturedMs, label: 'Captured so far' }} keys={keys} help={help} onHelp={setHelp} />
      <main id="content" className="flex min-h-0 flex-1 flex-col">
        {meeting && capturedMs + meeting.coverage.missingMs > 0 ? (
          <section aria-label="Completeness" className="shrink-0 border-b border-line px-5 py-3 sm:px-8">
            <div className="mx-auto grid w-full max-w-2xl gap-2">
              <CoverageBar meeting={meeting} compact />
              <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 empty:hidden">
                <VoiceChips voices={voices} names={names} className="max-sm:hidden" />
                {meeting.coverage.lagMs > 0 && meeting.coverage.lagMs < LAG_WORTH_SAYING_MS ? <p className="text-sm text-faint">The newest {shortLength(meeting.coverage.lagMs)} is provisional: it is heard once more.</p> : null}
              </div>
            </div>
          </section>
        ) : null}
        <FollowingColumn label="The words of the meeting" growth={`${lines.length} ${gaps.length} ${lines.at(-1)?.text.length}`}>
          {lines.length === 0 ? <p className="mb-auto text-lg text-faint italic">{waiting}</p> : null}
          {lines.length + gaps.length === 0 ? null : <MeetingWordsList lines={lines} gaps={gaps} names={names} />}
        </FollowingColumn>
        <Announcements line={announcement.replace(/^(S\d+|user): /, (_, speaker: string) => (voiceName(speaker, names) ? `${voiceName(speaker, names)}: ` : ''))} state={[state, ...troubles.map((trouble) => trouble.id === 'stream-away' ? 'The stream stopped.' : trouble.title)].filter(Boolean).join('. ')} />
        <div className="shrink-0 border-t border-line bg-paper px-3 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-8">
          <div className="mx-auto grid w-full max-w-2xl grid-cols-1 gap-2">
            {troubles.map((trouble) => (
              <Notice key={trouble.id} tone={trouble.tone} title={trouble.title}>
                {trouble.text}
              </Notice>
            ))}
            {notices}
            {instead ?? (
              <div className={`mt-1 flex gap-1.5 sm:gap-2 ${controls ? '' : 'mx-auto w-full max-w-60'}`}>
                {controls}
                <ControlButton icon={<Stop aria-hidden size={18} />} label="End" tone="danger" onClick={() => setAsking(true)} />
              </div>
            )}
          </div>
        </div>
      </main>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title="End the meeting?" cancel="Go on" confirm="End it" onConfirm={onEnd}>
        Nothing more is captured. What is not transcribed yet still is, and then the notes are written. A meeting that has ended cannot be continued.
      </ConfirmDialog>
    </div>
  );
}

/** The server's time as last heard, counted on. */
function useCounting(heardMs: number): number {
  const [passedMs, setPassedMs] = useState(0);
  useEffect(() => {
    setPassedMs(0);
    const began = performance.now();
    const timer = setInterval(() => setPassedMs(performance.now() - began), COUNT_EVERY_MS);
    return () => clearInterval(timer);
  }, [heardMs]);
  return heardMs + passedMs;
}
