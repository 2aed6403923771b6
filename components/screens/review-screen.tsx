'use client';

import dynamic from 'next/dynamic';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import Trash from 'lucide-react/icons/trash-2';
import Link from 'next/link';
import { api } from '#components/api/client.ts';
import type { Role } from '#domain/actor.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { SampleBadge } from '#components/ui/sample-badge.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { SAMPLE_PERSON_NAME } from '#domain/sample/about.ts';
import type { Session, TranscriptItem } from '#domain/session/session.ts';
import { isFinished, isOpen } from '#domain/session/session-status.ts';
import { groupAt, wordGroupsOf } from '#domain/session/word-groups.ts';
import { CannotBeShown } from './cannot-be-shown.tsx';
import { currentItemIndex } from './current-item.ts';
import { DownloadMenu } from './download-menu.tsx';
import { downloadText } from './download-text.ts';
import { EraseSessionDialog } from './erase-session-dialog.tsx';
import { FollowUpPanel } from './follow-up-panel.tsx';
import { itemAnchor } from './interest-evidence.ts';
import { InterestsPanel } from './interests-panel.tsx';
import { InventedPerson } from './invented-person.ts';
import { HelpDialog } from './help-dialog.tsx';
import { OpeningReview } from './opening-review.tsx';
import { isPlayable, personSpoke } from './playable.ts';
import { PlayerPanel } from './player-panel.tsx';
import { RecordingGoneNotice } from './recording-gone-notice.tsx';
import { ReviewNotices } from './review-notices.tsx';
import { sampleProgress } from './sample-words.ts';
import { sessionData } from './session-file.ts';
import { TitleEditor } from './title-editor.tsx';
import { TranscriptList } from './transcript-list.tsx';
import { useInterests } from './use-interests.ts';
import { useLiveShortcuts } from './use-live-shortcuts.ts';
import { useAttempt, useLoad } from './use-load.ts';
import { SEEK_SLACK_MS, SKIP_MS, usePlayer } from './use-player.ts';
import { useWholeSession } from './use-whole-session.ts';
import { KIND_WORDS, spokenLength, titleOf, whenWords } from './words.ts';

const MeetingReview = dynamic(() => import('#components/meetings/meeting-review.tsx').then(({ MeetingReview: Part }) => Part), { ssr: false, loading: () => <OpeningReview what="Opening the session" /> });
const CodeReview = dynamic(() => import('./code-review.tsx').then(({ CodeReview: Part }) => Part), { ssr: false });

/** A session being finished, and a sample being made, is asked for this often. */
const FOLLOW_EVERY_MS = 2_000;
const KEYS: [string, string][] = [
  ['Space', 'Play or pause'],
  ['←', 'Five seconds back'],
  ['→', 'Five seconds on'],
  ['K', 'The item before'],
  ['J', 'The next item'],
  [',', 'The words before'],
  ['.', 'The next words'],
  ['?', 'Show these keys'],
];

/** Reading and listening back. `atMs`: the moment the link that led here means; null: the beginning. `play`: it is to be heard. `role`: the reader's. */
export function ReviewScreen({ sessionId, atMs, play = false, role = 'learner' }: { sessionId: string; atMs: number | null; play?: boolean; role?: Role }) {
  const { loaded, reload, setValue } = useLoad(sessionId, async (signal) => {
    const [session, { items }] = await Promise.all([api.getSession(sessionId, signal), api.getTranscript(sessionId, signal)]);
    return { session, items, nowMs: Date.now() };
  });
  const processing = loaded.state === 'ready' && loaded.value.session.kind !== 'meeting' && (loaded.value.session.status === 'processing' || sampleProgress(loaded.value.session, loaded.value.nowMs)?.state === 'being-made');
  useEffect(() => {
    if (!processing) return;
    const timer = setInterval(() => void reload(), FOLLOW_EVERY_MS);
    return () => clearInterval(timer);
  }, [processing, reload]);

  if (loaded.state === 'loading') return <OpeningReview what="Opening the session" />;
  if (loaded.state === 'failed') {
    return <CannotBeShown title="This session cannot be shown" problem={loaded.problem} onRetry={reload} />;
  }
  if (loaded.value.session.kind === 'meeting') return <MeetingReview sessionId={sessionId} atMs={atMs} play={play} />;
  return <Review {...loaded.value} atMs={atMs} play={play} role={role} onChange={(session) => setValue((now) => ({ ...now, session }))} />;
}

