/** pg-boss as a work queue: it polls, never listens, and keeps its maintenance rare, so PGlite serves it as well. */
import { PgBoss } from 'pg-boss';
import type { Database } from '../postgres/database.ts';
import { QUEUE_SCHEMA } from './enqueue.ts';
import { queueDatabase } from './install-queues.ts';

/** Looks for jobs whose worker died, and counts queues. */
const SUPERVISE_EVERY_S = 60;
/** We start no dependent jobs, so nothing has to be resolved often. */
const FLOW_EVERY_S = 600;

export class PgBossWorkQueue {
  readonly #boss: PgBoss;
  readonly #workers = new Map<string, string[]>();

  /** `onError` hears what goes wrong between jobs, e.g. a poll while the database restarts; polling goes on. */
  constructor(database: Database, onError: (error: Error) => void) {
    this.#boss = new PgBoss({
      db: queueDatabase(database),
      schema: QUEUE_SCHEMA,
      migrate: false,
      schedule: false,
      supervise: true,
      superviseIntervalSeconds: SUPERVISE_EVERY_S,
      monitorIntervalSeconds: SUPERVISE_EVERY_S,
      queueCacheIntervalSeconds: SUPERVISE_EVERY_S,
      flowIntervalSeconds: FLOW_EVERY_S,
      reindex: false,
      monitorVacuum: false,
    });
    this.#boss.on('error', onError);
  }

  /** @throws when the database was not migrated. */
  async start(): Promise<void> {
    await this.#boss.start();
  }

  async work(
    name: string,
    { pollIntervalMs, concurrency, follows = [] }: { pollIntervalMs: number; concurrency: number; follows?: readonly string[] },
    run: (job: { id: string; payload: unknown; signal: AbortSignal; lastTry: boolean }) => Promise<void>,
  ): Promise<void> {
    const options = { batchSize: 1, includeMetadata: true, pollingIntervalSeconds: pollIntervalMs / 1000 } as const;
    const workers = this.#workers.get(name) ?? [];
    this.#workers.set(name, workers);
    // One by one, since only the first worker of several would be known by its id.
    for (let index = 0; index < concurrency; index += 1) {
      const id = await this.#boss.work(name, options, async ([job]) => {
        if (!job) return;
        await run({ id: job.id, payload: job.data, signal: job.signal, lastTry: job.retryCount >= job.retryLimit });
        // Where one was, there may be more, or what follows from it: the next fetch does not wait for the poll.
        this.#boss.notifyWorker(id);
        for (const other of follows) for (const worker of this.#workers.get(other) ?? []) this.#boss.notifyWorker(worker);
      });
      workers.push(id);
    }
  }

  async stop(budgetMs: number): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: budgetMs });
  }
}
