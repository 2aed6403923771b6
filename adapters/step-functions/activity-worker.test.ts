/** The worker of activities against the workflow itself, interpreted; the steps of the workflow are scripted here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GetActivityTaskCommand, SFNClient, SendTaskFailureCommand, SendTaskHeartbeatCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import { closingActivityArns, closingName } from '#domain/meetings/closing-activities.ts';
import { unprotected } from '#domain/operations/capacity.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { startStepFunctions } from '#tests/support/step-functions.ts';
import type { StepFunctionsStandIn } from '#tests/support/step-functions.ts';
import { ActivityWorker, GIVE_BACK_AFTER_MS, HEARTBEAT_EVERY_MS, POLL_PAUSE_MS, STOP_WITHIN_MS } from './activity-worker.ts';
import { StepFunctionsMeetingCloser } from './meeting-closer.ts';

const source = readFileSync(path.join(import.meta.dirname, '../../workers/closing-workflow/closing-workflow.asl.json'), 'utf8');
const STATE_MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:spool-main-closing';
const arns = closingActivityArns(STATE_MACHINE);
type Step = (input: unknown, signal: AbortSignal) => Promise<unknown>;

describe('a worker of activities', () => {
  /** The worker's clock, and the one that heartbeats are watched on. */
  let clock: ManualClock;
  let cloud: StepFunctionsStandIn;
  const ending: (() => unknown)[] = [];
  beforeEach(async () => {
    clock = new ManualClock();
    cloud = await startStepFunctions({ source, arns, clock });
  });
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
    await cloud.close();
  });

  const client = () => {
    const made = new SFNClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' }, maxAttempts: 1 });
    ending.push(() => made.destroy());
    return made;
  };
  const worker = (steps: { check?: Step; assemble?: Step; notes?: Step } = {}) => {
    const { check = async () => ({ settled: true }), assemble = async () => {}, notes = async () => {} } = steps;
    const made = new ActivityWorker({ client: client(), activities: [{ arn: arns.CheckChunks, run: check }, { arn: arns.Assemble, run: assemble }, { arn: arns.WriteNotes, run: notes }], workerName: 'host', protection: unprotected, clock, log: silentLog });
    made.start();
    ending.push(() => made.stop());
    return made;
  };
  const close = async (settledSeq = 1, sessionId = newId()) => {
    await new StepFunctionsMeetingCloser(client(), STATE_MACHINE).start({ sessionId, settledSeq });
    return cloud.executions.at(-1)!;
  };
  const over = (execution: { status: string }) => expect.poll(() => execution.status, { timeout: 10_000, interval: 5 }).toBe('SUCCEEDED');
  const failures = () => cloud.calls.filter(({ call }) => call === 'SendTaskFailure').map(({ body }) => ({ ...body, taskToken: 'token' }));
  /** A step that runs until it is told to stop. */
  const endless = () => {
    const begun = Promise.withResolvers<AbortSignal>();
    const step: Step = (_, signal) => new Promise((_resolve, reject) => {
      begun.resolve(signal);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    return { begun: begun.promise, step };
  };

  test('takes a closing through its steps, asking again while chunks are not settled', async () => {
    const seen: unknown[] = [];
    const answers = [{ settled: false }, { settled: true }];
    worker({ check: async (input) => (seen.push(input), answers.shift()), assemble: async (input) => void seen.push(input) });
    const sessionId = newId();
    const execution = await close(3, sessionId);
    await over(execution);
    expect(execution).toMatchObject({ name: closingName(sessionId, 3), visited: ['CheckChunks', 'AllSettled', 'WaitForChunks', 'CheckChunks', 'AllSettled', 'Assemble', 'WriteNotes'] });
    expect(seen).toEqual([{ sessionId }, { sessionId }, { sessionId, lastTry: false }]);
  });

  test('tells of a failure its code alone, and the workflow tries again, or goes on without', async () => {
    let tries = 0;
    worker({
      assemble: async (input) => {
        if (!(input as { lastTry: boolean }).lastTry) throw new SpoolError('engine.failed', 'What somebody said.', { cause: new Error('What somebody said.') });
      },
      notes: async () => {
        if ((tries += 1) === 1) throw new Error('What somebody said.');
      },
    });
    const execution = await close();
    await over(execution);
    expect(execution.visited).toEqual(['CheckChunks', 'AllSettled', 'Assemble', 'AssembleWithoutVoices', 'WriteNotes']);
    expect(failures()).toEqual([...Array.from({ length: 5 }, () => ({ taskToken: 'token', error: 'engine.failed' })), { taskToken: 'token', error: 'internal' }]);
  });

  test('says that it is at a long step, so that nobody else is given it', async () => {
    const done = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    worker({ assemble: () => (begun.resolve(), done.promise) });
    const execution = await close();
    await begun.promise;
    const beats = () => cloud.calls.filter(({ call }) => call === 'SendTaskHeartbeat').length;
    for (let beat = 1; beat <= 4; beat += 1) {
      await clock.advance(HEARTBEAT_EVERY_MS);
      await expect.poll(beats, { interval: 5 }).toBe(beat);
      await settled();
    }
    done.resolve();
    await over(execution);
    expect(execution.visited).toEqual(['CheckChunks', 'AllSettled', 'Assemble', 'WriteNotes']);
  });

  /** Step Functions with one task, which does not answer calls of one kind. */
  const silentTo = (command: new (...args: never[]) => object) => {
    let given = false;
    const told: string[] = [];
    const send = async (asked: object, { abortSignal }: { abortSignal?: AbortSignal } = {}) => {
      told.push(asked.constructor.name);
      if (asked instanceof GetActivityTaskCommand && !given) return (given = true), { taskToken: 'token', input: '{}' };
      if (asked instanceof GetActivityTaskCommand || asked instanceof command) await new Promise((_, reject) => abortSignal?.addEventListener('abort', () => reject(abortSignal.reason as Error)));
      return {};
    };
    return { told, client: { send } as unknown as SFNClient };
  };

  test('goes on saying so when one word of it is not answered', async () => {
    const { told, client } = silentTo(SendTaskHeartbeatCommand);
    const done = Promise.withResolvers<void>();
    const made = new ActivityWorker({ client, activities: [{ arn: arns.Assemble, run: () => done.promise }], workerName: 'host', protection: unprotected, clock, log: silentLog });
    made.start();
    await clock.advance(2 * HEARTBEAT_EVERY_MS);
    expect(told.filter((name) => name === SendTaskHeartbeatCommand.name)).toHaveLength(2);
    done.resolve();
    await made.stop();
  });

  test('stops in time also when it cannot give back what it is at', async () => {
    const { told, client } = silentTo(SendTaskFailureCommand);
    const { begun, step } = endless();
    const made = new ActivityWorker({ client, activities: [{ arn: arns.Assemble, run: step }], workerName: 'host', protection: unprotected, clock, log: silentLog });
    made.start();
    await begun;
    const stopped = made.stop();
    await clock.advance(STOP_WITHIN_MS);
    await stopped;
    expect(told.at(-1)).toBe(SendTaskFailureCommand.name);
  });

  test('that has lost the world stops at its step, which another one takes', async () => {
    const lost = endless();
    const first = worker({ assemble: lost.step });
    const execution = await close();
    const signal = await lost.begun;
    cloud.refuse('SendTaskHeartbeat', 'ServiceUnavailable');
    await clock.advance(3 * HEARTBEAT_EVERY_MS);
    cloud.refuse('SendTaskHeartbeat', null);
    expect(signal.aborted).toBe(false);
    // The task was taken away meanwhile; the next heartbeat says so.
    await expect.poll(async () => (await clock.advance(HEARTBEAT_EVERY_MS), signal.aborted), { timeout: 10_000, interval: 5 }).toBe(true);
    await first.stop();
    worker();
    // A task that was handed to the first one as it left is missed by its heartbeat, too.
    await expect.poll(async () => (await clock.advance(HEARTBEAT_EVERY_MS / 2), execution.status), { timeout: 10_000, interval: 50 }).toBe('SUCCEEDED');
    expect(execution.visited).toEqual(['CheckChunks', 'AllSettled', 'Assemble', 'WriteNotes']);
  });

  test('gives back what it is at when it stops, also a step that does not listen', async () => {
    const polite = endless();
    const first = worker({ assemble: polite.step });
    const execution = await close();
    await polite.begun;
    await first.stop();
    expect(failures()).toEqual([{ taskToken: 'token', error: 'worker.died' }]);

    const deaf = Promise.withResolvers<void>();
    const second = worker({ assemble: () => (deaf.resolve(), new Promise(() => {})) });
    await deaf.promise;
    const stopped = second.stop();
    await clock.advance(GIVE_BACK_AFTER_MS);
    await stopped;
    expect(failures()).toHaveLength(2);
    worker();
    await over(execution);
    expect(execution.visited).toEqual(['CheckChunks', 'AllSettled', 'Assemble', 'WriteNotes']);
  });

  test('asks again when Step Functions does not answer', async () => {
    cloud.refuse('GetActivityTask', 'ServiceUnavailable');
    worker();
    await expect.poll(() => cloud.calls.length, { interval: 5 }).toBe(3);
    await settled();
    cloud.refuse('GetActivityTask', null);
    await clock.advance(POLL_PAUSE_MS);
    await over(await close());
  });

  test('is asked for a closing once, however often it is begun, and again when more was settled', async () => {
    worker();
    const sessionId = newId();
    const execution = await close(1, sessionId);
    await over(execution);
    await close(1, sessionId);
    expect(cloud.executions).toHaveLength(1);
    await over(await close(2, sessionId));
    expect(cloud.executions).toHaveLength(2);
    cloud.refuse('StartExecution', 'ExecutionLimitExceeded');
    await expect(close(3, sessionId)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('beats three times as often as the workflow asks for', () => {
    const beats = [...source.matchAll(/"HeartbeatSeconds": (\d+)/g)].map(([, seconds]) => Number(seconds) * 1000);
    expect(beats).toHaveLength(source.match(/"Type": "Task"/g)!.length);
    for (const every of beats) expect(every).toBeGreaterThanOrEqual(3 * HEARTBEAT_EVERY_MS);
  });

  /** Lets what came over the network reach whoever waits for it. */
  const settled = () => new Promise((resolve) => systemClock.schedule(0, () => resolve(null)));
});
