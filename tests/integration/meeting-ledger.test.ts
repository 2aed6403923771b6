/** The ledger of a meeting's chunks: every captured sample is in it once, whatever is delivered twice, late, or not at all. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dropDeadLetter } from '#adapters/pg-boss/dead-letters.ts';
import { enqueueJob, jobId } from '#adapters/pg-boss/enqueue.ts';
import { giveBackJob } from '#adapters/pg-boss/give-back.ts';
import { PostgresChunkLedger } from '#adapters/postgres/chunk-ledger.ts';
import { PostgresClosingStore } from '#adapters/postgres/closing-store.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresMeetingRepository } from '#adapters/postgres/meeting-repository.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { transcribeChunkJob } from '#domain/jobs/meeting-jobs.ts';
import { coverageOf } from '#domain/meetings/coverage.ts';
import type { ChunkResult } from '#domain/meetings/ports.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { count } from '#tests/support/counts.ts';

const SECOND = 16_000;
const CHUNK = 30 * SECOND;
const ada: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };
const ben: PersonActor = { kind: 'person', id: newId(), name: 'Ben', role: 'learner' };

describeOnEveryEngine('The ledger of a meeting', (start) => {
  let server: TestDatabase;
  let database: Database;
  let live: PostgresLiveSessionStore;
  let ledger: PostgresChunkLedger;
  let closing: PostgresClosingStore;
  let meetings: PostgresMeetingRepository;
  let sessions: PostgresSessionRepository;

  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
    live = new PostgresLiveSessionStore(database, enqueueJob);
    ledger = new PostgresChunkLedger(database, enqueueJob, giveBackJob);
    closing = new PostgresClosingStore(database, enqueueJob);
    meetings = new PostgresMeetingRepository(database, enqueueJob, dropDeadLetter);
    sessions = new PostgresSessionRepository(database, enqueueJob);
    const people = new PostgresPeopleRepository(database);
    await people.ensurePerson(ada);
    await people.ensurePerson(ben);
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });

  async function meeting(recordingConsent = true) {
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
  }
  const result = (chunk: number, change: Partial<ChunkResult> = {}): ChunkResult => ({
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
  const jobs = async (name: string, sessionId: string) =>
    (await database.asOwner<{ state: string }>('select state::text from pgboss.job where name = $1 and data ->> $2 = $3 order by created_on', [name, 'sessionId', sessionId])).rows.map(({ state }) => state);
  const done = (name: string, sessionId: string) => database.asOwner("update pgboss.job set state = 'completed', completed_on = now() where name = $1 and data ->> 'sessionId' = $2", [name, sessionId]);

  it('has a row and a job for every chunk on the disk, once, however often it is told', async () => {
    const room = await meeting();
    await room.captured(32);
    expect((await room.get()).chunks).toEqual([]);
    await room.captured(64);
    await room.captured(33);
    await room.captured(64);
    expect((await room.get()).chunks.map(({ startSample, endSample, state }) => [startSample / SECOND, endSample / SECOND, state])).toEqual([[0, 30, 'captured'], [30, 60, 'captured']]);
    expect(await jobs('transcribe-chunk', room.id)).toEqual(['created', 'created']);
    await room.end(64);
    expect((await room.get()).chunks.at(-1)).toMatchObject({ startSample: 60 * SECOND, endSample: 64 * SECOND });
    expect(await jobs('transcribe-chunk', room.id)).toHaveLength(3);
    expect(await jobs('check-meeting', room.id)).toEqual(['created']);
  });

  it('has neither row nor job when the process dies before the commit', async () => {
    const room = await meeting();
    const failing = new PostgresLiveSessionStore(database, async (tx, job) => {
      await enqueueJob(tx, job);
      throw new Error('Died here.');
    });
    await expect(failing.commit(room.id, 1, { captured: { throughSample: 33 * SECOND, chunkSamples: CHUNK } })).rejects.toThrow('Died here.');
    expect((await room.get()).chunks).toEqual([]);
    expect(await jobs('transcribe-chunk', room.id)).toEqual([]);
    await room.captured(33);
    expect((await room.get()).chunks).toHaveLength(1);
  });

  it('lets words of a chunk take the place of live ones, and of live ones that come too late', async () => {
    const room = await meeting();
    await room.live('u-1', 2, 5);
    await room.live('u-2', 31, 33);
    await room.captured(33);
    expect(await room.texts()).toEqual(['live u-1', 'live u-2']);
    await ledger.settle(room.id, 0, result(0));
    await room.live('u-3', 27, 29);
    expect(await room.texts()).toEqual(['words of 0', 'live u-2']);
    const once = await room.get();
    await ledger.settle(room.id, 0, result(0));
    expect(await room.texts()).toEqual(['words of 0', 'live u-2']);
    expect((await room.get()).chunks).toEqual(once.chunks);
    // What was superseded is not found either.
    expect((await sessions.list(ada, { q: 'u-1', limit: 10 })).items.map(({ id }) => id)).not.toContain(room.id);
  });

  it('keeps what a person corrected when the chunk is transcribed again, and what it said before', async () => {
    const room = await meeting();
    await room.captured(33);
    await ledger.settle(room.id, 0, result(0));
    const corrected = await meetings.correctItem(ada, room.id, 'c0-0', { text: 'Words of zero.', revision: 1 });
    expect(corrected).toMatchObject({ text: 'Words of zero.', revision: 2 });
    expect(await meetings.correctItem(ada, room.id, 'c0-0', { text: 'Else.', revision: 1 })).toBe('changed');
    expect(await meetings.correctItem(ben, room.id, 'c0-0', { text: 'Not mine.', revision: 2 })).toBeNull();
    await ledger.settle(room.id, 0, result(0, { segments: [{ itemId: 'c0-0', text: 'again', startSample: SECOND, endSample: 2 * SECOND }, { itemId: 'c0-1', text: 'new', startSample: 5 * SECOND, endSample: 6 * SECOND }] }));
    expect(await room.texts()).toEqual(['Words of zero.', 'new']);
    expect(await meetings.itemRevisions(ada, room.id, 'c0-0')).toMatchObject([{ revision: 1, text: 'words of 0' }]);
    expect(await meetings.itemRevisions(ben, room.id, 'c0-0')).toBeNull();
  });

  it('puts back what was held back, and takes it out again', async () => {
    const room = await meeting();
    await room.captured(33);
    const suppressed = [{ segmentId: 'c0-1', text: 'Thank you.', startSample: 10 * SECOND, endSample: 11 * SECOND, reason: 'no_voice', metrics: { voicedMs: 0 } }];
    await ledger.settle(room.id, 0, result(0, { suppressed }));
    expect(await meetings.suppressed(ada, room.id)).toMatchObject([{ segmentId: 'c0-1', restored: false }]);
    expect(await meetings.suppressed(ben, room.id)).toBeNull();
    expect(await meetings.restoreSuppressed(ada, room.id, 'c0-1', true)).toMatchObject({ restored: true });
    expect(await room.texts()).toEqual(['words of 0', 'Thank you.']);
    await ledger.settle(room.id, 0, result(0, { suppressed }));
    expect(await room.texts()).toEqual(['words of 0', 'Thank you.']);
    await meetings.restoreSuppressed(ada, room.id, 'c0-1', false);
    expect(await room.texts()).toEqual(['words of 0']);
  });

  it('has the meeting assembled by the last chunk, partial when one is given up, whole when that is tried again', async () => {
    const room = await meeting();
    await room.end(62);
    await ledger.settle(room.id, 0, result(0));
    await ledger.fail(room.id, 1, 'engine.failed', false);
    expect((await room.get()).chunks[1]).toMatchObject({ state: 'captured', failure: 'engine.failed' });
    await ledger.settle(room.id, 2, result(2, { ownedTo: 62 * SECOND }));
    expect(await jobs('assemble-meeting', room.id)).toEqual([]);
    await ledger.fail(room.id, 1, 'engine.failed', true);
    expect(await jobs('assemble-meeting', room.id)).toEqual(['created']);

    await closing.assembled(room.id, (await closing.settledSeq(room.id))!);
    await done('assemble-meeting', room.id);
    await closing.close(room.id, 'partial');
    expect((await sessions.get(ada, room.id))!.status).toBe('partial');

    expect(await meetings.retryChunks(ada, room.id)).toBe(1);
    expect((await sessions.get(ada, room.id))!.status).toBe('processing');
    await ledger.settle(room.id, 1, result(1));
    expect(await jobs('assemble-meeting', room.id)).toEqual(['created']);
  });

  it('is closed again when a chunk is settled while its notes are being written', async () => {
    const room = await meeting();
    await room.end(40);
    await ledger.settle(room.id, 0, result(0));
    await ledger.fail(room.id, 1, 'engine.failed', true);
    const seq = (await closing.settledSeq(room.id))!;
    await ledger.settle(room.id, 1, result(1, { ownedTo: 40 * SECOND }));
    await done('assemble-meeting', room.id); // which had read `seq` before
    await closing.assembled(room.id, seq);
    await closing.close(room.id, 'partial');
    expect((await sessions.get(ada, room.id))!.status).toBe('processing');
    expect(await jobs('assemble-meeting', room.id)).toEqual(['created']);
  });

  it('gives what a dead worker was at back at once, and up when it keeps dying of it', async () => {
    const room = await meeting();
    await room.end(20);
    const id = jobId('transcribe-chunk', `${room.id}:0`);
    for (let death = 1; death <= transcribeChunkJob.retryLimit + 1; death += 1) {
      await database.asOwner("update pgboss.job set state = 'active' where id = $1", [id]);
      expect(await ledger.begin(room.id, 0, 'host:/data')).toMatchObject({ startSample: 0, endSample: 20 * SECOND, totalSamples: 20 * SECOND });
      expect(await ledger.takeUpAgain('host:/elsewhere')).toBe(0);
      expect(await ledger.takeUpAgain('host:/data')).toBe(1);
      expect((await database.asOwner<{ state: string }>('select state::text from pgboss.job where id = $1', [id])).rows[0]!.state).toBe(death <= transcribeChunkJob.retryLimit ? 'retry' : 'cancelled');
    }
    expect((await room.get()).chunks[0]).toMatchObject({ state: 'failed', failure: 'worker.died' });
    expect(await jobs('assemble-meeting', room.id)).toEqual(['created']);
    expect(await meetings.retryChunks(ada, room.id, 0)).toBe(1);
    expect(await jobs('transcribe-chunk', room.id)).toEqual(['created']);
  });

  it('waits for its chunks until the deadline, and no longer', async () => {
    const room = await meeting();
    await room.end(20);
    expect(await ledger.overdue(room.id)).toBe(false);
    await database.asOwner("update meetings set closing_deadline_at = now() - interval '1 second' where session_id = $1", [room.id]);
    expect(await ledger.overdue(room.id)).toBe(true);
    expect((await room.get()).chunks[0]).toMatchObject({ state: 'failed', failure: 'chunk.late' });
    expect(await jobs('assemble-meeting', room.id)).toEqual(['created']);
  });

  it('forgets the sound of a meeting that may not be recorded only when it is closed', async () => {
    const room = await meeting(false);
    await room.end(20);
    expect(await jobs('forget-recording', room.id)).toEqual([]);
    await ledger.settle(room.id, 0, result(0, { ownedTo: 20 * SECOND }));
    await closing.assembled(room.id, (await closing.settledSeq(room.id))!);
    await closing.close(room.id, 'completed');
    expect(await jobs('forget-recording', room.id)).toEqual(['created']);
    expect((await sessions.get(ada, room.id))!.status).toBe('completed');
  });

  it('a meeting without any sound is closed as well', async () => {
    const room = await meeting();
    await room.end(0);
    expect((await room.get()).chunks).toEqual([]);
    expect(await jobs('assemble-meeting', room.id)).toEqual(['created']);
  });

  it('accounts for every captured sample once, whatever happens in whatever order', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('captured' as const), seconds: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ do: fc.constantFrom('begin' as const, 'settle' as const, 'fail' as const, 'give up' as const), chunk: fc.integer({ min: 0, max: 6 }) }),
      fc.record({ do: fc.constantFrom('worker dies' as const, 'retry' as const) }),
      fc.record({ do: fc.constant('live' as const), at: fc.integer({ min: 0, max: 180 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.integer({ min: 1, max: 200 }), async (steps, total) => {
        const room = await meeting();
        for (const each of steps) {
          if (each.do === 'captured') await room.captured(Math.min(each.seconds, total));
          else if (each.do === 'begin') await ledger.begin(room.id, each.chunk, 'w');
          else if (each.do === 'settle') await ledger.settle(room.id, each.chunk, result(each.chunk));
          else if (each.do === 'fail' || each.do === 'give up') await ledger.fail(room.id, each.chunk, 'engine.failed', each.do === 'give up');
          else if (each.do === 'worker dies') await ledger.takeUpAgain('w');
          else if (each.do === 'retry') await meetings.retryChunks(ada, room.id);
          else if (each.do === 'live') await room.live(`u-${each.at}`, each.at, each.at + 2);
        }
        await room.end(total);
        const { chunks, gaps } = await room.get();
        expect(chunks[0]!.startSample).toBe(0);
        expect(chunks.at(-1)!.endSample).toBe(total * SECOND);
        for (const [index, { startSample }] of chunks.entries()) if (index > 0) expect(startSample).toBe(chunks[index - 1]!.endSample);
        const coverage = coverageOf({ chunks, gaps, capturedSamples: total * SECOND, ended: true, awayMs: 0 });
        expect(coverage.transcribedMs + coverage.waitingMs + coverage.failedMs).toBe(coverage.capturedMs);
        for (const { chunk, state } of chunks) if (state !== 'failed') await ledger.settle(room.id, chunk, result(chunk));
        expect(await closing.settled(room.id)).toBe(true);
        expect(await jobs('assemble-meeting', room.id)).not.toEqual([]);
        const items = (await sessions.transcript(ada, room.id))!;
        expect(new Set(items.map(({ itemId }) => itemId)).size).toBe(items.length);
      }),
      { numRuns: count(6, 100) },
    );
  });
});
