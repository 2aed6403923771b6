'use client';

import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { InterestClaim } from './interest-claim.tsx';
import { useInventedPerson } from './invented-person.ts';
import { UndoToast } from './undo-toast.tsx';
import type { Interests } from './use-interests.ts';
import type { Player } from './use-player.ts';
import { topicTitle } from './words.ts';

/** So many are shown at first: the transcript is what comes next. */
const SHOWN_FIRST = 6;

interface Props {
  interests: Interests;
  /** Null: there is no recording. */
  player: Player | null;
  /** Ids of the items in the transcript: quotes lead there. */
  itemIds: ReadonlySet<string>;
  /** True: the session is over, so nothing more will come. */
  over: boolean;
}

/** What the conversation said about the person: each claim with its evidence, to be heard, confirmed, corrected or deleted. */
export function InterestsPanel({ interests, player, itemIds, over }: Props) {
  const { loaded, reload, problem, deleted, correct, remove, deleteNow, undoDelete } = interests;
  const invented = useInventedPerson();
  const [all, setAll] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = loaded.state === 'ready' ? loaded.value.filter(({ id }) => id !== deleted?.id) : [];
  return (
    <section aria-labelledby="interests" className="mt-10">
      <h2 id="interests" ref={heading} tabIndex={-1} className="scroll-mt-6 text-2xl outline-none">
        {invented ? `${invented}’s interests` : 'Your interests'}
      </h2>
      <div role="status">
        {deleted ? (
          <UndoToast
            key={deleted.id}
            text={`“${topicTitle(deleted.topic)}” is deleted.`}
            onGone={deleteNow}
            onUndo={() => {
              undoDelete();
              heading.current?.focus({ preventScroll: true });
            }}
          />
        ) : null}
      </div>
      {problem ? (
        <div className="mt-4">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      {loaded.state === 'loading' ? <Loading /> : null}
      {loaded.state === 'failed' ? (
        <div className="mt-4">
          <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} />
        </div>
      ) : null}
      {loaded.state === 'ready' && shown.length === 0 ? (
        <p className="mt-2 text-soft">
          {deleted ? 'Nothing else was noted.' : over ? 'Nothing was noted as an interest in this session.' : `Nothing was noted yet. Interests appear here as ${invented ? `${invented} talks` : 'you talk'} about them.`}
        </p>
      ) : null}
      {shown.length > 0 ? (
        <>
          <p className="mt-2 max-w-prose text-soft">This is what Spool understood, and the words it relies on. Confirm what is right, correct what is not. {invented ? 'What you try here stays in this sample.' : 'What you delete is not claimed again.'}</p>
          <ul className="mt-5 grid grid-cols-1 gap-3 sm:grid-cols-2">
            {(all ? shown : shown.slice(0, SHOWN_FIRST)).map((interest) => (
              <InterestClaim
                key={interest.id}
                interest={interest}
                player={player}
                itemIds={itemIds}
                onCorrect={(patch) => correct(interest, patch)}
                onDelete={() => {
                  remove(interest);
                  // The button that had the focus is gone; the next Tab reaches Undo.
                  heading.current?.focus({ preventScroll: true });
                }}
              />
            ))}
          </ul>
          {all || shown.length <= SHOWN_FIRST ? null : (
            <Button variant="quiet" className="mt-4" onClick={() => setAll(true)}>
              Show all {shown.length} interests
            </Button>
          )}
        </>
      ) : null}
    </section>
  );
}

function Loading() {
  return (
    <div role="status" className="mt-4 grid gap-3 sm:grid-cols-2">
      <span className="sr-only">Loading the interests</span>
      {[1, 2].map((card) => (
        <div key={card} aria-hidden className="h-36 animate-pulse rounded-2xl bg-sunken" />
      ))}
    </div>
  );
}
