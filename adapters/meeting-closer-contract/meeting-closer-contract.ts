/** What closing a meeting must come to, whoever sees to it: once settled it is closed, once, and once more when more comes. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PostgresNotesRepository } from '#adapters/postgres/notes-repository.ts';
import { assembleMeetingJob, checkMeetingJob, writeNotesJob } from '#domain/jobs/meeting-jobs.ts';
import type { ChunkLedger } from '#domain/meetings/ports.ts';
import { result } from '#tests/support/ledger-world.ts';
import type { LedgerWorld } from '#tests/support/ledger-world.ts';

export interface ClosingWorld {
  world: LedgerWorld;
  ledger: ChunkLedger;
  notes: Pick<PostgresNotesRepository, 'newest'>;
  /** Asks for the closing again, as a queue does that hands out a job twice. */
  askAgain(sessionId: string): Promise<void>;
  /** How many closings of this meeting were begun elsewhere; null where jobs are all there is. */
  begun(sessionId: string): number | null;
  /** From now on no closing gets through, or they do again. */
  breakDown(broken: boolean): Promise<void>;
  /** Whether its newest closing failed at its last try. */
  failed(sessionId: string): Promise<boolean>;
}

export function describeMeetingCloser(name: string, open: () => Promise<ClosingWorld>): void {
  describe(`a meeting that is closed ${name}`, () => {
    let room: ClosingWorld;
    beforeAll(async () => {
      room = await open();
    });
    const status = async (sessionId: string) => (await room.world.sessions.get(room.world.ada, sessionId))!.status;
    const closed = (sessionId: string, as: string) => expect.poll(() => status(sessionId)).toBe(as);
    const idle = (sessionId: string) =>
      expect.poll(async () => (await Promise.all([assembleMeetingJob, writeNotesJob].map(({ name: job }) => room.world.jobs(job, sessionId)))).flat().every((state) => state === 'completed')).toBe(true);

    it('is completed with notes when its last chunk is settled, and asked for again stays as it is', async () => {
      const { id, end } = await room.world.meeting();
      await end(60);
      await room.ledger.settle(id, 0, result(0));
      expect(await status(id)).toBe('processing');
      await room.ledger.settle(id, 1, result(1));
      await closed(id, 'completed');
      const notes = (await room.notes.newest(room.world.ada, id))!;
      expect(notes.version).toBe(1);
      await room.askAgain(id);
      await idle(id);
      expect(await room.notes.newest(room.world.ada, id)).toEqual(notes);
      expect(await status(id)).toBe('completed');
      expect(room.begun(id) ?? 1).toBe(1);
    });

    it('is partial when a chunk failed, and whole when that is tried again', async () => {
      const { id, end } = await room.world.meeting();
      await end(60);
      await room.ledger.settle(id, 0, result(0));
      await room.ledger.fail(id, 1, 'engine.failed', true);
      await closed(id, 'partial');
      expect((await room.notes.newest(room.world.ada, id))!.missing).toMatchObject({ failedMs: 30_000 });
      await room.world.meetings.retryChunks(room.world.ada, id);
      await room.ledger.settle(id, 1, result(1));
      await closed(id, 'completed');
      expect(await room.notes.newest(room.world.ada, id)).toMatchObject({ version: 2, missing: { failedMs: 0 } });
      expect(room.begun(id) ?? 2).toBe(2);
    });

    it('is closed by the watch after its closing failed for good, and not watched any longer', async () => {
      const { id, end } = await room.world.meeting();
      await room.breakDown(true);
      await end(30);
      await room.ledger.settle(id, 0, result(0));
      await expect.poll(() => room.failed(id)).toBe(true);
      await room.breakDown(false);
      expect(await status(id)).toBe('processing');
      await room.world.watchNow(id);
      await closed(id, 'completed');
      expect((await room.notes.newest(room.world.ada, id))!.version).toBe(1);
      expect(room.begun(id) ?? 2).toBe(2);
      expect(await room.world.jobs(checkMeetingJob.name, id)).toEqual(['created']);
      await room.world.watchNow(id);
      await expect.poll(() => room.world.jobs(checkMeetingJob.name, id)).toEqual(['completed']);
      expect(room.begun(id) ?? 2).toBe(2);
    });

    it('is left alone when it is erased meanwhile', async () => {
      const { id, end } = await room.world.meeting();
      await end(30);
      await room.ledger.settle(id, 0, result(0));
      await room.world.sessions.erase(room.world.ada, id);
      await idle(id);
    });
  });
}
