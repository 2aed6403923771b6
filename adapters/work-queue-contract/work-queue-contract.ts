/** What every WorkQueue must do with the rows that `spool_enqueue_job` writes, whatever carries them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listDeadLetters, retryDeadLetter } from '#adapters/pg-boss/dead-letters.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import type { Database } from '#adapters/postgres/database.ts';
import { newId } from '#domain/ids.ts';
import { sealRecordingJob } from '#domain/jobs/session-jobs.ts';
import { jobId } from '#tests/support/job-id.ts';
import type { WorkerTask } from '#tests/support/work-queue-child.ts';
import type { QueuedJob, WorkQueue } from '#workers/job-runner.ts';

export interface WorkQueueWorld {
  database: Database;
  /** A worker's queue; the suite stops it. */
  open(): WorkQueue;
  /** The same for a process of its own. */
  child: WorkerTask;
  /** A dead worker is found out by time; where that is long, this lets it pass. */
  foundOut(id: string): Promise<void>;
  /** Resolves when nobody who has stopped can still be given a job. */
  quiet(): Promise<void>;
}

const CHILD = path.resolve(import.meta.dirname, '../../tests/support/work-queue-child.ts');
/** The job of the suite: any will do. */
export const JOB = sealRecordingJob;
const NAME = JOB.name;

/** What tests do with rows and workers; `stopAll` after each test. */
export function workbench(world: () => WorkQueueWorld) {
  const opened: WorkQueue[] = [];
  const sql = <R>(text: string, params: unknown[]) => world().database.asOwner<R>(text, params).then(({ rows }) => rows);
  return {
    /** Asks for the job of that key; its id. */
    async ask(key = newId(), delayS?: number): Promise<string> {
      await world().database.asService((tx) => enqueueJob(tx, { definition: JOB, payload: { sessionId: key }, delayS }));
      return jobId(NAME, key);
    },
    async state(id: string): Promise<string | undefined> {
      return (await sql<{ state: string }>('select state::text from pgboss.job where id = $1', [id]))[0]?.state;
    },
    async row(id: string) {
      return (await sql<{ state: string; tries: number; pauseS: number; beats: string; started: boolean }>(`select state::text, retry_count as tries, extract(epoch from start_after - now())::float8 as "pauseS", heartbeat_on::text as beats, started_on is not null as started from pgboss.job where id = $1`, [id]))[0]!;
    },
    change: (id: string, set: string) => sql(`update pgboss.job set ${set} where id = $1`, [id]),
    /** Its pause is over. */
    hurry: (id: string) => sql("update pgboss.job set start_after = now() where id = $1 and state = 'retry'", [id]),
    letters: async (key: string) => (await listDeadLetters(world().database)).filter(({ payload }) => (payload as { sessionId: string }).sessionId === key),
    async work(run: (job: QueuedJob) => Promise<void>, { concurrency = 1, queue = world().open() } = {}): Promise<WorkQueue> {
      opened.push(queue);
      await queue.start();
      await queue.work(NAME, { pollIntervalMs: 500, concurrency }, run);
      return queue;
    },
    /** Also leaves no work to the next test. */
    async stopAll(): Promise<void> {
      await Promise.all(opened.splice(0).map((queue) => queue.stop(200)));
      await sql("update pgboss.job set state = 'completed', completed_on = now() where name = $1 and state < 'completed'", [NAME]);
      await world().quiet();
    },
  };
}

