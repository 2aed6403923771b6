/** What admins see, for the client of `client.ts`. */
/** As `deadLetterSchema` of domain/operations/dead-letters.ts has it. */
export interface DeadLetter {
  id: string;
  job: string;
  payload: unknown;
  failedAt: string;
  failure: string | null;
}

/** All throw ProblemError. */
export function operationsCalls({ json, none }: { json<T>(method: string, path: string, options?: { signal?: AbortSignal }): Promise<T>; none(method: string, path: string): Promise<void> }) {
  return {
    listDeadLetters: (signal?: AbortSignal) => json<{ deadLetters: DeadLetter[] }>('GET', '/operations/dead-letters', { signal }),
    retryDeadLetter: (id: string) => none('POST', `/operations/dead-letters/${encodeURIComponent(id)}/retry`),
  };
}
