/** The ledger of a meeting's chunks, in the database and through Supabase: every captured sample is in it once, with its job. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeChunkLedger } from '#adapters/chunk-ledger-contract/chunk-ledger-contract.ts';
import { listDeadLetters } from '#adapters/pg-boss/dead-letters.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { PostgresChunkLedger } from '#adapters/postgres/chunk-ledger.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { SupabaseChunkLedger } from '#adapters/supabase/chunk-ledger.ts';
import { newId } from '#domain/ids.ts';
import { CLOSING_PATIENCE_S } from '#domain/meetings/closing.ts';
import { MIGRATIONS_DIR } from '#scripts/migrate-everything.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { CHUNK, SECOND, openLedgerWorld, result } from '#tests/support/ledger-world.ts';
import type { LedgerWorld } from '#tests/support/ledger-world.ts';
import { startPostgrestServer } from '#tests/support/postgrest-server.ts';
import type { PostgrestServer } from '#tests/support/postgrest-server.ts';

describeOnEveryEngine('The ledger of a meeting', (start) => {
  let server: TestDatabase;
  let database: Database;
  let rest: PostgrestServer;
  let world: LedgerWorld;
  let ledger: PostgresChunkLedger;

  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
    rest = await startPostgrestServer(server.url);
    world = await openLedgerWorld(database);
    ledger = new PostgresChunkLedger(database);
  });
  afterAll(async () => {
    await rest.stop();
    await database.close();
    await server.close();
  });

  const begun = (name: string, sessionId: string) => database.asOwner("update pgboss.job set state = 'active', started_on = now() where name = $1 and data ->> 'sessionId' = $2", [name, sessionId]);
  /** As a queue does after the last try. */
  const givenUp = async (name: string, sessionId: string) => {
    await database.asOwner("update pgboss.job set state = 'failed', completed_on = now() where name = $1 and data ->> 'sessionId' = $2", [name, sessionId]);
    await database.asOwner("insert into pgboss.job (name, data, source_name) values ('dead-letters', jsonb_build_object('sessionId', $2::text), $1)", [name, sessionId]);
  };
  const deadLetters = async (sessionId: string) => (await listDeadLetters(database)).filter(({ payload }) => (payload as { sessionId: string }).sessionId === sessionId).length;
  /** How long jobs of that name wait from when they were last asked for. */
  const waitS = async (name: string, sessionId: string) =>
    (await database.asOwner<{ s: number }>("select greatest(0, round(extract(epoch from start_after - now()) / 10) * 10)::int as s from pgboss.job where name = $1 and data ->> 'sessionId' = $2 and state = 'created'", [name, sessionId])).rows.map(({ s }) => s);

  describeChunkLedger('in Postgres', async () => ({ ledger, world }));
  describeChunkLedger('through Supabase', async () => ({ ledger: new SupabaseChunkLedger({ url: rest.url, key: rest.key, token: await rest.token('spool_service') }), world }));

  describe('through Supabase', () => {
    it('is closed to everybody else who has a key of the project', async () => {
      const room = await world.meeting();
      await room.end(20);
      for (const role of ['anon', 'authenticated', 'service_role']) {
        const stranger = new SupabaseChunkLedger({ url: rest.url, key: rest.key, token: await rest.token(role) });
        await expect(stranger.settle(room.id, 0, result(0)), role).rejects.toMatchObject({ code: 'store.rejected', retryable: false });
        await expect(stranger.takeUpAgain('w'), role).rejects.toMatchObject({ code: 'store.rejected' });
      }
      expect((await room.get()).chunks[0]).toMatchObject({ state: 'captured' });
    });

    it('writes all of a result or nothing', async () => {
      const room = await world.meeting();
      await room.end(20);
      const service = new SupabaseChunkLedger({ url: rest.url, key: rest.key, token: await rest.token('spool_service') });
      const backwards = { voice: -1, model: 'm', embedding: Float32Array.of(1), speechSamples: 1 };
      await expect(service.settle(room.id, 0, result(0, { voices: [backwards] }))).rejects.toMatchObject({ code: 'internal', fields: { status: 400, reason: '23514' } });
      expect((await room.get()).chunks[0]).toMatchObject({ state: 'captured' });
      expect(await room.texts()).toEqual([]);
      expect(await world.jobs('assemble-meeting', room.id)).toEqual([]);
    });
  });

  it('has a row and a job for every chunk on the disk, once, however often it is told', async () => {
    const room = await world.meeting();
    await room.captured(32);
    expect((await room.get()).chunks).toEqual([]);
    await room.captured(64);
    await room.captured(33);
    await room.captured(64);
    expect((await room.get()).chunks.map(({ startSample, endSample, state }) => [startSample / SECOND, endSample / SECOND, state])).toEqual([[0, 30, 'captured'], [30, 60, 'captured']]);
    expect(await world.jobs('transcribe-chunk', room.id)).toEqual(['created', 'created']);
    await room.end(64);
    expect((await room.get()).chunks.at(-1)).toMatchObject({ startSample: 60 * SECOND, endSample: 64 * SECOND });
    expect(await world.jobs('transcribe-chunk', room.id)).toHaveLength(3);
    expect(await world.jobs('check-meeting', room.id)).toEqual(['created']);
  });

  it('has neither row nor job when the process dies before the commit', async () => {
    const room = await world.meeting();
    const failing = new PostgresLiveSessionStore(database, async (tx, job) => {
      await enqueueJob(tx, job);
      throw new Error('Died here.');
    });
    await expect(failing.commit(room.id, 1, { captured: { throughSample: 33 * SECOND, chunkSamples: CHUNK } })).rejects.toThrow('Died here.');
    expect((await room.get()).chunks).toEqual([]);
    expect(await world.jobs('transcribe-chunk', room.id)).toEqual([]);
    await room.captured(33);
    expect((await room.get()).chunks).toHaveLength(1);
  });

  it('is one, however often it is started at once under the same name', async () => {
    const start = (id: string) => world.meetings.start(world.ada, { id, title: 'Plans', recordingConsent: true, externalId: 'weekly', keyHash: newId(), keyExpiresAtMs: 9e12 });
    const started = await Promise.all([newId(), newId(), newId()].map(start));
    expect(new Set(started.map((session) => session!.id)).size).toBe(1);
  });

  it('refuses a job for which there is no queue, with everything else of the transaction', async () => {
    const asked = database.asService((tx) => tx.query("select spool_enqueue_job('no-such-queue', 'k', '{}'::jsonb)"));
    await expect(asked).rejects.toThrow('The queue no-such-queue does not exist; migrate the database.');
  });

  it('lets its owner alone correct words, and keeps what they said before', async () => {
    const room = await world.meeting();
    await room.captured(33);
    await ledger.settle(room.id, 0, result(0));
    const corrected = await world.meetings.correctItem(world.ada, room.id, 'c0-0', { text: 'Words of zero.', revision: 1 });
    expect(corrected).toMatchObject({ text: 'Words of zero.', revision: 2 });
    expect(await world.meetings.correctItem(world.ada, room.id, 'c0-0', { text: 'Else.', revision: 1 })).toBe('changed');
    expect(await world.meetings.correctItem(world.ben, room.id, 'c0-0', { text: 'Not mine.', revision: 2 })).toBeNull();
    expect(await room.texts()).toEqual(['Words of zero.']);
    expect(await world.meetings.itemRevisions(world.ada, room.id, 'c0-0')).toMatchObject([{ revision: 1, text: 'words of 0' }]);
    expect(await world.meetings.itemRevisions(world.ben, room.id, 'c0-0')).toBeNull();
  });

  it('loses nothing of a stretch that is heard anew when a person’s words have the number of new ones', async () => {
    const room = await world.meeting();
    await room.captured(33);
    await ledger.settle(room.id, 0, result(0));
    await world.meetings.correctItem(world.ada, room.id, 'c0-0', { text: 'Words of zero.', revision: 1 });
    const [first] = result(0).segments;
    const anew = result(0, { sha256: 'other', segments: [{ ...first!, text: 'said later', startSample: 10 * SECOND, endSample: 11 * SECOND }] });
    for (let time = 0; time < 2; time += 1) {
      await ledger.settle(room.id, 0, anew);
      expect(await room.texts()).toEqual(['Words of zero.', 'said later']);
    }
  });

  it('puts back what was held back, and takes it out again', async () => {
    const room = await world.meeting();
    await room.captured(33);
    const suppressed = [{ segmentId: 'c0-1', text: 'Thank you.', startSample: 10 * SECOND, endSample: 11 * SECOND, reason: 'no_voice', metrics: { voicedMs: 0 } }];
    await ledger.settle(room.id, 0, result(0, { suppressed }));
    expect(await world.meetings.suppressed(world.ben, room.id)).toBeNull();
    expect(await world.meetings.restoreSuppressed(world.ada, room.id, 'c0-1', true)).toMatchObject({ restored: true });
    expect(await room.texts()).toEqual(['words of 0', 'Thank you.']);
    await world.meetings.restoreSuppressed(world.ada, room.id, 'c0-1', false);
    expect(await room.texts()).toEqual(['words of 0']);
  });

  it('is closed again when a chunk is settled while its notes are being written', async () => {
    const room = await world.meeting();
    await room.end(40);
    await ledger.settle(room.id, 0, result(0));
    await ledger.fail(room.id, 1, 'engine.failed', true);
    const seq = (await world.closing.settledSeq(room.id))!;
    await ledger.settle(room.id, 1, result(1, { ownedTo: 40 * SECOND }));
    await world.done('assemble-meeting', room.id); // which had read `seq` before
    await world.closing.assembled(room.id, seq);
    await world.closing.close(room.id, 'partial');
    expect((await world.sessions.get(world.ada, room.id))!.status).toBe('processing');
    expect(await world.jobs('assemble-meeting', room.id)).toEqual(['created']);
  });

  it('forgets the sound of a meeting that may not be recorded only when it is closed', async () => {
    const room = await world.meeting(false);
    await room.end(20);
    expect(await world.jobs('forget-recording', room.id)).toEqual([]);
    await ledger.settle(room.id, 0, result(0, { ownedTo: 20 * SECOND }));
    await world.closing.assembled(room.id, (await world.closing.settledSeq(room.id))!);
    await world.closing.close(room.id, 'completed');
    expect(await world.jobs('forget-recording', room.id)).toEqual(['created']);
    expect((await world.sessions.get(world.ada, room.id))!.status).toBe('completed');
  });

  it('is not kept for what never came: that cannot be tried again', async () => {
    const room = await world.meeting(false);
    await room.end(20);
    await ledger.settle(room.id, 0, result(0, { ownedTo: 20 * SECOND }));
    await world.closing.assembled(room.id, (await world.closing.settledSeq(room.id))!);
    await world.closing.close(room.id, 'partial');
    expect(await waitS('forget-recording', room.id)).toEqual([0]);
  });

  it('is not kept past its closing for a stretch that was missing and came after all', async () => {
    const room = await world.meeting(false);
    await room.end(20);
    await ledger.fail(room.id, 0, 'engine.failed', true);
    await world.closing.assembled(room.id, (await world.closing.settledSeq(room.id))!);
    await world.closing.close(room.id, 'partial');
    expect(await waitS('forget-recording', room.id)).toEqual([24 * 3600]);
    await world.meetings.retryChunks(world.ada, room.id);
    await ledger.settle(room.id, 0, result(0, { ownedTo: 20 * SECOND }));
    await world.closing.assembled(room.id, (await world.closing.settledSeq(room.id))!);
    await world.closing.close(room.id, 'completed');
    expect(await waitS('forget-recording', room.id)).toEqual([0]);
  });

  it('is heard to its end also when the consent to keep it is withdrawn meanwhile, and then forgotten', async () => {
    const room = await world.meeting();
    await room.end(20);
    await world.sessions.update(world.ada, room.id, { recordingConsent: false });
    expect(await world.jobs('forget-recording', room.id)).toEqual([]);
    await ledger.settle(room.id, 0, result(0, { ownedTo: 20 * SECOND }));
    await world.closing.assembled(room.id, (await world.closing.settledSeq(room.id))!);
    await world.closing.close(room.id, 'completed');
    expect(await world.jobs('forget-recording', room.id)).toEqual(['created']);
  });

  it('has its notes written once more when somebody corrects what they are being written of', async () => {
    const room = await world.meeting();
    await room.end(20);
    await ledger.settle(room.id, 0, result(0, { ownedTo: 20 * SECOND }));
    await world.closing.assembled(room.id, (await world.closing.settledSeq(room.id))!);
    await database.asOwner("insert into meeting_notes (session_id, version, made_by, transcript_digest, body) values ($1, 1, 'extractive', 'd', '{}')", [room.id]);
    await begun('write-notes', room.id);
    await world.meetings.correctItem(world.ada, room.id, 'c0-0', { text: 'Words of zero.', revision: 1 });
    await world.meetings.correctItem(world.ada, room.id, 'c0-0', { text: 'Words of nought.', revision: 2 });
    expect(await world.jobs('write-notes', room.id)).toEqual(['active', 'created']);
    // Work on a chunk is handed out once: a second worker would be in the way of the first.
    await world.database.asService((tx) => tx.query("select spool_enqueue_job('transcribe-chunk', $1, $2::jsonb)", [`${room.id}:0`, JSON.stringify({ sessionId: room.id, chunk: 0 })]));
    await begun('transcribe-chunk', room.id);
    await world.database.asService((tx) => tx.query("select spool_enqueue_job('transcribe-chunk', $1, $2::jsonb)", [`${room.id}:0`, JSON.stringify({ sessionId: room.id, chunk: 0 })]));
    expect(await world.jobs('transcribe-chunk', room.id)).toEqual(['active']);
  });

  it('has a stretch transcribed that a person tries again while its last try is still being given up', async () => {
    const meeting = await world.meeting();
    await meeting.end(20);
    await begun('transcribe-chunk', meeting.id);
    await ledger.begin(meeting.id, 0, 'w');
    await ledger.fail(meeting.id, 0, 'engine.failed', true);
    expect(await world.meetings.retryChunks(world.ada, meeting.id)).toBe(1);
    await database.asOwner("update pgboss.job set state = 'failed', completed_on = now() where name = 'transcribe-chunk' and data ->> 'sessionId' = $1 and state = 'active'", [meeting.id]);
    expect(await world.jobs('transcribe-chunk', meeting.id)).toContain('created');
  });

  it('is closed by the clock also when a stretch that is tried again is never settled', async () => {
    const room = await world.meeting();
    await room.end(20);
    await database.asOwner("update meetings set closing_deadline_at = now() - interval '1 hour' where session_id = $1", [room.id]);
    expect(await ledger.overdue(room.id)).toBe(true);
    await world.done('check-meeting', room.id);
    await world.meetings.retryChunks(world.ada, room.id);
    expect(await ledger.overdue(room.id)).toBe(false);
    expect(await world.jobs('check-meeting', room.id)).toEqual(['created']);
    expect(await waitS('check-meeting', room.id)).toEqual([610]);
  });

  it('is watched past its deadline: its closing is left alone while it has tries, then asked for each time', async () => {
    const room = await world.meeting();
    await room.end(20);
    await begun('check-meeting', room.id);
    expect(await world.closing.watch(room.id)).toBe(false);
    expect(await waitS('check-meeting', room.id)).toEqual([610]);
    await ledger.settle(room.id, 0, result(0, { ownedTo: 20 * SECOND }));
    const seq = (await world.closing.settledSeq(room.id))!;
    await database.asOwner("update meetings set closing_deadline_at = now() - interval '1 minute' where session_id = $1", [room.id]);
    await begun('check-meeting', room.id);
    expect(await world.closing.watch(room.id)).toBe(false);
    expect(await world.closing.settledSeq(room.id)).toBe(seq);
    for (const [times, job] of (['assemble-meeting', 'write-notes'] as const).entries()) {
      await givenUp(job, room.id);
      await world.watchNow(room.id);
      await begun('check-meeting', room.id);
      expect(await world.closing.watch(room.id)).toBe(true);
      expect(await waitS('check-meeting', room.id)).toEqual([CLOSING_PATIENCE_S]);
      expect(await world.closing.settledSeq(room.id)).toBe(seq + times + 1);
      expect(await world.jobs('assemble-meeting', room.id)).toEqual(['created']);
      expect(await deadLetters(room.id)).toBe(0);
      await world.closing.assembled(room.id, seq + times + 1);
      await world.done('assemble-meeting', room.id);
      expect(await world.jobs('write-notes', room.id)).toEqual(['created']);
    }
    await world.closing.close(room.id, 'completed');
    await begun('check-meeting', room.id);
    expect(await world.closing.watch(room.id)).toBe(false);
    expect(await world.jobs('check-meeting', room.id)).toEqual(['active']);
  });

  it('is not watched any more once it is erased, and without its late chunk partial', async () => {
    const [gone, late] = [await world.meeting(), await world.meeting()];
    for (const room of [gone, late]) {
      await room.end(20);
      await database.asOwner("update meetings set closing_deadline_at = now() - interval '1 second' where session_id = $1", [room.id]);
      await begun('check-meeting', room.id);
    }
    await world.sessions.erase(world.ada, gone.id);
    expect(await world.closing.watch(gone.id)).toBe(false);
    expect(await world.jobs('check-meeting', gone.id)).not.toContain('created');
    expect(await world.jobs('assemble-meeting', gone.id)).toEqual([]);
    expect(await world.closing.watch(late.id)).toBe(true);
    expect((await late.get()).chunks[0]).toMatchObject({ state: 'failed', failure: 'chunk.late' });
    expect(await world.jobs('assemble-meeting', late.id)).toEqual(['created']);
  });

  it('is looked at again when a person tries its chunks anew while the watch is at it', async () => {
    const room = await world.meeting();
    await room.end(20);
    await ledger.fail(room.id, 0, 'engine.failed', true);
    await world.closing.assembled(room.id, (await world.closing.settledSeq(room.id))!);
    await world.closing.close(room.id, 'partial');
    await begun('check-meeting', room.id);
    expect(await world.closing.watch(room.id)).toBe(false);
    await world.meetings.retryChunks(world.ada, room.id);
    expect(await world.jobs('check-meeting', room.id)).toEqual(['created']);
    expect(await waitS('check-meeting', room.id)).toEqual([610]);
  });

  it('is watched from now on when it was left open before there was a watch', async () => {
    const [open, closed] = [await world.meeting(), await world.meeting()];
    for (const room of [open, closed]) {
      await room.end(0);
      await world.watchNow(room.id);
      await world.done('check-meeting', room.id);
    }
    await world.closing.assembled(closed.id, (await world.closing.settledSeq(closed.id))!);
    await world.closing.close(closed.id, 'completed');
    await database.asOwner(await readFile(path.join(MIGRATIONS_DIR, '0017_closing_watch.sql'), 'utf8'));
    expect(await waitS('check-meeting', open.id)).toEqual([3600]);
    expect(await world.jobs('check-meeting', closed.id)).toEqual(['completed']);
  });

  it('a meeting without any sound is closed as well', async () => {
    const room = await world.meeting();
    await room.end(0);
    expect((await room.get()).chunks).toEqual([]);
    expect(await world.jobs('assemble-meeting', room.id)).toEqual(['created']);
  });
});
