'use client';

import Link from 'next/link';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import Trash from 'lucide-react/icons/trash-2';
import { EraseSessionDialog } from '#components/screens/erase-session-dialog.tsx';
import { HelpDialog } from '#components/screens/help-dialog.tsx';
import { TitleEditor } from '#components/screens/title-editor.tsx';
import { useAttempt } from '#components/screens/use-load.ts';
import { useWholeSession } from '#components/screens/use-whole-session.ts';
import { KIND_WORDS, spokenLength, titleOf, whenWords } from '#components/screens/words.ts';
import { Button } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { Session } from '#domain/session/session.ts';
import { isFinished } from '#domain/session/session-status.ts';
import { MeetingDownloads } from './meeting-downloads.tsx';
import { ShareDialog } from './share-dialog.tsx';

interface Props {
  session: Session;
  nowMs: number;
  /** True: there are some. */
  notes: boolean;
  words: boolean;
  /** True: there is one to listen to. */
  recording: boolean;
  keys: [string, string][];
  help: boolean;
  onHelp: (open: boolean) => void;
  onChange: (session: Session) => void;
}

/** What a meeting is called, and what can be done with all of it. */
export function MeetingHead({ session, nowMs, notes, words, recording, keys, help, onHelp, onChange }: Props) {
  const { problem, attempt } = useAttempt();
  const title = titleOf(session);
  const { rename, erase } = useWholeSession(session.id, attempt, onChange);
  return (
    <>
      <Link data-wide="" href="/sessions" className="inline-flex items-center gap-1.5 self-start rounded py-2 text-[0.9375rem] text-soft hover:text-ink">
        <ArrowLeft aria-hidden size={16} />
        Sessions
      </Link>
      <div className="mt-3">
        <TitleEditor title={session.title.trim()} placeholder={title} onSave={rename} />
      </div>
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-[0.9375rem] text-faint">
        <span>
          {KIND_WORDS[session.kind]} · {whenWords(session.createdAt, nowMs)}
          {session.durationMs > 0 ? ` · ${spokenLength(session.durationMs)}` : ''}
        </span>
        <StatusBadge status={session.status} />
      </p>
      <div className="mt-6 flex flex-wrap items-center gap-2">
        {words || recording ? <MeetingDownloads sessionId={session.id} notes={notes} words={words} recording={recording} /> : null}
        {isFinished(session.status) && words ? <ShareDialog sessionId={session.id} /> : null}
        <EraseSessionDialog
          title={title}
          meeting
          onErase={() => void erase()}
          trigger={(open) => (
            <Button variant="danger" aria-haspopup="dialog" onClick={open}>
              <Trash aria-hidden size={18} strokeWidth={1.75} />
              Erase everything
            </Button>
          )}
        />
        <span className="ml-auto max-sm:hidden">
          <HelpDialog keys={keys} open={help} onOpenChange={onHelp} />
        </span>
      </div>
      {problem ? (
        <div className="mt-6">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
    </>
  );
}