interface ReviewProps {
  session: Session;
  items: TranscriptItem[];
  nowMs: number;
  atMs: number | null;
  play: boolean;
  role: Role;
  onChange: (session: Session) => void;
}
function Review({ session, items, nowMs, atMs, play, role, onChange }: ReviewProps) {
  const { problem, attempt } = useAttempt();
  const [help, setHelp] = useState(false);
  const conversation = session.kind !== 'dictation';
  const over = isFinished(session.status);
  const player = usePlayer(session.durationMs, conversation ? 'mix' : 'user');
  const playable = isPlayable(session) && !player.gone;
  const progress = sampleProgress(session, nowMs);
  const interests = useInterests(session.id, progress ? `${session.status} ${items.length}` : session.status);
  const somewhere = player.playing || player.positionMs > 0;
  const groups = useMemo(() => items.map(wordGroupsOf), [items]);
  const placeMs = (somewhere ? player.positionMs : (atMs ?? 0)) + SEEK_SLACK_MS;
  const current = somewhere || atMs !== null ? currentItemIndex(items, placeMs) : -1;
  const currentGroup = current >= 0 ? groupAt(groups[current]!, placeMs) : -1;
  const itemIds = useMemo(() => new Set(items.map(({ itemId }) => itemId)), [items]);
  const title = titleOf(session);
  // Of a code interview only its owner may change or erase anything.
  const mine = session.code === undefined || session.code.part === 'owner';

  const latest = useRef(player);
  useEffect(() => {
    latest.current = player;
  });
  const playFrom = useCallback((fromMs: number) => latest.current.playFrom(fromMs), []);
  const { seek } = player;
  const arrived = useRef<number | null>(null);
  useEffect(() => {
    // Once the interests are there nothing above the transcript moves any more.
    if (atMs === null || arrived.current === atMs || interests.loaded.state === 'loading') return;
    arrived.current = atMs;
    if (playable) (play ? playFrom : seek)(atMs);
    const at = currentItemIndex(items, atMs);
    const line = items[at] && document.getElementById(itemAnchor(items[at].itemId));
    (line?.querySelectorAll('[data-from-ms]')[groupAt(groups[at]!, atMs)] ?? line)?.scrollIntoView({ block: 'center' });
  }, [atMs, groups, interests.loaded.state, items, play, playFrom, playable, seek]);

  const step = (by: number) => {
    const item = items[Math.max(0, Math.min(items.length - 1, current + by))];
    if (item) player.playFrom(item.startMs);
  };
  const stepWords = (by: number) => {
    const starts = groups.flat().map(({ startMs }) => startMs);
    const at = starts.findLastIndex((startMs) => startMs <= placeMs);
    const next = starts[Math.max(0, Math.min(starts.length - 1, at + by))];
    if (next !== undefined) player.playFrom(next);
  };
  useLiveShortcuts([
    { key: '?', run: () => setHelp(true) },
    ...(playable
      ? [
          { key: ' ', run: player.toggle },
          { key: 'arrowleft', run: () => player.seek(player.positionMs - SKIP_MS) },
          { key: 'arrowright', run: () => player.seek(player.positionMs + SKIP_MS) },
          { key: 'j', run: () => step(1) },
          { key: 'k', run: () => step(-1) },
          { key: '.', run: () => stepWords(1) },
          { key: ',', run: () => stepWords(-1) },
        ]
      : []),
  ]);

  const { rename, erase } = useWholeSession(session.id, attempt, onChange);

  const fileName = fileNameOf(title);
  /** Asked for anew, so that the file is what the server has now. */
  const saveData = () =>
    attempt(async () => {
      const [now, { items: said }, { interests: found }] = await Promise.all([api.getSession(session.id), api.getTranscript(session.id), api.getInterests(session.id)]);
      downloadText(`${fileName}.json`, 'application/json', sessionData(now, said, found));
    });

  return (
    <InventedPerson value={session.sample ? SAMPLE_PERSON_NAME : null}>
      {session.code?.part === 'candidate' ? null : (
        <Link href="/sessions" className="inline-flex items-center gap-1.5 self-start rounded py-2 text-[0.9375rem] text-soft hover:text-ink">
          <ArrowLeft aria-hidden size={16} />
          Sessions
        </Link>
      )}
      <div className="mt-3">{mine ? <TitleEditor title={session.title.trim()} placeholder={title} onSave={rename} /> : <h1 className="text-3xl wrap-anywhere sm:text-[2.75rem]">{title}</h1>}</div>
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-[0.9375rem] text-faint">
        <span>
          {KIND_WORDS[session.kind]} · {whenWords(session.createdAt, nowMs)}
          {session.durationMs > 0 ? ` · ${spokenLength(session.durationMs)}` : ''}
        </span>
        {session.sample ? <SampleBadge words="Sample: an invented person" /> : null}
        {progress ? null : <StatusBadge status={session.status} />}
      </p>
      <div className="mt-6 flex flex-wrap items-center gap-2">
        {session.code && session.code.part !== 'candidate' && (over || session.code.candidate || session.status !== 'created') ? (
          <ButtonLink href={`/sessions/${session.id}/${isOpen(session.status) ? 'watch' : 'replay'}`} variant={over || session.code.candidate ? 'primary' : 'quiet'}>
            {isOpen(session.status) ? 'Watch live' : 'Replay'}
          </ButtonLink>
        ) : null}
        {items.length > 0 || playable ? <DownloadMenu sessionId={session.id} recording={playable} conversation={conversation} spoke={personSpoke(items)} onSaveData={() => void saveData()} /> : null}
        {session.sample ? (
          // It can be made again at any time, so nothing is asked.
          <Button variant="danger" onClick={() => void erase()}>
            <Trash aria-hidden size={18} strokeWidth={1.75} />
            Remove the sample
          </Button>
        ) : !mine ? null : (
          <EraseSessionDialog
            title={title}
            onErase={() => void erase()}
            trigger={(open) => (
              <Button variant="danger" aria-haspopup="dialog" onClick={open}>
                <Trash aria-hidden size={18} strokeWidth={1.75} />
                Erase everything
              </Button>
            )}
          />
        )}
        {playable ? (
          <span className="ml-auto max-sm:hidden">
            <HelpDialog keys={KEYS} open={help} onOpenChange={setHelp} />
          </span>
        ) : null}
      </div>
      {problem ? (
        <div className="mt-6">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      {session.code ? <CodeReview session={session} code={session.code} role={role} empty={items.length === 0} onPlay={playable ? playFrom : null} onChange={onChange} /> : <ReviewNotices session={session} empty={items.length === 0} recordingGone={player.gone} nowMs={nowMs} />}
      {session.code && player.gone ? (
        <div className="mt-6">
          <RecordingGoneNotice />
        </div>
      ) : null}
      {session.kind === 'onboarding' || (interests.loaded.state === 'ready' && interests.loaded.value.length > 0) ? (
        <InterestsPanel interests={interests} player={playable ? player : null} itemIds={itemIds} over={over} />
      ) : null}
      {conversation && over && !session.sample && session.code?.part !== 'candidate' ? <FollowUpPanel sessionId={session.id} /> : null}
      {items.length > 0 ? (
        <div className="mt-10 pb-10">
          <h2 className="mb-3 text-2xl">Transcript</h2>
          {playable ? <p className="mb-3 text-[0.9375rem] text-soft">Press any words to hear them.</p> : null}
          {/* An interest is heard where its card is; everything else is followed. */}
          <TranscriptList items={items} groups={groups} current={current} currentGroup={currentGroup} following={player.playing && player.range === null} onPlay={playable ? playFrom : undefined} />
        </div>
      ) : null}
      {playable ? <PlayerPanel player={player} urlOf={(track) => api.audioUrl(session.id, track)} voices={conversation && personSpoke(items) ? 'both' : 'one'} /> : null}
    </InventedPerson>
  );
}

/** A title as a file name: letters, digits and dashes. */
function fileNameOf(title: string): string {
  return title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 80) || 'session';
}
