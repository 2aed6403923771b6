import type { ProblemError } from '#components/api/client.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';

/** In the place of a session's page that could not be loaded: what failed, another try, and the way out. `page`: it is the whole page. */
export function CannotBeShown({ title, problem, onRetry, page = false }: { title: string; problem: ProblemError; onRetry: () => void; page?: boolean }) {
  const Frame = page ? 'main' : 'div';
  return (
    <Frame id={page ? 'content' : undefined} className={page ? 'mx-auto grid w-full max-w-2xl gap-6 px-5 py-16' : 'grid gap-6 pt-8'}>
      <h1 className="text-3xl">{title}</h1>
      <ProblemNotice problem={problem} onRetry={onRetry} />
      <ButtonLink href="/sessions" variant="quiet" className="justify-self-start">
        All sessions
      </ButtonLink>
    </Frame>
  );
}
