'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';
import ArrowDown from 'lucide-react/icons/arrow-down';
import type { Caption } from '#components/live-session/live-session-types.ts';
import { Button } from '#components/ui/button.tsx';

/** Nearer to the end than this the text follows the conversation; farther up the person is reading and is left alone. */
const FOLLOW_PX = 120;

/** A column that grows at its end and keeps the end in sight, unless the reader has scrolled up. `growth` changes with the text; `compact`: it is narrow. */
export function FollowingColumn({ label, growth, compact = false, children }: { label: string; growth: string; compact?: boolean; children: ReactNode }) {
  const column = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  useEffect(() => {
    const element = column.current;
    if (!element || !following) return;
    const follow = () => {
      element.scrollTop = element.scrollHeight;
    };
    follow();
    // What opens below the words makes the column lower; its end stays in sight.
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    return () => observer.disconnect();
  }, [growth, following]);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={column}
        role="region"
        aria-label={label}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => setFollowing(scrollHeight - scrollTop - clientHeight < FOLLOW_PX)}
        className={`h-full overflow-y-auto overscroll-contain -outline-offset-2 ${compact ? 'px-4' : 'px-5 sm:px-8'}`}
      >
        <div className={`mx-auto flex min-h-full w-full max-w-2xl flex-col justify-end ${compact ? 'gap-4 py-4' : 'gap-7 py-8'}`}>{children}</div>
      </div>
      {following ? null : (
        <Button variant="quiet" onClick={() => setFollowing(true)} className="absolute bottom-3 left-1/2 -translate-x-1/2 shadow-lift">
          <ArrowDown aria-hidden size={16} />
          To the newest words
        </Button>
      )}
    </div>
  );
}

/** Person and interviewer in turn. Provisional words are softer; what an interrupted interviewer did not get to say is marked. */
export function CaptionList({ captions, agentText, compact = false }: { captions: Caption[]; agentText: string; compact?: boolean }) {
  const last = captions.at(-1);
  // The finished line can arrive a moment before the interviewer is told to be done.
  const alreadyListed = last?.speaker === 'agent' && last.text.trim() === agentText.trim();
  return (
    <>
      {captions.map((caption) => (
        <CaptionBlock key={caption.itemId} caption={caption} compact={compact} />
      ))}
      {agentText && !alreadyListed ? <CaptionBlock caption={{ itemId: 'now', speaker: 'agent', text: agentText, final: false, startSample: 0 }} compact={compact} /> : null}
    </>
  );
}

function CaptionBlock({ caption: { speaker, text, unheardText, final }, compact }: { caption: Caption; compact: boolean }) {
  const agent = speaker === 'agent';
  return (
    <div className={agent ? '' : `border-l-2 border-accent ${compact ? 'pl-3' : 'pl-5'}`}>
      <p className={`mb-1 text-sm ${agent ? 'text-faint' : 'text-accent'}`}>{agent ? 'Interviewer' : 'You'}</p>
      <p className={compact ? (agent ? 'font-serif text-[1.0625rem] leading-snug' : 'text-[0.9375rem]') : agent ? 'font-serif text-[1.375rem] leading-snug' : 'text-lg leading-relaxed'}>
        <span data-provisional={final ? undefined : ''} className={final || agent ? '' : 'text-faint italic'}>
          {final || agent ? text : unfinished(text)}
        </span>
        <UnheardText text={unheardText} />
      </p>
    </div>
  );
}

/** Words that may still change or go on. Engines end every guess with a full stop, which would promise too much. */
export function unfinished(text: string): string {
  return `${text.trimEnd().replace(/[.…]+$/, '')}…`;
}

/** What an interrupted interviewer had left to say: struck through, and named for those who do not see it. */
export function UnheardText({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <span className="text-faint" title="You interrupted here; this was not heard.">
      {' '}
      <span className="sr-only">Not heard: </span>
      <span className="line-through decoration-edge decoration-1">{text}</span>
    </span>
  );
}
