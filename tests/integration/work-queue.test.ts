/** The queue of background jobs, carried by pg-boss and by SQS (moto's), over the same rows. */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { QUEUE_SCHEMA, enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { queueDatabase } from '#adapters/pg-boss/install-queues.ts';
import { PostgresJobRows } from '#adapters/pg-boss/job-rows.ts';
import { Database } from '#adapters/postgres/database.ts';
import { JOB, describeWorkQueue, workbench } from '#adapters/work-queue-contract/work-queue-contract.ts';
import type { WorkQueueWorld } from '#adapters/work-queue-contract/work-queue-contract.ts';
import { newId } from '#domain/ids.ts';
import { forgetRecordingJob } from '#domain/jobs/session-jobs.ts';
import { startTestDatabase } from '#tests/support/database.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { startFaultyProxy } from '#tests/support/faulty-proxy.ts';
import type { FaultyProxy } from '#tests/support/faulty-proxy.ts';
import { jobId } from '#tests/support/job-id.ts';
import { motoMissing, startMoto } from '#tests/support/moto.ts';
import type { Moto } from '#tests/support/moto.ts';
import { openQueue } from '#tests/support/work-queue-child.ts';
import type { WorkerTask } from '#tests/support/work-queue-child.ts';

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await startTestDatabase();
  database = new Database({ url: server.url });
});
afterAll(async () => {
  await database.close();
  await server.close();
});

describeWorkQueue('of pg-boss', async () => ({
  database,
  open: () => openQueue(database, undefined),
  child: { databaseUrl: server.url, job: JOB.name },
  async foundOut(id) {
    await database.asOwner("update pgboss.job set heartbeat_on = now() - interval '1 minute' where id = $1", [id]);
    const boss = new PgBoss({ db: queueDatabase(database), schema: QUEUE_SCHEMA, migrate: false, schedule: false, supervise: false });
    boss.on('error', () => {});
    await boss.start();
    await boss.supervise();
    await boss.stop({ graceful: false });
    await database.asOwner("update pgboss.job set start_after = now() where id = $1 and state = 'retry'", [id]);
  },
  quiet: async () => {},
}));

const missing = motoMissing();
if (missing) describe.skip(`the queue of SQS: ${missing}`, () => it('is tried against a stand-in for AWS', () => {}));
else describeSqs();

