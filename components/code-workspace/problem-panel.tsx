'use client';

import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { Loaded } from '#components/screens/loading.ts';
import type { PublicProblem } from '#domain/code/problem.ts';
import { AREA_WORDS, DIFFICULTY_WORDS } from './problem-words.ts';
import { SafeMarkdown } from './safe-markdown.tsx';

/** The task, to be read at any time. */
export function ProblemPanel({ loaded, onRetry }: { loaded: Loaded<PublicProblem | null>; onRetry: () => void }) {
  if (loaded.state === 'loading') {
    return (
      <div role="status" className="grid gap-3">
        <span className="sr-only">Loading the problem</span>
        {[70, 95, 90, 60].map((width) => (
          <div key={width} aria-hidden className="h-5 animate-pulse rounded bg-sunken" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={onRetry} />;
  if (!loaded.value) {
    return (
      <>
        <h2 className="text-2xl">No fixed problem</h2>
        <p className="mt-2 text-soft">This session has no problem of its own. Agree with the interviewer on what to build; files, runs and voice work as usual.</p>
      </>
    );
  }
  const { title, difficulty, areas, minutes, statement } = loaded.value;
  return (
    <>
      <h2 className="text-2xl">{title}</h2>
      <p className="mt-1.5 mb-4 text-sm text-faint">
        {DIFFICULTY_WORDS[difficulty]} · about {minutes} minutes · {areas.map((area) => AREA_WORDS[area]).join(', ')}
      </p>
      <SafeMarkdown text={statement} />
    </>
  );
}