export function describeWorkQueue(name: string, open: () => Promise<WorkQueueWorld>): void {
  describe(`the queue ${name}`, () => {
    let world: WorkQueueWorld;
    beforeAll(async () => {
      world = await open();
    });
    const { ask, state, row, change, hurry, letters, work, stopAll } = workbench(() => world);
    afterEach(stopAll);

    it('runs a job once, though it was asked for twice, and again when asked for after it was done', async () => {
      const key = newId();
      const ran: QueuedJob[] = [];
      const id = await ask(key);
      await ask(key);
      await work(async (job) => void ran.push(job));
      await expect.poll(() => state(id)).toBe('completed');
      await ask(key);
      await expect.poll(() => ran.length).toBe(2);
      await expect.poll(() => state(id)).toBe('completed');
      expect(ran.map((job) => [job.id, job.payload, job.lastTry])).toEqual([[id, { sessionId: key }, false], [id, { sessionId: key }, false]]);
    });

    it('does not run a job before its time', async () => {
      const later = await ask(newId(), 3600);
      const now = await ask();
      const ran: string[] = [];
      await work(async ({ id }) => void ran.push(id));
      await expect.poll(() => state(now)).toBe('completed');
      expect(await row(later)).toMatchObject({ state: 'created', tries: 0 });
      expect(ran).toEqual([now]);
      await change(later, 'start_after = now()');
      await expect.poll(() => state(later)).toBe('completed');
    });

    it('leaves a job for later that was asked for again by its own run, and runs it then', async () => {
      const again = await ask();
      const other = newId();
      const ran: string[] = [];
      await work(async ({ id }) => {
        // As spool_enqueue_job does of a watch.
        if (ran.push(id) === 1) await change(again, "state = 'created', started_on = null, start_after = now() + interval '1 hour'");
      });
      await expect.poll(() => ran).toEqual([again]);
      const next = await ask(other);
      // One at a time: the first was settled before.
      await expect.poll(() => state(next)).toBe('completed');
      expect(await row(again)).toMatchObject({ state: 'created', tries: 0, started: false });
      await change(again, 'start_after = now()');
      await expect.poll(() => state(again)).toBe('completed');
      expect(ran).toEqual([again, next, again]);
    });

    it('runs as many at a time as it may, and no more', async () => {
      const ids = await Promise.all(Array.from({ length: 7 }, () => ask()));
      let [running, most] = [0, 0];
      const full = Promise.withResolvers<void>();
      await work(async () => {
        running += 1;
        most = Math.max(most, running);
        if (running === 3) full.resolve();
        await full.promise;
        running -= 1;
      }, { concurrency: 3 });
      await expect.poll(() => Promise.all(ids.map(state))).toEqual(ids.map(() => 'completed'));
      expect(most).toBe(3);
    });

    it('tries again after growing pauses, says which try is the last, shows the dead letter, and takes it back to work', async () => {
      const key = newId();
      const id = await ask(key);
      await change(id, 'retry_limit = 2, retry_delay = 100');
      const lastTries: boolean[] = [];
      let broken = true;
      const healed = Promise.withResolvers<string>();
      await work(async (job) => {
        if (!broken) return healed.resolve((job.payload as { sessionId: string }).sessionId);
        lastTries.push(job.lastTry);
        throw new Error('audio.disk_full');
      });
      for (const [index, [least, most]] of ([[100, 200], [200, 400]] as const).entries()) {
        await expect.poll(() => lastTries.length).toBe(index + 1);
        await expect.poll(() => state(id)).toBe('retry');
        const { pauseS } = await row(id);
        // Up to a minute may have gone by since it failed.
        expect(pauseS).toBeGreaterThan(least - 60);
        expect(pauseS).toBeLessThanOrEqual(most);
        await hurry(id);
      }
      await expect.poll(() => state(id)).toBe('failed');
      expect(lastTries).toEqual([false, false, true]);
      const [letter, ...others] = await letters(key);
      expect(letter).toMatchObject({ job: NAME, payload: { sessionId: key }, failure: 'audio.disk_full' });
      expect(others).toEqual([]);
      broken = false;
      expect(await retryDeadLetter(world.database, letter!.id)).toBe(true);
      expect(await healed.promise).toBe(key);
      expect(await letters(key)).toEqual([]);
    });

    it('gives up a job that takes longer than it may', async () => {
      const id = await ask();
      await change(id, 'expire_seconds = 1');
      const aborted = Promise.withResolvers<void>();
      await work(({ signal }) => new Promise(() => signal.addEventListener('abort', () => aborted.resolve())));
      await aborted.promise;
      await expect.poll(() => state(id)).toBe('retry');
    });

    it('gives back what is not done when it stops, and another gets it', async () => {
      const id = await ask();
      const begun = Promise.withResolvers<void>();
      const first = await work(() => new Promise(() => begun.resolve()));
      await begun.promise;
      await first.stop(300);
      await hurry(id);
      await work(async () => {});
      await expect.poll(() => state(id)).toBe('completed');
    });

    it('of a worker that was killed goes to another', async () => {
      const id = await ask();
      const child = fork(CHILD, [JSON.stringify(world.child)]);
      const [taken] = await once(child, 'message');
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(taken).toBe(id);
      expect(await row(id)).toMatchObject({ state: 'active', started: true });
      await world.foundOut(id);
      const ran: string[] = [];
      await work(async (job) => void ran.push(job.id));
      await expect.poll(() => state(id)).toBe('completed');
      expect(ran).toEqual([id]);
    });

    it('gives no job to two of several workers, and loses none', async () => {
      const ids = await Promise.all(Array.from({ length: 12 }, () => ask()));
      const ran: string[] = [];
      const failOnce = new Set(ids.filter((_id, index) => index % 4 === 0));
      for (const concurrency of [1, 2, 3]) {
        await work(async ({ id }) => {
          ran.push(id);
          if (failOnce.delete(id)) throw new Error('engine.failed');
        }, { concurrency });
      }
      await expect.poll(async () => {
        await Promise.all(ids.map(hurry));
        return Promise.all(ids.map(state));
      }).toEqual(ids.map(() => 'completed'));
      expect(ran.toSorted()).toEqual([...ids, ...ids.filter((_id, index) => index % 4 === 0)].toSorted());
    });
  });
}
