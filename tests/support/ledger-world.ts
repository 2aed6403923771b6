/** Meetings whose audio is told to the database, seen from outside: what the ledger's tests act on, whoever writes it. */
import { dropDeadLetter } from '#adapters/pg-boss/dead-letters.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { PostgresClosingStore } from '#adapters/postgres/closing-store.ts';
import type { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresMeetingRepository } from '#adapters/postgres/meeting-repository.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { CLOSING_PATIENCE_S } from '#domain/meetings/closing.ts';
import type { ChunkResult } from '#domain/meetings/ports.ts';

export const SECOND = 16_000;
export const CHUNK = 30 * SECOND;

export type LedgerWorld = Awaited<ReturnType<typeof openLedgerWorld>>;

export async function openLedgerWorld(database: Database) {
  const ada: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };
  const ben: PersonActor = { kind: 'person', id: newId(), name: 'Ben', role: 'learner' };
  const live = new PostgresLiveSessionStore(database, enqueueJob);
  const closing = new PostgresClosingStore(database, enqueueJob);
  const meetings = new PostgresMeetingRepository(database, enqueueJob, dropDeadLetter);
  const sessions = new PostgresSessionRepository(database, enqueueJob);
  const people = new PostgresPeopleRepository(database);
  await people.ensurePerson(ada);
  await people.ensurePerson(ben);

  return {
    database,
    ada,
    ben,
    closing,
    meetings,
    sessions,
    async meeting(recordingConsent = true) {
      const { id } = await sessions.create(ada, { id: newId(), kind: 'meeting', title: 'Plans', templateId: null, recordingConsent });
      const lease = await live.acquireLease(id, 'host:1/a', 60_000);
      const epoch = (lease as { epoch: number }).epoch;
      return {
        id,
        captured: (seconds: number) => live.commit(id, epoch, { captured: { throughSample: seconds * SECOND, chunkSamples: CHUNK } }),
        end: (seconds: number) =>
          live.commit(id, epoch, { status: 'processing', captured: { throughSample: seconds * SECOND, chunkSamples: CHUNK }, ended: { reason: 'ended_by_request', durationMs: seconds * 1000 } }),
        live: (itemId: string, fromSecond: number, toSecond: number) =>
          live.commit(id, epoch, { items: [{ itemId, revision: 1, speaker: 'S0', text: `live ${itemId}`, startSample: fromSecond * SECOND, endSample: toSecond * SECOND }] }),
        get: async () => (await meetings.get(ada, id))!,
        texts: async () => (await sessions.transcript(ada, id))!.map(({ text }) => text),
      };
    },
    /** States of the jobs of that name, in the order they were asked for. */
    jobs: async (name: string, sessionId: string) =>
      (await database.asOwner<{ state: string }>('select state::text from pgboss.job where name = $1 and data ->> $2 = $3 order by created_on', [name, 'sessionId', sessionId])).rows.map(({ state }) => state),
    /** The closing's time, and its own tries, are long over: the watch looks at it now. */
    async watchNow(sessionId: string): Promise<void> {
      await database.asOwner('update meetings set closing_deadline_at = now() - make_interval(secs => $2) where session_id = $1', [sessionId, CLOSING_PATIENCE_S]);
      await database.asOwner("update pgboss.job set start_after = now() where name = 'check-meeting' and state = 'created' and data ->> 'sessionId' = $1", [sessionId]);
    },
    done: (name: string, sessionId: string) => database.asOwner("update pgboss.job set state = 'completed', completed_on = now() where name = $1 and data ->> 'sessionId' = $2", [name, sessionId]),
  };
}

/** What transcribing the chunk gave: one sentence in its second second. */
export const result = (chunk: number, change: Partial<ChunkResult> = {}): ChunkResult => ({
  sha256: `sha-${chunk}`,
  engine: 'scripted',
  ownedFrom: chunk * CHUNK,
  ownedTo: (chunk + 1) * CHUNK,
  segments: [{ itemId: `c${chunk}-0`, text: `words of ${chunk}`, startSample: chunk * CHUNK + SECOND, endSample: chunk * CHUNK + 2 * SECOND }],
  suppressed: [],
  voices: [],
  speechSamples: SECOND,
  coveredSamples: SECOND,
  suppressedSamples: 0,
  words: 3,
  ...change,
});
