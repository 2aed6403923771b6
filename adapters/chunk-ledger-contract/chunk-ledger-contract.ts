/** What every ChunkLedger must do: each captured sample is accounted for once, whatever comes twice, late, or not at all. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#domain/ids.ts';
import { transcribeChunkJob } from '#domain/jobs/meeting-jobs.ts';
import { coverageOf } from '#domain/meetings/coverage.ts';
import type { ChunkLedger } from '#domain/meetings/ports.ts';
import { count } from '#tests/support/counts.ts';
import { jobId } from '#tests/support/job-id.ts';
import { CHUNK, SECOND, result } from '#tests/support/ledger-world.ts';
import type { LedgerWorld } from '#tests/support/ledger-world.ts';

/** @param open the ledger, and the meetings it writes to, ready before the first test */
export function describeChunkLedger(name: string, open: () => Promise<{ ledger: ChunkLedger; world: LedgerWorld }>): void {
  describe(`the ledger ${name}`, () => {
    let ledger: ChunkLedger;
    let world: LedgerWorld;
    beforeAll(async () => {
      ({ ledger, world } = await open());
    });

    it('hands out a chunk with its place and what is known of it, and none of a session that is gone', async () => {
      const room = await world.meeting();
      await room.captured(33);
      expect(await ledger.begin(room.id, 0, 'w')).toEqual({ chunk: 0, startSample: 0, endSample: CHUNK, totalSamples: null, state: 'captured', sha256: null, engine: null });
      await ledger.settle(room.id, 0, result(0));
      await room.end(40);
      expect(await ledger.begin(room.id, 0, 'w')).toEqual({ chunk: 0, startSample: 0, endSample: CHUNK, totalSamples: 40 * SECOND, state: 'transcribed', sha256: 'sha-0', engine: 'scripted' });
      expect((await room.get()).chunks[0]).toMatchObject({ state: 'transcribed', attempts: 2 });
      const gone = newId();
      expect(await ledger.begin(gone, 0, 'w')).toBeNull();
      await ledger.settle(gone, 0, result(0));
      await ledger.fail(gone, 0, 'engine.failed', true);
      expect(await world.jobs('assemble-meeting', gone)).toEqual([]);
    });

    it('lets words of a chunk take the place of live ones, and of live ones that come too late', async () => {
      const room = await world.meeting();
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
      expect((await world.sessions.list(world.ada, { q: 'u-1', limit: 10 })).items.map(({ id }) => id)).not.toContain(room.id);
    });

    it('keeps live words that reach into a chunk that is still to come, until that is transcribed as well', async () => {
      const room = await world.meeting();
      await room.live('u-1', 24, 35);
      await room.captured(63);
      await ledger.settle(room.id, 0, result(0));
      await room.live('u-2', 20, 23);
      expect(await room.texts()).toEqual(['words of 0', 'live u-1']);
      await ledger.settle(room.id, 1, result(1));
      expect(await room.texts()).toEqual(['words of 0', 'words of 1']);
    });

    it('keeps words, voices and times as they came, and odd characters from doing harm', async () => {
      const room = await world.meeting();
      await room.captured(33);
      const embedding = Float32Array.from([0.1, -1 / 3, 1e-30, 0.999_999_94]);
      const words = [{ text: 'Ça va', startSample: SECOND, endSample: SECOND + 800 }];
      await ledger.settle(room.id, 0, result(0, { segments: [{ itemId: 'c0-0', text: '»Ça va\0« \uD800', startSample: SECOND, endSample: 2 * SECOND, words, voice: 1 }], voices: [{ voice: 1, model: 'm/1', embedding, speechSamples: 7_000 }] }));
      expect(await room.texts()).toEqual(['»Ça va\uFFFD« \uFFFD']);
      const { rows } = await world.database.asOwner<{ speaker: string; words: unknown; voice: number; embedding: number[]; model: string; speech_samples: string }>(
        'select i.speaker, i.words, v.voice, v.embedding, v.model, v.speech_samples from transcript_items i join chunk_voices v using (session_id, chunk, voice) where session_id = $1',
        [room.id],
      );
      expect(rows.map((row) => ({ ...row, embedding: Float32Array.from(row.embedding) }))).toEqual([{ speaker: 'S0', words, voice: 1, embedding, model: 'm/1', speech_samples: '7000' }]);
    });

    it('keeps what a person corrected when the chunk is transcribed again', async () => {
      const room = await world.meeting();
      await room.captured(33);
      await ledger.settle(room.id, 0, result(0));
      await world.meetings.correctItem(world.ada, room.id, 'c0-0', { text: 'Words of zero.', revision: 1 });
      await ledger.settle(room.id, 0, result(0, { segments: [{ itemId: 'c0-0', text: 'again', startSample: SECOND, endSample: 2 * SECOND }, { itemId: 'c0-1', text: 'new', startSample: 5 * SECOND, endSample: 6 * SECOND }] }));
      expect(await room.texts()).toEqual(['Words of zero.', 'new']);
    });

    it('leaves what a person put back in the transcript when the chunk is transcribed again', async () => {
      const room = await world.meeting();
      await room.captured(33);
      const suppressed = [{ segmentId: 'c0-1', text: 'Thank you.', startSample: 10 * SECOND, endSample: 11 * SECOND, reason: 'no_voice', metrics: { voicedMs: 0 } }];
      await ledger.settle(room.id, 0, result(0, { suppressed }));
      expect(await world.meetings.suppressed(world.ada, room.id)).toMatchObject([{ ...suppressed[0], restored: false }]);
      await world.meetings.restoreSuppressed(world.ada, room.id, 'c0-1', true);
      await ledger.settle(room.id, 0, result(0, { suppressed }));
      expect(await room.texts()).toEqual(['words of 0', 'Thank you.']);
    });

    it('has the meeting assembled by the last chunk, partial when one is given up, whole when that is tried again', async () => {
      const room = await world.meeting();
      await room.end(62);
      await ledger.settle(room.id, 0, result(0));
      await ledger.fail(room.id, 1, 'engine.failed', false);
      expect((await room.get()).chunks[1]).toMatchObject({ state: 'captured', failure: 'engine.failed' });
      await ledger.settle(room.id, 2, result(2, { ownedTo: 62 * SECOND }));
      expect(await world.jobs('assemble-meeting', room.id)).toEqual([]);
      await ledger.fail(room.id, 1, 'engine.failed', true);
      expect(await world.jobs('assemble-meeting', room.id)).toEqual(['created']);

      await world.closing.assembled(room.id, (await world.closing.settledSeq(room.id))!);
      await world.done('assemble-meeting', room.id);
      await world.closing.close(room.id, 'partial');
      expect((await world.sessions.get(world.ada, room.id))!.status).toBe('partial');

      expect(await world.meetings.retryChunks(world.ada, room.id)).toBe(1);
      expect((await world.sessions.get(world.ada, room.id))!.status).toBe('processing');
      await ledger.settle(room.id, 1, result(1));
      expect(await world.jobs('assemble-meeting', room.id)).toEqual(['created']);
    });

    it('gives what a dead worker was at back at once, and up when it keeps dying of it', async () => {
      const room = await world.meeting();
      await room.end(20);
      const id = jobId('transcribe-chunk', `${room.id}:0`);
      for (let death = 1; death <= transcribeChunkJob.retryLimit + 1; death += 1) {
        await world.database.asOwner("update pgboss.job set state = 'active' where id = $1", [id]);
        expect(await ledger.begin(room.id, 0, 'host:/data')).toMatchObject({ startSample: 0, endSample: 20 * SECOND, totalSamples: 20 * SECOND });
        expect(await ledger.takeUpAgain('host:/elsewhere')).toBe(0);
        expect(await ledger.takeUpAgain('host:/data')).toBe(1);
        expect((await world.database.asOwner<{ state: string }>('select state::text from pgboss.job where id = $1', [id])).rows[0]!.state).toBe(death <= transcribeChunkJob.retryLimit ? 'retry' : 'cancelled');
      }
      expect((await room.get()).chunks[0]).toMatchObject({ state: 'failed', failure: 'worker.died' });
      expect(await world.jobs('assemble-meeting', room.id)).toEqual(['created']);
      expect(await world.meetings.retryChunks(world.ada, room.id, 0)).toBe(1);
      expect(await world.jobs('transcribe-chunk', room.id)).toEqual(['created']);
    });

    it('waits for its chunks until the deadline, and no longer', async () => {
      const room = await world.meeting();
      await room.end(20);
      expect(await ledger.overdue(room.id)).toBe(false);
      await world.database.asOwner("update meetings set closing_deadline_at = now() - interval '1 second' where session_id = $1", [room.id]);
      expect(await ledger.overdue(room.id)).toBe(true);
      expect((await room.get()).chunks[0]).toMatchObject({ state: 'failed', failure: 'chunk.late' });
      expect(await world.jobs('assemble-meeting', room.id)).toEqual(['created']);
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
          const room = await world.meeting();
          for (const each of steps) {
            if (each.do === 'captured') await room.captured(Math.min(each.seconds, total));
            else if (each.do === 'begin') await ledger.begin(room.id, each.chunk, 'w');
            else if (each.do === 'settle') await ledger.settle(room.id, each.chunk, result(each.chunk));
            else if (each.do === 'fail' || each.do === 'give up') await ledger.fail(room.id, each.chunk, 'engine.failed', each.do === 'give up');
            else if (each.do === 'worker dies') await ledger.takeUpAgain('w');
            else if (each.do === 'retry') await world.meetings.retryChunks(world.ada, room.id);
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
          expect(await world.closing.settled(room.id)).toBe(true);
          expect(await world.jobs('assemble-meeting', room.id)).not.toEqual([]);
          const items = (await world.sessions.transcript(world.ada, room.id))!;
          expect(new Set(items.map(({ itemId }) => itemId)).size).toBe(items.length);
        }),
        { numRuns: count(4, 100) },
      );
    });
  });
}
