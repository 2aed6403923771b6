'use client';

import Link from 'next/link';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import { api } from '#components/api/client.ts';
import { CannotBeShown } from '#components/screens/cannot-be-shown.tsx';
import { HelpDialog } from '#components/screens/help-dialog.tsx';
import { isPlayable } from '#components/screens/playable.ts';
import { useLiveShortcuts } from '#components/screens/use-live-shortcuts.ts';
import { useLoad } from '#components/screens/use-load.ts';
import { titleOf, whenWords } from '#components/screens/words.ts';
import { ThemeToggle } from '#components/ui/theme-toggle.tsx';
import { buildReplay, captionAt, runAt, type ReplaySource } from '#domain/code/replay.ts';
import { countThrough } from '#domain/code/replay-file.ts';
import { isOpen } from '#domain/session/session-status.ts';
import type { Session } from '#domain/session/session.ts';
import { clockTime } from '#domain/session/times.ts';
import { CodeFiles } from './code-files.tsx';
import { loadReplay } from './load-replay.ts';
import { MomentsList } from './moments-list.tsx';
import { momentsOf, neighbour, replayLink, type MomentKind } from './moments.ts';
import { ReplayDock } from './replay-dock.tsx';
import { RunView } from './run-view.tsx';
import { REPLAY_SPEEDS, useReplayPlayer } from './use-replay-player.ts';
import { WordsList } from './words-list.tsx';

const SKIP_MS = 5_000;
const COPIED_SHOWN_MS = 2_000;
const KEYS: [string, string][] = [
  ['Space', 'Play or pause'],
  ['← →', 'Five seconds back or on'],
  ['E R', 'Previous or next run'],
  ['G H', 'Previous or next hint'],
  ['A S', 'Previous or next long silence'],
  ['K J', 'Previous or next words'],
  ['− +', 'Slower or faster'],
  ['C', 'Copy the link to this moment'],
  ['?', 'Show these keys'],
];

/** A code interview watched again. `atMs`: the moment the link that led here means. */
export function ReplayScreen({ sessionId, atMs }: { sessionId: string; atMs: number | null }) {
  const { loaded, reload } = useLoad(sessionId, (signal) => loadReplay(sessionId, signal));
  if (loaded.state === 'failed') {
    return <CannotBeShown title="This replay cannot be shown" problem={loaded.problem} onRetry={reload} page />;
  }
  if (loaded.state === 'loading') {
    return (
      <main id="content" role="status" className="grid min-h-dvh place-items-center text-soft">
        <h1 className="text-xl">Winding back…</h1>
      </main>
    );
  }
  return <LoadedReplay {...loaded.value} atMs={atMs} />;
}

