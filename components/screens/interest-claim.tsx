'use client';

import { useRef, useState } from 'react';
import Check from 'lucide-react/icons/check';
import Pencil from 'lucide-react/icons/pencil';
import Play from 'lucide-react/icons/play';
import Stop from 'lucide-react/icons/square';
import Trash from 'lucide-react/icons/trash-2';
import type { InterestPatch } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { MoreSummary } from '#components/ui/more-summary.tsx';
import type { Interest } from '#domain/interests/interest.ts';
import { clockTime } from '#domain/session/times.ts';
import { isSameRange, itemAnchor, otherMentions, playableRange, type Evidence } from './interest-evidence.ts';
import { InterestEditor } from './interest-editor.tsx';
import { SentimentBadge } from './sentiment-badge.tsx';
import type { Player } from './use-player.ts';
import { categoryName, saidWords, topicTitle } from './words.ts';

interface Props {
  interest: Interest;
  player: Player | null;
  itemIds: ReadonlySet<string>;
  /** False: it could not be saved. */
  onCorrect: (patch: InterestPatch) => Promise<boolean>;
  onDelete: () => void;
}

/** One claim about the person, with everything they can do about it. */
export function InterestClaim({ interest, player, itemIds, onCorrect, onDelete }: Props) {
  const { topic, category, sentiment, status } = interest;
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const confirmed = status === 'confirmed';
  const title = topicTitle(topic);
  const others = otherMentions(interest);
  const row = (evidence: Evidence) => <EvidenceRow evidence={evidence} player={player} linked={itemIds.has(evidence.itemId)} />;

  async function send(patch: InterestPatch): Promise<boolean> {
    setBusy(true);
    const saved = await onCorrect(patch);
    setBusy(false);
    return saved;
  }
  function close() {
    setEditing(false);
    requestAnimationFrame(() => pencil.current?.focus());
  }

  return (
    <li className="flex min-w-0 flex-col rounded-2xl border border-line bg-raised p-4">
      {editing ? (
        <InterestEditor
          interest={interest}
          busy={busy}
          onClose={close}
          onSave={async (patch) => {
            if (await send(patch)) close();
          }}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1.5">
            <h3 className="min-w-0 text-xl wrap-anywhere">{title}</h3>
            <SentimentBadge sentiment={sentiment} />
          </div>
          <p className="mt-1 text-sm text-faint">
            {categoryName(category)} · {saidWords(others.length + 1)}
          </p>
        </>
      )}
      <div className="mt-3">{row(interest)}</div>
      {others.length > 0 ? (
        <details className="group/more mt-1.5 text-[0.9375rem]">
          <MoreSummary>Said elsewhere as well</MoreSummary>
          <ul className="mt-2 grid gap-2">
            {others.map((mention) => (
              <li key={`${mention.itemId} ${mention.startMs} ${mention.quote}`}>{row(mention)}</li>
            ))}
          </ul>
        </details>
      ) : null}
      {editing ? null : (
        <div className="mt-auto flex items-center gap-1 pt-3">
          <Button
            variant={confirmed ? 'bare' : 'quiet'}
            aria-disabled={confirmed || busy}
            aria-label={confirmed ? `Confirmed: “${title}”` : `Confirm “${title}”`}
            onClick={() => {
              if (!confirmed && !busy) void send({ status: 'confirmed' });
            }}
            className={confirmed ? '-ml-2 cursor-default!' : ''}
          >
            <Check aria-hidden size={16} className={confirmed ? 'text-accent' : ''} />
            {confirmed ? 'Confirmed' : 'Confirm'}
          </Button>
          <span className="ml-auto flex">
            <IconButton ref={pencil} label={`Correct “${title}”`} onClick={() => setEditing(true)}>
              <Pencil aria-hidden size={18} strokeWidth={1.75} />
            </IconButton>
            <IconButton label={`Delete “${title}”`} onClick={onDelete} className="hover:bg-danger-wash hover:text-danger">
              <Trash aria-hidden size={18} strokeWidth={1.75} />
            </IconButton>
          </span>
        </div>
      )}
    </li>
  );
}

/** The person's own words: a press plays exactly them, and a link leads to where they stand in the transcript. */
function EvidenceRow({ evidence, player, linked }: { evidence: Evidence; player: Player | null; linked: boolean }) {
  const range = player ? playableRange(evidence, player.lengthMs) : null;
  const playing = player !== null && player.playing && isSameRange(player.range, range);
  const place = `At ${clockTime(evidence.startMs)}`;
  return (
    <div>
      <blockquote className="text-soft">
        {player && range ? (
          <button
            type="button"
            aria-label={`${playing ? 'Stop' : 'Hear'} “${evidence.quote}”`}
            onClick={() => (playing ? player.toggle() : player.playRange(range))}
            className="group flex w-full items-start gap-2.5 rounded-2xl text-left hover:text-ink"
          >
            <span className={`grid size-10 shrink-0 place-items-center rounded-full border text-accent group-hover:border-accent group-hover:bg-wash ${playing ? 'border-accent bg-wash' : 'border-edge'}`}>
              {playing ? <Stop aria-hidden size={14} fill="currentColor" strokeWidth={0} /> : <Play aria-hidden size={16} fill="currentColor" strokeWidth={0} className="translate-x-px" />}
            </span>
            <span className={`min-w-0 self-center ${playing ? 'text-ink' : ''}`}>“{evidence.quote}”</span>
          </button>
        ) : (
          <>“{evidence.quote}”</>
        )}
      </blockquote>
      <p className={`mt-1 text-sm text-faint ${player && range ? 'pl-12.5' : ''}`}>
        {linked ? (
          <a href={`#${itemAnchor(evidence.itemId)}`} className="inline-flex min-h-6 items-center rounded underline decoration-edge decoration-1 underline-offset-4 hover:text-ink hover:decoration-ink">
            {place} in the transcript
          </a>
        ) : (
          place
        )}
      </p>
    </div>
  );
}
