/** The place of a session's one writer, held while its audio comes from a file and not from a person who talks. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { LiveSessionStore } from '#domain/session/ports.ts';

/** As live sessions do (realtime-server/session-registry.ts): four renewals to a lease. */
const TTL_MS = 6_000;
const RENEW_MS = 1_500;
/** How long the writer before gets to let go: its lease, and a little more. */
const WAIT_MS = TTL_MS + 2_000;

export interface SessionLease {
  epoch: number;
  /** Aborts when another writer has the session, or the session is gone. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** @throws SpoolError `unavailable` when another writer keeps it; null when there is no such session */
export async function takeLease({ store, writerId, sessionId, clock, signal }: { store: LiveSessionStore; writerId: string; sessionId: string; clock: Clock; signal: AbortSignal }): Promise<SessionLease | null> {
  const epoch = await acquire();
  if (epoch === null) return null;
  const lost = new AbortController();
  let cancel = () => {};
  let released = false;
  const renew = async () => {
    const { kept, wanted } = await store.renewLeases(writerId, [sessionId], TTL_MS);
    // Whoever asks for it waits: a file has one writer, from its first sample to its last.
    if (!kept.includes(sessionId) && !wanted.includes(sessionId)) lost.abort(new SpoolError('lease.lost', 'A file’s session went to another writer, or is gone.'));
  };
  const again = () => {
    if (released || lost.signal.aborted) return;
    // A database that is away for longer than the lease lets another writer in; then every write of ours fails.
    cancel = clock.schedule(RENEW_MS, () => void renew().catch(() => {}).finally(again));
  };
  again();
  return {
    epoch,
    lost: lost.signal,
    async release() {
      released = true;
      cancel();
      await store.releaseLease(sessionId, writerId, epoch);
    },
  };

  async function acquire(): Promise<number | null> {
    const sinceMs = clock.monotonicMs();
    for (;;) {
      signal.throwIfAborted();
      const lease = await store.acquireLease(sessionId, writerId, TTL_MS);
      if (lease === null) return null;
      if ('epoch' in lease) return lease.epoch;
      if (clock.monotonicMs() - sinceMs > WAIT_MS) throw new SpoolError('unavailable', 'The session of a file is held by another writer.');
      await new Promise<void>((resolve) => clock.schedule(lease.retryAfterMs, resolve));
    }
  }
}
