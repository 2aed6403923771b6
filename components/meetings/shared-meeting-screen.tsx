'use client';

import { useState } from 'react';
import { api } from '#components/api/client.ts';
import { useLoad } from '#components/screens/use-load.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { SharedMeeting } from '#domain/meetings/share/share.ts';
import { withGaps } from '#domain/meetings/transcript-gaps.ts';
import { clockTime } from '#domain/session/times.ts';
import { GapRow } from './gap-row.tsx';
import { NotesPanel } from './notes-panel.tsx';

/** What a shared link leads to: notes and words to read, and nothing to press but quotes, which lead to their place. */
export function SharedMeetingScreen({ secret }: { secret: string }) {
  const { loaded, reload } = useLoad(secret, (signal) => api.openShared(secret, signal));
  if (loaded.state === 'loading') {
    return (
      <div role="status" className="grid gap-4">
        <h1 className="sr-only">Opening the meeting</h1>
        {[70, 40, 95, 90, 60].map((width) => (
          <div key={width} aria-hidden className="h-7 animate-pulse rounded bg-sunken" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  if (loaded.state === 'failed') {
    const { problem } = loaded;
    if (problem.code !== 'share.not_valid') {
      return (
        <div className="grid gap-6">
          <h1 className="text-4xl">The meeting cannot be shown</h1>
          <ProblemNotice problem={problem} onRetry={() => void reload()} />
        </div>
      );
    }
    return (
      <div className="grid justify-items-start gap-5">
        <h1 className="text-4xl sm:text-5xl">This link is not valid</h1>
        <p className="max-w-prose text-lg text-soft">It has run out, was taken back, or a part of it was cut off when it was copied. Open it again from the message it came in, or ask whoever sent it for a new one.</p>
        <ButtonLink href="/" variant="quiet">
          What is Spool?
        </ButtonLink>
      </div>
    );
  }
  return <Shared meeting={loaded.value} />;
}

function Shared({ meeting }: { meeting: SharedMeeting }) {
  const { title, heldAt, durationMs, expiresAt, over, missing, gaps, notes, items } = meeting;
  /** The item that was led to. */
  const [shown, setShown] = useState<string | null>(null);
  const rows = withGaps(items, gaps);
  const names = Object.fromEntries(items.flatMap(({ speaker, name }): [string, string][] => (name === null ? [] : [[speaker, name]])));

  function lead(itemId: string | undefined) {
    const place = itemId === undefined ? null : document.getElementById(placeId(itemId));
    if (!place) return;
    setShown(itemId!);
    place.scrollIntoView({ block: 'center' });
    place.focus({ preventScroll: true });
  }

  return (
    <article>
      <p className="text-[0.9375rem] text-faint">A meeting, shared with you to read</p>
      <h1 className="mt-1 text-4xl sm:text-5xl">{title}</h1>
      <p className="mt-3 text-soft">
        <time dateTime={heldAt} suppressHydrationWarning>
          {new Date(heldAt).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' })}
        </time>
        {durationMs > 0 ? ` · ${clockTime(durationMs)}` : ''}
        <span className="block text-sm text-faint">This link is valid until {new Date(expiresAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}.</span>
      </p>
      {over ? null : (
        <div className="mt-6">
          <Notice title="The meeting is still going on">What is here was said so far. Open the link again later for the rest, and for the notes.</Notice>
        </div>
      )}
      {missing && !notes ? (
        <div className="mt-6">
          <Notice tone="warn" title="Not everything is here">
            {missing}
          </Notice>
        </div>
      ) : null}

      {notes ? (
        <div className="mt-10">
          <NotesPanel
            notes={{ ...notes, missing: { ...notes.missing, words: missing } }}
            names={names}
            range={null}
            playable={false}
            onQuote={({ itemId }) => lead(itemId)}
            onTopic={(fromMs) => lead(items.findLast(({ startMs }) => startMs <= fromMs)?.itemId ?? items[0]?.itemId)}
          />
        </div>
      ) : over ? (
        <p className="mt-10 text-soft">Notes of this meeting are not written yet.</p>
      ) : null}

      <section aria-labelledby="words" className="mt-12 border-t border-line pt-8">
        <h2 id="words" className="text-2xl">
          What was said
        </h2>
        {items.length === 0 ? <p className="mt-3 text-soft">{over ? 'Nothing was understood in this meeting.' : 'Nothing yet.'}</p> : null}
        <ol className="mt-4 grid gap-4">
          {rows.map((row, index) => {
            if (row.kind === 'gap') return <GapRow key={`${row.gap.reason} ${row.gap.startMs}`} gap={row.gap} columns="grid-cols-[auto_1fr] gap-x-3" />;
            const { itemId, name, text, startMs, speaker } = row.item;
            const before = rows[index - 1];
            // Without voices, every passage has its time: the notes' times would lead to places that show none.
            const sameVoice = name !== null && before?.kind === 'item' && before.item.speaker === speaker;
            return (
              <li key={itemId} id={placeId(itemId)} tabIndex={-1} className={`-mx-3 scroll-mt-6 rounded-xl px-3 py-1 outline-none ${shown === itemId ? 'bg-wash' : ''} ${sameVoice ? '-mt-3' : ''}`}>
                {sameVoice ? null : (
                  <p className="flex items-baseline gap-2">
                    {name === null ? null : <span className="font-medium">{name}</span>}
                    <span className="text-sm text-faint tabular-nums">{clockTime(startMs)}</span>
                  </p>
                )}
                <p className="leading-relaxed">{text}</p>
              </li>
            );
          })}
        </ol>
      </section>
    </article>
  );
}

const placeId = (itemId: string) => `said-${itemId}`;
