'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '#components/api/client.ts';
import { CannotBeShown } from '#components/screens/cannot-be-shown.tsx';
import { currentItemIndex } from '#components/screens/current-item.ts';
import { isSameRange, itemAnchor } from '#components/screens/interest-evidence.ts';
import { OpeningReview } from '#components/screens/opening-review.tsx';
import { isPlayable } from '#components/screens/playable.ts';
import { PlayerPanel } from '#components/screens/player-panel.tsx';
import { UndoToast } from '#components/screens/undo-toast.tsx';
import { useAttempt } from '#components/screens/use-load.ts';
import { useLiveShortcuts } from '#components/screens/use-live-shortcuts.ts';
import { SEEK_SLACK_MS, SKIP_MS, usePlayer } from '#components/screens/use-player.ts';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { NoteEvidence } from '#domain/meetings/notes/schema.ts';
import type { Meeting } from '#domain/meetings/schema.ts';
import type { Session, TranscriptItem } from '#domain/session/session.ts';
import { isFinished } from '#domain/session/session-status.ts';
import { groupAt, wordGroupsOf } from '#domain/session/word-groups.ts';
import { CoverageBar } from './coverage-bar.tsx';
import { SuppressedPanel } from './suppressed-panel.tsx';
import type { FollowerView, MeetingFollower } from './meeting-follower.ts';
import { MeetingHead } from './meeting-head.tsx';
import { MeetingNotices } from './meeting-notices.tsx';
import { MeetingTranscript } from './meeting-transcript.tsx';
import { namesOf } from './meeting-words.ts';
import { NotesPanel, quotesOf, rangeOf } from './notes-panel.tsx';
import { SpeakersPanel } from './speakers-panel.tsx';
import { useMeeting } from './use-meeting.ts';
import { useNotes } from './use-notes.ts';

const KEYS: [string, string][] = [
  ['Space', 'Play or pause'],
  ['←', 'Five seconds back'],
  ['→', 'Five seconds on'],
  ['K', 'The item before'],
  ['J', 'The next item'],
  ['N', 'The next quote of the notes'],
  ['E', 'Correct the item at hand'],
  ['Enter', 'Save a correction'],
  ['Esc', 'Leave it as it was'],
  ['?', 'Show these keys'],
];

/** A meeting to be read, heard, put right and handed on. `atMs`: the moment the link that led here means. */
export function MeetingReview({ sessionId, atMs, play = false }: { sessionId: string; atMs: number | null; play?: boolean }) {
  const { now, follower } = useMeeting(sessionId);
  if (now.problem && !now.meeting) return <CannotBeShown title="This meeting cannot be shown" problem={now.problem} onRetry={() => follower.refresh()} />;
  if (!now.session || !now.meeting) return <OpeningReview what="Opening the meeting" />;
  return <Review session={now.session} meeting={now.meeting} now={now} follower={follower} atMs={atMs} play={play} />;
}

