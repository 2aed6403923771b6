'use client';

import Link from 'next/link';
import CodeXml from 'lucide-react/icons/code-xml';
import MessagesSquare from 'lucide-react/icons/messages-square';
import NotebookPen from 'lucide-react/icons/notebook-pen';
import Trash from 'lucide-react/icons/trash-2';
import Users from 'lucide-react/icons/users-round';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SampleBadge } from '#components/ui/sample-badge.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { FoundSession } from '#domain/session/search-match.ts';
import { isOpen } from '#domain/session/session-status.ts';
import { MeetingCompleteness } from '#components/meetings/meeting-completeness.tsx';
import { EraseSessionDialog } from './erase-session-dialog.tsx';
import { FoundPlace } from './found-place.tsx';
import { sampleProgress } from './sample-words.ts';
import { KIND_WORDS, spokenLength, titleOf, whenWords } from './words.ts';

/** One session of the list: the whole row leads to it, to the conversation while it is open and to the review after. */
export function SessionRow({ session, nowMs, invites, onErase }: { session: FoundSession; nowMs: number; invites: boolean; onErase: () => void }) {
  const Icon = session.kind === 'dictation' ? NotebookPen : session.kind === 'code' ? CodeXml : session.kind === 'meeting' ? Users : MessagesSquare;
  const title = titleOf(session);
  const progress = sampleProgress(session, nowMs);
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 rounded-2xl px-3 py-4 hover:bg-sunken has-[a:focus-visible]:bg-sunken sm:px-4">
      <Icon aria-hidden size={22} strokeWidth={1.5} className="shrink-0 text-accent max-sm:hidden" />
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-4rem)]">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link
            href={isOpen(session.status) && !session.sample && !preparedForOthers(session, invites) ? `/sessions/${session.id}/live` : `/sessions/${session.id}`}
            className="font-serif text-lg leading-snug after:absolute after:inset-0 after:rounded-2xl"
          >
            {title}
          </Link>
          {session.sample ? <SampleBadge /> : null}
        </div>
        <p className="mt-0.5 text-[0.9375rem] text-faint">
          {KIND_WORDS[session.kind]} · {whenWords(session.createdAt, nowMs)}
          {session.durationMs > 0 ? ` · ${spokenLength(session.durationMs)}` : ''}
          {progress?.state === 'being-made' ? ` · ${progress.left}` : ''}
        </p>
        {session.kind === 'meeting' ? <MeetingCompleteness session={session} /> : null}
      </div>
      {/* On a phone below the words, which need the width. */}
      <span className="max-sm:order-1 max-sm:mt-2">
        {progress ? <StatusBadge status={progress.state === 'overdue' ? 'failed' : session.status} label={progress.state === 'overdue' ? undefined : 'Being made'} /> : <StatusBadge status={session.status} />}
      </span>
      {session.sample ? (
        // Nothing of the person's own is lost, so nothing is asked.
        <IconButton label={`Remove the sample “${title}”`} onClick={onErase} className="relative hover:bg-danger-wash hover:text-danger">
          <Trash aria-hidden size={18} strokeWidth={1.75} />
        </IconButton>
      ) : (
        <EraseSessionDialog
          title={title}
          meeting={session.kind === 'meeting'}
          onErase={onErase}
          trigger={(open) => (
            <IconButton label={`Erase “${title}”`} aria-haspopup="dialog" onClick={open} className="relative hover:bg-danger-wash hover:text-danger">
              <Trash aria-hidden size={18} strokeWidth={1.75} />
            </IconButton>
          )}
        />
      )}
      {session.match ? <FoundPlace session={session} match={session.match} /> : null}
    </li>
  );
}

/** Its page has the links and the way to watch. `invites`: the reader may invite others. */
function preparedForOthers({ code }: FoundSession, invites: boolean): boolean {
  return code !== undefined && (code.part === 'observer' || code.candidate || invites);
}
