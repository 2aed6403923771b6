/**
 * SQS as a work queue. The row of a job stays the truth (docs/decisions/queues.md): a relay hands due rows over, a consumer
 * per job takes them, a keeper reads the dead-letter queues. Any number of workers do so at once.
 */
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import type { Clock } from '#domain/clock.ts';
import type { JobRows } from '#domain/jobs/job-rows.ts';
import { JOB_NAMES, QUEUES } from '#domain/jobs/queue-settings.ts';
import type { Log } from '#domain/log.ts';
import { Consumer } from './consumer.ts';
import { keeperPass } from './keeper.ts';
import { Loop } from './loop.ts';
import { Queue } from './queue.ts';
import { relayTurn } from './relay.ts';

export interface SqsTimes {
  /** Seconds a request waits for messages: the longest SQS allows costs least. */
  waitS: number;
  /** How long a message stays with a worker that says nothing, in seconds; by default as its queue is defined. */
  visibilityS: number | null;
  /** Milliseconds between looks at dead-letter queues. */
  keeperMs: number;
  /** Milliseconds between looks for rows that were handed over and not heard of. */
  reclaimMs: number;
  /** Milliseconds between removals of old rows. */
  tidyMs: number;
}
const TIMES: SqsTimes = { waitS: 20, visibilityS: null, keeperMs: 60_000, reclaimMs: 30_000, tidyMs: 3_600_000 };
/** Above `waitS`: a connection that says nothing for longer is dead. */
const REQUEST_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Of the time a stop may take, what is left for giving back. */
const GIVING_BACK_MS = 500;
/** Queues that are read at once by one process, each with one connection, and room for what else is asked of them. */
const SOCKETS = 100;

export interface SqsWorkQueueParts {
  rows: JobRows;
  /** A queue's address is this and the job's name. */
  prefix: string;
  clock: Clock;
  log: Log;
  /** Jobs this worker hands over, whether it does them or not: those of the whole house. */
  names?: readonly string[];
  times?: Partial<SqsTimes>;
  /** For another address or credentials than the SDK finds by itself. */
  client?: SQSClientConfig;
}

export class SqsWorkQueue {
  readonly keepsTries = true;
  readonly #parts: SqsWorkQueueParts;
  readonly #times: SqsTimes;
  readonly #client: SQSClient;
  readonly #queues: ReadonlyMap<string, Queue>;
  readonly #consumers: Consumer[] = [];
  readonly #loops: Loop[] = [];
  #relay: Loop | null = null;

  constructor(parts: SqsWorkQueueParts) {
    this.#parts = parts;
    this.#times = { ...TIMES, ...parts.times };
    this.#client = new SQSClient({ requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true, connectionTimeout: CONNECT_TIMEOUT_MS, httpsAgent: { maxSockets: SOCKETS }, httpAgent: { maxSockets: SOCKETS } }, ...parts.client });
    this.#queues = new Map((parts.names ?? JOB_NAMES).map((name) => [name, new Queue(this.#client, parts.prefix, name)]));
  }

  async start(): Promise<void> {
    this.#loop('Old rows of jobs could not be removed; trying goes on.', this.#times.tidyMs, async () => (await this.#parts.rows.tidy()) > 0).start();
    this.#loop('Jobs that were handed over and not heard of cannot be looked for; trying goes on.', this.#times.reclaimMs, async () => {
      if ((await this.#parts.rows.reclaim([...this.#queues.keys()])) > 0) this.#relay?.wake();
      return false;
    }).start();
  }

  async work(
    name: string,
    { pollIntervalMs, concurrency }: { pollIntervalMs: number; concurrency: number; follows?: readonly string[] },
    run: (job: { id: string; payload: unknown; signal: AbortSignal; lastTry: boolean }) => Promise<void>,
  ): Promise<void> {
    const { rows, clock, log } = this.#parts;
    const queue = this.#queues.get(name);
    if (!queue) throw new Error(`There is no queue for the job "${name}".`);
    const visibilityS = this.#times.visibilityS ?? QUEUES.find((settings) => settings.name === name)?.visibilityTimeoutSeconds ?? 120;
    // What follows from a job is asked for by rows, whoever does it: so after each the relay looks.
    const consumer = new Consumer({ rows, queue, clock, log, visibilityS, waitS: this.#times.waitS, concurrency, run, onSettled: () => this.#relay?.wake() });
    this.#consumers.push(consumer);
    consumer.start();
    this.#loop('A dead-letter queue cannot be read; trying goes on.', this.#times.keeperMs, async (signal) => {
      if (await keeperPass(rows, queue, log, signal)) this.#relay?.wake();
      return false;
    }).start();
    if (!this.#relay) {
      this.#relay = this.#loop('Jobs cannot be handed over to their queues; they wait, trying goes on.', pollIntervalMs, () => relayTurn(rows, this.#queues, log));
      this.#relay.start();
    }
  }

  async stop(budgetMs: number): Promise<void> {
    const waitMs = budgetMs - Math.min(GIVING_BACK_MS, budgetMs / 3);
    const stopped = Promise.all([...this.#loops.map((loop) => loop.stop()), ...this.#consumers.map((consumer) => consumer.stop(waitMs))]);
    let cancel = () => {};
    const over = new Promise<void>((resolve) => {
      cancel = this.#parts.clock.schedule(budgetMs, resolve);
    });
    await Promise.race([stopped, over]);
    cancel();
    this.#client.destroy();
  }

  #loop(trouble: string, restMs: number, turn: (signal: AbortSignal) => Promise<boolean>): Loop {
    const { clock, log } = this.#parts;
    const loop = new Loop({
      turn,
      restMs,
      clock,
      onTrouble: (error) => log.warn({ error: error instanceof Error ? error.name : typeof error }, trouble),
      onRecovered: () => log.info({}, 'Jobs are handed over and looked after again.'),
    });
    this.#loops.push(loop);
    return loop;
  }
}