function LoadedReplay({ session, atMs, events, versions, items, nowMs }: Omit<ReplaySource, 'session'> & { session: Session; atMs: number | null; nowMs: number }) {
  const replay = useMemo(() => buildReplay({ session, events, versions, items }), [session, events, versions, items]);
  const moments = useMemo(() => momentsOf(replay), [replay]);
  const playable = isPlayable(session);
  const player = useReplayPlayer(replay, playable ? session.durationMs : 0, atMs ?? 0);
  const { positionMs: ms, playing, seek } = player;
  const [help, setHelp] = useState(false);
  const { copied, copy } = useCopiedLink(session.id);
  const person = session.code?.part === 'candidate' || session.code?.candidate === false ? 'You' : 'Candidate';
  const caption = captionAt(replay, ms);
  const run = runAt(replay, ms);
  const moment = moments[countThrough(moments, ms) - 1]?.key ?? null;
  const go = useCallback((toMs: number) => seek(toMs), [seek]);

  const jump = (kind: MomentKind, direction: 1 | -1) => {
    const to = neighbour(moments, kind, ms, direction);
    if (to) seek(to.atMs);
  };
  const step = (by: 1 | -1) => {
    const to = replay.captions[Math.max(0, Math.min(replay.captions.length - 1, caption + by))];
    if (to) seek(to.atMs);
  };
  const changeSpeed = (by: 1 | -1) => player.setSpeed(REPLAY_SPEEDS[Math.max(0, Math.min(REPLAY_SPEEDS.length - 1, REPLAY_SPEEDS.indexOf(player.speed) + by))]!);
  useLiveShortcuts([
    { key: ' ', run: player.toggle },
    { key: 'arrowleft', run: () => seek(ms - SKIP_MS) },
    { key: 'arrowright', run: () => seek(ms + SKIP_MS) },
    { key: 'e', run: () => jump('run', -1) },
    { key: 'r', run: () => jump('run', 1) },
    { key: 'g', run: () => jump('hint', -1) },
    { key: 'h', run: () => jump('hint', 1) },
    { key: 'a', run: () => jump('silence', -1) },
    { key: 's', run: () => jump('silence', 1) },
    { key: 'k', run: () => step(-1) },
    { key: 'j', run: () => step(1) },
    { key: '-', run: () => changeSpeed(-1) },
    { key: '+', run: () => changeSpeed(1) },
    { key: '=', run: () => changeSpeed(1) },
    { key: 'c', run: () => copy(ms) },
    { key: '?', run: () => setHelp(true) },
  ]);

  return (
    <div className="flex min-h-dvh flex-col lg:h-dvh">
      <header className="flex h-15 shrink-0 items-center gap-2 border-b border-line px-3 sm:gap-3 sm:px-6">
        <Link href={`/sessions/${session.id}`} aria-label="To the review" title="To the review" className="grid size-10 shrink-0 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink">
          <ArrowLeft aria-hidden size={18} />
        </Link>
        <h1 className="min-w-0 flex-1 truncate text-lg">
          {titleOf(session)}
          <span className="ml-2.5 font-sans text-sm tracking-normal text-faint max-sm:hidden">Replay · {whenWords(session.createdAt, nowMs)}</span>
        </h1>
        <span className="max-sm:hidden">
          <HelpDialog keys={KEYS} open={help} onOpenChange={setHelp} />
        </span>
        <ThemeToggle />
      </header>
      <main id="content" className="flex min-h-0 flex-1 flex-col">
        {isOpen(session.status) ? (
          <p className="flex flex-wrap items-center gap-x-3 bg-wash px-4 py-2 text-[0.9375rem] sm:px-6">
            This interview is still under way; the replay goes as far as it had come when this page was opened.
            {session.code?.part !== 'candidate' ? (
              <Link href={`/sessions/${session.id}/watch`} className="rounded text-accent underline underline-offset-3">
                Watch it live
              </Link>
            ) : null}
          </p>
        ) : null}
        <p role="status" className="sr-only">
          {copied ? 'The link to this moment was copied.' : ''}
        </p>
        <div className="grid min-h-0 flex-1 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_minmax(19rem,24rem)]">
          <div className="flex min-h-0 min-w-0 flex-col lg:border-r lg:border-line">
            <section aria-label={`Code at ${clockTime(ms)}`} className="h-[55dvh] min-h-0 lg:h-auto lg:flex-1">
              <CodeFiles replay={replay} ms={ms} empty={replay.files.length === 0 ? 'No code was written in this session.' : 'No code yet at this moment.'} />
            </section>
            {run ? (
              <section aria-label="The newest run" tabIndex={0} className="max-h-[40dvh] shrink-0 overflow-y-auto border-t border-line -outline-offset-2 lg:max-h-[42%]">
                <RunView run={run} ms={ms} />
              </section>
            ) : null}
          </div>
          <div className="flex min-h-0 flex-col max-lg:border-t max-lg:border-line">
            <h2 className="px-4.5 pt-3 pb-1 font-sans text-sm font-medium tracking-normal text-faint">Words</h2>
            <div role="region" aria-label="Words" tabIndex={0} className="relative min-h-0 flex-[3] overflow-y-auto overscroll-contain -outline-offset-2 max-lg:h-72 max-lg:flex-none">
              <WordsList captions={replay.captions} current={caption} following={playing || atMs !== null} person={person} onPlay={go} />
            </div>
            <h2 className="border-t border-line px-4.5 pt-3 pb-1 font-sans text-sm font-medium tracking-normal text-faint">Moments</h2>
            <div role="region" aria-label="Moments" tabIndex={0} className="min-h-0 flex-[2] overflow-y-auto overscroll-contain -outline-offset-2 max-lg:h-56 max-lg:flex-none">
              <MomentsList moments={moments} current={moment} onGo={go} />
            </div>
          </div>
        </div>
      </main>
      <ReplayDock replay={replay} moments={moments} player={player} audioUrl={playable ? (track) => api.audioUrl(session.id, track) : null} person={person} copied={copied} onCopy={() => copy(ms)} />
    </div>
  );
}

function useCopiedLink(sessionId: string): { copied: boolean; copy: (ms: number) => void } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback(
    (ms: number) => {
      const link = replayLink(sessionId, ms);
      // The address bar has it as well, for browsers that let no page write to the clipboard.
      history.replaceState(history.state, '', link);
      navigator.clipboard?.writeText(location.origin + link).then(
        () => {
          setCopied(true);
          clearTimeout(timer.current);
          timer.current = window.setTimeout(() => setCopied(false), COPIED_SHOWN_MS);
        },
        () => {},
      );
    },
    [sessionId],
  );
  return { copied, copy };
}
