/**
 * Takes the tasks of Step Functions activities: asks for one of each at a time, runs it while saying that it is at it, and
 * answers what came of it. Of a failure only its code leaves this process.
 */
import { GetActivityTaskCommand, SendTaskFailureCommand, SendTaskHeartbeatCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Clock } from '#domain/clock.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import type { ScaleInProtection } from '#domain/operations/capacity.ts';
import { repeatedly } from '#domain/repeat.ts';

/** A third of the shortest `HeartbeatSeconds` of the workflow: two may be lost. */
export const HEARTBEAT_EVERY_MS = 10_000;
/** After a poll that failed, or came back empty at once from somebody who does not hold it. */
export const POLL_PAUSE_MS = 2_000;
const HELD_MS = 1_000;
/** What a step that was asked to stop gets to do so, before its task is given back; below the worker's 1.5 s. */
export const GIVE_BACK_AFTER_MS = 1_000;
/** The whole of stopping, as of the jobs beside it; what cannot be given back by then is missed by its heartbeat. */
export const STOP_WITHIN_MS = 1_500;
/** Nobody waits for this task any more. */
const TAKEN_AWAY = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

export interface Activity {
  arn: string;
  /** Must be safe to run again. What it resolves with becomes the task's output, as JSON. */
  run(input: unknown, signal: AbortSignal): Promise<unknown>;
}

export class ActivityWorker {
  readonly #parts: { client: SFNClient; activities: Activity[]; workerName: string; protection: ScaleInProtection; clock: Clock; log: Log };
  readonly #stopping = new AbortController();
  #loops: Promise<void>[] = [];

  /** @param parts.workerName appears in the execution's history, at most 80 characters; `parts.protection` is held while a step runs */
  constructor(parts: { client: SFNClient; activities: Activity[]; workerName: string; protection: ScaleInProtection; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  start(): void {
    this.#loops = this.#parts.activities.map((activity) => this.#poll(activity));
  }

  /** Takes no more tasks, and gives those back that are not done within a second. */
  async stop(): Promise<void> {
    this.#stopping.abort(new SpoolError('worker.died', 'The worker stops.'));
    const over = Promise.withResolvers<void>();
    const cancel = this.#parts.clock.schedule(STOP_WITHIN_MS, over.resolve);
    await Promise.race([Promise.all(this.#loops), over.promise]);
    cancel();
  }

  async #poll(activity: Activity): Promise<void> {
    const { client, workerName, clock, log } = this.#parts;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const askedAtMs = clock.monotonicMs();
      try {
        const { taskToken, input } = await client.send(new GetActivityTaskCommand({ activityArn: activity.arn, workerName: workerName.slice(0, 80) }), { abortSignal: signal });
        if (taskToken) await this.#take(activity, taskToken, input ?? '{}');
        else if (clock.monotonicMs() - askedAtMs < HELD_MS) await this.#pause();
      } catch (error) {
        if (signal.aborted) return;
        log.warn(traceOf(error), 'Step Functions could not be asked for a task; it is asked again.');
        await this.#pause();
      }
    }
  }

  async #take(activity: Activity, taskToken: string, input: string): Promise<void> {
    const { client, protection, clock, log } = this.#parts;
    const stopping = this.#stopping.signal;
    const release = protection.hold();
    const taken = new AbortController();
    // Not waited for: one that is not answered must not hold up the next.
    const endBeats = repeatedly({ clock, log }, HEARTBEAT_EVERY_MS, async () => {
      client.send(new SendTaskHeartbeatCommand({ taskToken })).catch((error: unknown) => {
        if (isTakenAway(error)) taken.abort(new SpoolError('unavailable', 'The task was given to another worker.'));
        else log.warn(traceOf(error), 'Step Functions could not be told that a step goes on; it is told again.');
      });
    });
    try {
      const output = await this.#orGivenBack(activity.run(JSON.parse(input), AbortSignal.any([stopping, taken.signal])));
      await this.#answer(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output ?? null) }));
    } catch (error) {
      // Whatever a step that is asked to stop says of it: it was given back.
      const code = stopping.aborted ? 'worker.died' : asSpoolError(error).code;
      log.warn({ code }, 'A step of a workflow failed and will be tried again, or is gone on without.');
      await this.#answer(new SendTaskFailureCommand({ taskToken, error: code }));
    } finally {
      endBeats();
      release();
    }
  }

  /** A step that does not stop when asked is left behind. */
  async #orGivenBack<T>(running: Promise<T>): Promise<T> {
    const { signal } = this.#stopping;
    let cancel = () => {};
    const givenBack = new Promise<never>((_, reject) => {
      const wait = () => void (cancel = this.#parts.clock.schedule(GIVE_BACK_AFTER_MS, () => reject(signal.reason as Error)));
      if (signal.aborted) wait();
      else signal.addEventListener('abort', wait, { once: true });
      running.finally(() => signal.removeEventListener('abort', wait)).catch(() => {});
    });
    try {
      return await Promise.race([running, givenBack]);
    } finally {
      cancel();
    }
  }

  /** An answer that cannot be given is missed by the heartbeat, and the task handed out again. */
  async #answer(command: SendTaskSuccessCommand | SendTaskFailureCommand): Promise<void> {
    try {
      await (command instanceof SendTaskSuccessCommand ? this.#parts.client.send(command) : this.#parts.client.send(command));
    } catch (error) {
      this.#parts.log.warn({ takenAway: isTakenAway(error), ...traceOf(error) }, 'What came of a step could not be told to Step Functions.');
    }
  }

  #pause(): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.schedule(POLL_PAUSE_MS, () => over());
      const over = () => {
        cancel();
        signal.removeEventListener('abort', over);
        resolve();
      };
      signal.addEventListener('abort', over, { once: true });
    });
  }
}

function isTakenAway(error: unknown): boolean {
  return error instanceof Error && TAKEN_AWAY.has(error.name);
}