interface ReviewProps {
  session: Session;
  meeting: Meeting;
  now: FollowerView;
  follower: MeetingFollower;
  atMs: number | null;
  play: boolean;
}
function Review({ session, meeting, now, follower, atMs, play }: ReviewProps) {
  const { items, speakers } = now;
  const { problem, attempt } = useAttempt();
  const [help, setHelp] = useState(false);
  const [shown, setShown] = useState<'notes' | 'transcript'>('notes');
  const [editing, setEditing] = useState<string | null>(null);
  const [cursor, setCursor] = useState(-1);
  const [quoteAt, setQuoteAt] = useState(-1);
  const [undo, setUndo] = useState<{ item: TranscriptItem; text: string } | null>(null);
  const over = isFinished(session.status);
  const player = usePlayer(session.durationMs, 'user');
  const playable = isPlayable(session) && !player.gone;
  const notes = useNotes(session.id, meeting.notesVersion);
  const names = useMemo(() => namesOf(speakers), [speakers]);
  const groups = useMemo(() => items.map(wordGroupsOf), [items]);
  const somewhere = player.playing || player.positionMs > 0;
  const placeMs = player.positionMs + SEEK_SLACK_MS;
  const current = playable && somewhere ? currentItemIndex(items, placeMs) : cursor;
  const currentGroup = playable && somewhere && current >= 0 ? groupAt(groups[current]!, placeMs) : -1;

  const latest = useRef({ player, items, follower });
  useEffect(() => {
    latest.current = { player, items, follower };
  });
  const playFrom = useCallback((fromMs: number) => latest.current.player.playFrom(fromMs), []);
  const showItem = useCallback((index: number) => {
    const item = latest.current.items[index];
    if (!item) return;
    setCursor(index);
    setShown('transcript');
    requestAnimationFrame(() => document.getElementById(itemAnchor(item.itemId))?.scrollIntoView({ block: 'center', behavior: 'smooth' }));
  }, []);
  const goTo = (toMs: number) => (playable ? playFrom(toMs) : showItem(currentItemIndex(items, toMs + SEEK_SLACK_MS)));
  const arrived = useRef<number | null>(null);
  useEffect(() => {
    if (atMs === null || arrived.current === atMs || items.length === 0) return;
    arrived.current = atMs;
    if (playable) (play ? latest.current.player.playFrom : latest.current.player.seek)(atMs);
    showItem(currentItemIndex(items, atMs + SEEK_SLACK_MS));
  }, [atMs, items, play, playable, showItem]);

  /** @throws ProblemError */
  const correct = useCallback(
    async (item: TranscriptItem, text: string) => {
      const put = (next: TranscriptItem) => follower.change({ items: latest.current.items.map((one) => (one.itemId === next.itemId ? next : one)) });
      try {
        const changed = await api.correctItem(session.id, item.itemId, { text, revision: item.revision });
        put(changed);
        setUndo({ item: changed, text: item.text });
      } catch (error) {
        // Somebody else was faster: what they wrote is shown, and what was typed here stays to be saved over it.
        if (error instanceof Error && 'code' in error && error.code === 'item.changed') {
          const { items: fresh } = await api.getTranscript(session.id);
          follower.change({ items: fresh });
        }
        throw error;
      }
    },
    [follower, session.id],
  );
  const quote = (evidence: NoteEvidence) => {
    if (!playable) return showItem(items.findIndex(({ itemId }) => itemId === evidence.itemId));
    if (player.playing && isSameRange(player.range, rangeOf(evidence))) player.toggle();
    else player.playRange(rangeOf(evidence));
  };
  const step = (by: number) => {
    const next = Math.max(0, Math.min(items.length - 1, current + by));
    if (playable && items[next]) player.playFrom(items[next].startMs);
    else showItem(next);
  };
  const nextQuote = () => {
    const quotes = notes.value ? quotesOf(notes.value) : [];
    if (quotes.length === 0) return;
    const at = (quoteAt + 1) % quotes.length;
    setQuoteAt(at);
    quote(quotes[at]!);
  };
  useLiveShortcuts([
    { key: '?', run: () => setHelp(true) },
    { key: 'j', run: () => step(1) },
    { key: 'k', run: () => step(-1) },
    { key: 'n', run: nextQuote },
    ...(over
      ? [
          {
            key: 'e',
            run: () => {
              const item = items[Math.max(0, current)];
              if (!item) return;
              setShown('transcript');
              setEditing(item.itemId);
              if (player.playing) player.toggle();
            },
          },
        ]
      : []),
    ...(playable
      ? [
          { key: ' ', run: player.toggle },
          { key: 'arrowleft', run: () => player.seek(player.positionMs - SKIP_MS) },
          { key: 'arrowright', run: () => player.seek(player.positionMs + SKIP_MS) },
        ]
      : []),
  ]);

  const words = items.length > 0;
  const both = words && (notes.value !== null || over);
  return (
    <>
      <MeetingHead session={session} nowMs={now.nowMs} notes={notes.value !== null} words={words} recording={playable} keys={KEYS} help={help} onHelp={setHelp} onChange={(changed) => follower.change({ session: changed })} />
      {problem ? (
        <div className="mt-6">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      <MeetingNotices session={session} meeting={meeting} empty={!items.some(({ text }) => text.trim() !== '')} nowMs={now.nowMs} upToDate={now.upToDate} recordingGone={player.gone} onRetried={() => follower.refresh()} />
      {meeting.coverage.capturedMs + meeting.coverage.missingMs > 0 ? (
        <section aria-label="Completeness" className="mt-6">
          <CoverageBar meeting={meeting} onPlay={playable ? playFrom : undefined} />
        </section>
      ) : null}

      {both ? (
        <div className="mt-8 flex gap-1 self-start rounded-full bg-sunken p-1 lg:hidden">
          {(['notes', 'transcript'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={shown === one} onClick={() => setShown(one)} className="min-h-10 rounded-full px-5 text-soft aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-lift">
              {one === 'notes' ? 'Notes' : 'Transcript'}
            </button>
          ))}
        </div>
      ) : null}
      <div className={`mt-6 gap-x-12 pb-10 ${both ? 'lg:mt-10 lg:grid lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]' : ''}`}>
        {both ? (
          <div className={`grid content-start gap-8 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-8rem)] lg:overflow-y-auto lg:overscroll-contain lg:pr-3 ${shown === 'notes' ? '' : 'max-lg:hidden'}`}>
            {notes.problem ? <ProblemNotice problem={notes.problem} onRetry={notes.reload} /> : null}
            {notes.value ? <NotesPanel notes={notes.value} names={names} range={player.playing ? player.range : null} playable={playable} onQuote={quote} onTopic={goTo} /> : null}
            {!notes.value && !notes.problem ? (
              <section aria-labelledby="no-notes">
                <h2 id="no-notes" className="text-2xl">
                  Notes
                </h2>
                <p className="mt-2 text-soft">{meeting.notesVersion > 0 ? 'Loading the notes…' : 'The notes follow once every part is transcribed.'}</p>
              </section>
            ) : null}
            <SpeakersPanel
              sessionId={session.id}
              list={speakers}
              names={names}
              voicedChunks={meeting.voicedChunks}
              onChange={(list) => {
                follower.change({ speakers: list });
                follower.refresh();
              }}
            />
          </div>
        ) : null}
        {words ? (
          <div className={`min-w-0 ${both && shown !== 'transcript' ? 'max-lg:hidden' : ''}`}>
            <h2 className="mb-2 text-2xl">Transcript</h2>
            <p className="mb-2 text-[0.9375rem] text-soft">
              {playable ? 'Press any words to hear them. ' : ''}
              {over ? 'The pencil beside a line puts it right.' : 'More follows as it is transcribed.'}
            </p>
            <MeetingTranscript
              sessionId={session.id}
              meeting={meeting}
              items={items}
              groups={groups}
              names={names}
              current={current}
              currentGroup={currentGroup}
              following={player.playing && player.range === null}
              editing={editing}
              onPlay={playable ? playFrom : undefined}
              onEdit={over ? setEditing : undefined}
              onCorrect={correct}
              onRetried={over ? () => follower.refresh() : undefined}
            />
          </div>
        ) : null}
        {over ? (
          <div className="mt-6 empty:hidden lg:col-start-2">
            <SuppressedPanel
              sessionId={session.id}
              state={`${meeting.coverage.chunks.transcribed} ${meeting.coverage.suppressedMs}`}
              onPlay={playable ? ({ startMs, endMs }) => player.playRange(rangeOf({ startMs, endMs })) : undefined}
              onChange={() => follower.refresh()}
            />
          </div>
        ) : null}
      </div>
      {playable ? <PlayerPanel player={player} urlOf={() => api.audioUrl(session.id, 'user')} voices="one" /> : null}
      {undo ? (
        <UndoToast
          key={`${undo.item.itemId} ${undo.item.revision}`}
          text="Corrected."
          onUndo={() => {
            setUndo(null);
            void attempt(() => correct(undo.item, undo.text)).then(() => setUndo(null));
          }}
          onGone={() => setUndo(null)}
        />
      ) : null}
    </>
  );
}
