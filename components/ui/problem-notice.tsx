import type { ProblemError } from '#components/api/client.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** A failed request: what was wrong, the next step, the request id for whoever helps, and a second try where it can help. */
export function ProblemNotice({ problem, onRetry }: { problem: ProblemError; onRetry?: () => void }) {
  const retry = onRetry && problem.retryable ? <Button variant="quiet" onClick={onRetry}>Try again</Button> : null;
  return (
    <Notice tone="bad" urgent title={problem.title} actions={retry}>
      <p>{problem.next}</p>
      {problem.requestId ? <p className="mt-1 text-sm">Request id: {problem.requestId}</p> : null}
    </Notice>
  );
}