function describeSqs(): void {
  const ACCOUNT = '123456789012';
  const MAX_RECEIVES = 3;
  /** Short, and longer than this machine ever stands still: a beat each second. */
  const VISIBILITY_S = 4;
  let moto: Moto;
  let proxy: FaultyProxy;
  let sqs: WorkerTask['sqs'] & {};
  let client: SQSClient;
  let world: WorkQueueWorld;

  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startFaultyProxy(moto.endpoint);
    Object.assign(process.env, moto.env, { AWS_ENDPOINT_URL: proxy.url });
    client = new SQSClient({ endpoint: moto.endpoint });
    const attributes = { VisibilityTimeout: String(VISIBILITY_S) };
    await client.send(new CreateQueueCommand({ QueueName: `${JOB.name}-dead`, Attributes: attributes }));
    const redrive = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${moto.env.AWS_REGION}:${ACCOUNT}:${JOB.name}-dead`, maxReceiveCount: MAX_RECEIVES });
    await client.send(new CreateQueueCommand({ QueueName: JOB.name, Attributes: { ...attributes, RedrivePolicy: redrive } }));
    sqs = { prefix: `${proxy.url}/${ACCOUNT}/`, names: [JOB.name], times: { waitS: 1, visibilityS: VISIBILITY_S, keeperMs: 500, reclaimMs: 500 }, rowTimes: { silentS: 3 } };
    world = { database, open: () => openQueue(database, sqs), child: { databaseUrl: server.url, job: JOB.name, sqs }, foundOut: async () => {}, quiet: () => proxy.quiet() };
  });
  afterAll(async () => {
    client.destroy();
    await proxy.stop();
    await moto.stop();
  });

  describeWorkQueue('of SQS', async () => world);

  describe('the queue of SQS', () => {
    const { ask, state, row, change, hurry, letters, work, stopAll } = workbench(() => world);
    afterEach(async () => {
      proxy.decide = () => null;
      await stopAll();
    });
    const rows = () => new PostgresJobRows(database, { times: sqs.rowTimes });
    const url = (suffix = '') => `${moto.endpoint}/${ACCOUNT}/${JOB.name}${suffix}`;
    const refused = { reply: { status: 500, body: { __type: 'InternalFailure' } } };
    const throttled = { reply: { status: 400, body: { __type: 'com.amazonaws.sqs#RequestThrottled', message: 'slow down' } } };

    it('does not give a job to another while its worker is at it, however long that takes', async () => {
      const id = await ask();
      const ran: string[] = [];
      const goOn = Promise.withResolvers<void>();
      const run = async () => {
        ran.push(id);
        await goOn.promise;
      };
      await work(run);
      await work(run);
      // More beats than fit into the visibility time.
      const beats = new Set<string>();
      await expect.poll(async () => beats.add((await row(id)).beats).size).toBeGreaterThan(6);
      goOn.resolve();
      await expect.poll(() => state(id)).toBe('completed');
      expect(ran).toHaveLength(1);
    });

    it('has rows wait while SQS is away, and costs them no try', async () => {
      let refusals = 0;
      proxy.decide = (target) => {
        if (target !== 'SendMessageBatch') return null;
        refusals += 1;
        return refusals % 3 === 0 ? 'cut' : refusals % 3 === 1 ? throttled : refused;
      };
      const id = await ask();
      await work(async () => {});
      await expect.poll(() => refusals).toBeGreaterThan(2);
      expect(await row(id)).toMatchObject({ state: 'active', started: false, tries: 0 });
      proxy.decide = () => null;
      // The minute in which it could still have been confirmed is over.
      await change(id, 'heartbeat_on = now()');
      await expect.poll(() => row(id)).toMatchObject({ state: 'completed', tries: 0 });
    });

    it('sends again what SQS refuses of a batch, entry by entry', async () => {
      const ids = await Promise.all(Array.from({ length: 5 }, () => ask()));
      const sent: number[] = [];
      proxy.decide = (target, body) => {
        if (target !== 'SendMessageBatch') return null;
        const { Entries } = JSON.parse(body) as { Entries: { Id: string; MessageBody: string }[] };
        sent.push(Entries.length);
        if (sent.length > 1) return null;
        // Two of five are taken.
        const taken = Entries.slice(0, 2);
        void Promise.all(taken.map(({ MessageBody }) => client.send(new SendMessageCommand({ QueueUrl: url(), MessageBody }))));
        return { reply: { status: 200, body: { Successful: taken.map(({ Id, MessageBody }) => ({ Id, MessageId: newId(), MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') })), Failed: Entries.slice(2).map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })) } } };
      };
      const ran: string[] = [];
      await work(async ({ id }) => void ran.push(id), { concurrency: 5 });
      await expect.poll(() => Promise.all(ids.map(state))).toEqual(ids.map(() => 'completed'));
      expect(ran.toSorted()).toEqual(ids.toSorted());
      expect(sent.slice(0, 2)).toEqual([5, 3]);
    });

    it('hands over again what a relay took and did not live to send', async () => {
      const id = await ask();
      expect(await rows().handOver([JOB.name], 10)).toEqual([{ name: JOB.name, id }]);
      expect(await rows().handOver([JOB.name], 10)).toEqual([]);
      await change(id, 'heartbeat_on = now()');
      await work(async () => {});
      await expect.poll(() => row(id)).toMatchObject({ state: 'completed', tries: 0 });
    });

    it('takes back at once what a stopping worker gave back, and counts no try', async () => {
      const id = await ask();
      const held = { ...sqs, times: { ...sqs.times, visibilityS: 3600 } };
      const begun = Promise.withResolvers<void>();
      const first = await work(({ signal }) => new Promise((_resolve, reject) => {
        begun.resolve();
        signal.addEventListener('abort', () => reject(new Error('unavailable')));
      }), { queue: openQueue(database, held) });
      await begun.promise;
      await first.stop(300);
      expect(await row(id)).toMatchObject({ state: 'active', started: false, tries: 0 });
      await work(async () => {});
      await expect.poll(() => row(id)).toMatchObject({ state: 'completed', tries: 0 });
    });

    it('makes a dead letter of a job that brings each of its workers down', async () => {
      const key = newId();
      const id = await ask(key);
      await deliver(id);
      for (let death = 0; death < MAX_RECEIVES; death += 1) {
        await receive(id);
        expect(await rows().take({ name: JOB.name, id })).toMatchObject({ id });
        await change(id, "heartbeat_on = now() - interval '1 minute'");
      }
      const ran: string[] = [];
      await work(async (job) => void ran.push(job.id));
      await expect.poll(() => letters(key)).toMatchObject([{ job: JOB.name, payload: { sessionId: key }, failure: 'worker.died' }]);
      expect(ran).toEqual([]);
      expect(await state(id)).toBe('failed');
    });

    it('goes on with a job that was given back too often for SQS: nobody died of it', async () => {
      const key = newId();
      const id = await ask(key);
      await deliver(id);
      for (let times = 0; times < MAX_RECEIVES; times += 1) await receive(id);
      await work(async () => {});
      await expect.poll(() => row(id)).toMatchObject({ state: 'completed', tries: 0 });
      expect(await letters(key)).toEqual([]);
    });

    it('lays aside what is no job, and goes on', async () => {
      const foreign = ['hello', '{"job":"erase-session","id":"6b0a4f5e-0000-8000-8000-000000000000"}', JSON.stringify({ job: JOB.name, id: newId(), extra: 1 })];
      for (const MessageBody of foreign) await client.send(new SendMessageCommand({ QueueUrl: url(), MessageBody }));
      await client.send(new SendMessageCommand({ QueueUrl: url(), MessageBody: JSON.stringify({ job: JOB.name, id: newId() }) }));
      const id = await ask();
      const ran: string[] = [];
      await work(async (job) => void ran.push(job.id));
      await expect.poll(() => state(id)).toBe('completed');
      // Those of the queue's workers that look there as well hide what they leave for a moment.
      const found = new Set<string>();
      await expect.poll(async () => {
        const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: url('-dead'), MaxNumberOfMessages: 10 }));
        for (const { Body } of Messages) found.add(Body!);
        return [...found].toSorted();
      }).toEqual(foreign.toSorted());
      await stopAll();
      expect(ran).toEqual([id]);
    });

    it('does every job in the end, whatever SQS refuses or loses meanwhile', async () => {
      let requests = 0;
      proxy.decide = (target) => {
        requests += 1;
        if (target === 'DeleteMessage' && requests % 3 === 0) return refused;
        return requests % 5 === 0 ? refused : requests % 7 === 0 ? 'cut' : requests % 11 === 0 ? { change: () => '' } : null;
      };
      const ids = await Promise.all(Array.from({ length: 8 }, () => ask()));
      const done: string[] = [];
      for (const concurrency of [2, 2]) await work(async ({ id }) => void done.push(id), { concurrency });
      await expect.poll(async () => {
        await Promise.all(ids.map((id) => change(id, "heartbeat_on = case when started_on is null and state = 'active' then now() else heartbeat_on end")));
        await Promise.all(ids.map(hurry));
        return Promise.all(ids.map(state));
      }).toEqual(ids.map(() => 'completed'));
      expect([...new Set(done)].toSorted()).toEqual(ids.toSorted());
    });

    it('removes rows whose time is over', async () => {
      const [old, young, forgotten] = [await ask(), await ask(), await ask(newId(), 3600)];
      await change(old, "state = 'completed', completed_on = now() - interval '1 year'");
      await change(young, "state = 'completed', completed_on = now()");
      await change(forgotten, "keep_until = now() - interval '1 day'");
      await rows().tidy();
      expect([await state(old), await state(young), await state(forgotten)]).toEqual([undefined, 'completed', undefined]);
    });

    // The last: what it leaves waiting at the queue for twenty seconds would take the messages of others.
    it('gives the worker process the jobs it is told to do, and no others', async () => {
      const dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-worker-'));
      // Neither session exists (any more), so that there is nothing to seal or forget.
      const [id, other] = [await ask(), newId()];
      await database.asService((tx) => enqueueJob(tx, { definition: forgetRecordingJob, payload: { sessionId: other } }));
      const env = { ...process.env, DATABASE_URL: server.url, SPOOL_DATA_DIR: dataDir, SPOOL_UPLOAD_PORT: '0', SPOOL_LOG_LEVEL: 'silent', AWS_ENDPOINT_URL: moto.endpoint, SPOOL_SQS_PREFIX: `${moto.endpoint}/${ACCOUNT}/`, SPOOL_JOBS: JOB.name };
      const worker = fork(path.resolve(import.meta.dirname, '../../workers/main.ts'), { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      try {
        await expect.poll(() => state(id)).toBe('completed');
        // Its queue is missing here: the job waits, begun by nobody.
        expect(await row(jobId(forgetRecordingJob.name, other))).toMatchObject({ started: false, tries: 0 });
        const exited = once(worker, 'exit');
        worker.kill('SIGTERM');
        expect((await exited)[0]).toBe(0);
      } finally {
        worker.kill('SIGKILL');
        await rm(dataDir, { recursive: true, force: true });
      }
    });

    /** As a relay would. */
    async function deliver(id: string): Promise<void> {
      await rows().handOver([JOB.name], 100);
      await client.send(new SendMessageCommand({ QueueUrl: url(), MessageBody: JSON.stringify({ job: JOB.name, id }) }));
      await rows().confirm([{ name: JOB.name, id }]);
    }
    /** As a worker that does not live to say more; the message is there again at once. */
    async function receive(id: string): Promise<void> {
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: url(), VisibilityTimeout: 0, WaitTimeSeconds: 5 }));
      expect(Messages.map(({ Body }) => JSON.parse(Body!))).toEqual([{ job: JOB.name, id }]);
    }
  });
}
