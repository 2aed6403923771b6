/** Meetings closed by a chain of jobs, and by the state machine of the cloud: the same steps on the same database. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeMeetingCloser } from '#adapters/meeting-closer-contract/meeting-closer-contract.ts';
import type { ClosingWorld } from '#adapters/meeting-closer-contract/meeting-closer-contract.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { PgBossWorkQueue } from '#adapters/pg-boss/work-queue.ts';
import { PostgresChunkLedger } from '#adapters/postgres/chunk-ledger.ts';
import { PostgresClosingStore } from '#adapters/postgres/closing-store.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresNotesRepository } from '#adapters/postgres/notes-repository.ts';
import { PostgresSeamStore } from '#adapters/postgres/seam-store.ts';
import { PostgresSpeakerStore } from '#adapters/postgres/speaker-store.ts';
import { createScriptedTranscriber } from '#adapters/speech-scripted/scripted-transcriber.ts';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import { ActivityWorker } from '#adapters/step-functions/activity-worker.ts';
import { StepFunctionsMeetingCloser } from '#adapters/step-functions/meeting-closer.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { assembleMeetingJob } from '#domain/jobs/meeting-jobs.ts';
import { silentLog } from '#domain/log.ts';
import type { MeetingCloser } from '#domain/meetings/closing.ts';
import { closingActivityArns } from '#domain/meetings/closing-activities.ts';
import { unprotected } from '#domain/operations/capacity.ts';
import { startTestDatabase } from '#tests/support/database.ts';
import { openLedgerWorld, result } from '#tests/support/ledger-world.ts';
import { startStepFunctions } from '#tests/support/step-functions.ts';
import { closingActivities } from '#workers/closing-workflow/closing-activities.ts';
import { closingSteps } from '#workers/closing-workflow/steps.ts';
import { closingHandlers } from '#workers/handlers/close-meeting.ts';
import { JobRunner } from '#workers/job-runner.ts';
import type { WorkQueue } from '#workers/job-runner.ts';

const STATE_MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:spool-test-closing';
const source = readFileSync(path.join(import.meta.dirname, '../../workers/closing-workflow/closing-workflow.asl.json'), 'utf8');

describe('closing', () => {
  const ending: (() => Promise<unknown> | void)[] = [];
  let database: Database;
  beforeAll(async () => {
    const server = await startTestDatabase();
    database = new Database({ url: server.url });
    ending.push(() => server.close(), () => database.close());
  });
  afterAll(async () => {
    for (const end of ending.reverse()) await end();
  });

  /** A worker that closes meetings, until `stop`. */
  async function open(elsewhere: 'jobs' | 'state machine') {
    const inCloud = elsewhere === 'state machine';
    const world = await openLedgerWorld(database);
    const ledger = new PostgresChunkLedger(database);
    const notes = new PostgresNotesRepository(database);
    let broken = false;
    const store = new (class extends PostgresClosingStore {
      override async settled(sessionId: string): Promise<boolean | null> {
        if (broken) throw new SpoolError('unavailable');
        return super.settled(sessionId);
      }
      override async assembled(sessionId: string, settledSeq: number): Promise<void> {
        if (broken) throw new SpoolError('unavailable');
        await super.assembled(sessionId, settledSeq);
      }
    })(database, enqueueJob, { asksForNotes: !inCloud });
    const audio = { read: async () => new Int16Array(), durableThrough: async () => 0 };
    const parts = { ledger, store, speakers: new PostgresSpeakerStore(database), seams: new PostgresSeamStore(database), audio, transcriber: createScriptedTranscriber(() => ''), voiceDetector: createScriptedVoiceDetector(), notes, writer: null, clock: systemClock, log: silentLog };
    let closer: MeetingCloser | null = null;
    const cloud = await startStepFunctions({ source, arns: closingActivityArns(STATE_MACHINE), clock: systemClock });
    const client = new SFNClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' }, maxAttempts: 1 });
    const activities = new ActivityWorker({ client, activities: closingActivities(closingSteps(parts), STATE_MACHINE), workerName: 'test', protection: unprotected, clock: systemClock, log: silentLog });
    if (inCloud) {
      closer = new StepFunctionsMeetingCloser(client, STATE_MACHINE);
      activities.start();
    }
    const queue = new PgBossWorkQueue(database, () => {});
    const quick: WorkQueue = { start: () => queue.start(), work: (name, options, run) => queue.work(name, { ...options, pollIntervalMs: 500 }, run), stop: (budgetMs) => queue.stop(budgetMs) };
    const runner = new JobRunner({ queue: quick, handlers: closingHandlers(parts, closer), log: silentLog });
    await runner.start();
    let stopped: Promise<unknown> | null = null;
    const stop = () => (stopped ??= Promise.all([runner.stop(), activities.stop()]).then(() => (client.destroy(), cloud.close())));
    ending.push(stop);
    const room: ClosingWorld = {
      world,
      ledger,
      notes,
      askAgain: (sessionId) => database.asService((tx) => tx.query("select spool_enqueue_job('assemble-meeting', $1, jsonb_build_object('sessionId', $1::text))", [sessionId])).then(() => {}),
      begun: (sessionId) => (inCloud ? cloud.executions.filter(({ name }) => name.startsWith(sessionId)).length : null),
      async breakDown(breaks) {
        broken = breaks;
        // The first try is the last one.
        await database.asOwner("update pgboss.queue set retry_limit = $1 where name = 'assemble-meeting'", [breaks ? 0 : assembleMeetingJob.retryLimit]);
      },
      failed: async (sessionId) =>
        inCloud ? cloud.executions.findLast(({ name }) => name.startsWith(sessionId))?.status === 'FAILED' : (await world.jobs('assemble-meeting', sessionId))[0] === 'failed',
    };
    return { ...room, cloud, stop };
  }

  let jobs: Awaited<ReturnType<typeof open>>;
  describeMeetingCloser('by a chain of jobs', async () => (jobs = await open('jobs')));
  describe('in the cloud', () => {
    let opened: Awaited<ReturnType<typeof open>>;
    // One worker at a time: both would take each other's jobs.
    beforeAll(() => jobs.stop());
    describeMeetingCloser('by a state machine', async () => (opened = await open('state machine')));

    test('a meeting goes through the states, and its notes are written by them alone', async () => {
      const { world, ledger, cloud } = opened;
      const { id, end } = await world.meeting();
      await end(30);
      await ledger.settle(id, 0, result(0));
      await expect.poll(async () => (await world.sessions.get(world.ada, id))!.status).toBe('completed');
      await expect.poll(() => cloud.executions.at(-1)).toMatchObject({ name: `${id}-2`, status: 'SUCCEEDED', visited: ['CheckChunks', 'AllSettled', 'Assemble', 'WriteNotes'] });
      expect(await world.jobs('write-notes', id)).toEqual([]);
    });

    test('a meeting is closed by the worker itself when Step Functions cannot be had to the last', async () => {
      const { world, ledger, cloud } = opened;
      cloud.refuse('StartExecution', 'ServiceUnavailable');
      const { id, end } = await world.meeting();
      await end(30);
      await database.asOwner("update pgboss.queue set retry_limit = 0 where name = 'assemble-meeting'");
      await ledger.settle(id, 0, result(0));
      await expect.poll(async () => (await world.sessions.get(world.ada, id))!.status).toBe('completed');
      expect((await opened.notes.newest(world.ada, id))!.version).toBe(1);
    });
  });
});
