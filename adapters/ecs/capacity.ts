/**
 * Services of ECS that come from nothing. ECS knows no conditional write, so every change is looked at again afterwards: what
 * must run is raised once more if somebody lowered it meanwhile.
 */
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { ingestTasksFor } from '#domain/operations/capacity.ts';
import type { Capacity } from '#domain/operations/capacity.ts';

/** A service that runs is looked up once in so long. Below the time one takes to go to sleep by far. */
export const AWAKE_FOR_MS = 15_000;
/** One that is on its way, more often: somebody waits. */
export const WAKING_FOR_MS = 2_000;
const RAISE_TRIES = 3;

/** Names of services in the cluster; what is not there is taken to run, or not to be needed. */
export interface EcsServices {
  realtime?: string | undefined;
  chunk?: string | undefined;
  ingest?: string | undefined;
}

/** Region, credentials and another address come from the environment, as the SDK reads them. */
export function createEcsClient(): ECSClient {
  // A person may wait for it: two tries of two seconds.
  return new ECSClient({ maxAttempts: 2, requestHandler: { requestTimeout: 2_000, throwOnRequestTimeout: true } });
}

export class EcsCapacity implements Capacity {
  readonly #client: ECSClient;
  readonly #cluster: string;
  readonly #services: EcsServices;
  readonly #clock: Clock;
  readonly #log: Log;
  #known: { state: 'awake' | 'waking'; atMs: number } | null = null;
  #looking: Promise<'awake' | 'waking'> | null = null;

  constructor(parts: { client: ECSClient; cluster: string; services: EcsServices; clock: Clock; log: Log }) {
    this.#client = parts.client;
    this.#cluster = parts.cluster;
    this.#services = parts.services;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  async wakeRealtime(): Promise<'awake' | 'waking'> {
    const { realtime } = this.#services;
    if (!realtime) return 'awake';
    const known = this.#known;
    if (known && this.#clock.monotonicMs() - known.atMs < (known.state === 'awake' ? AWAKE_FOR_MS : WAKING_FOR_MS)) return known.state;
    // Many who come at once share one look.
    this.#looking ??= this.#wake(realtime).finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #wake(service: string): Promise<'awake' | 'waking'> {
    const running = await this.#raise(service, 1);
    const state = running > 0 ? 'awake' : 'waking';
    this.#known = { state, atMs: this.#clock.monotonicMs() };
    return state;
  }

  async warmChunkWorkers(): Promise<void> {
    if (this.#services.chunk) await this.#raise(this.#services.chunk, 1);
  }

  async fitIngest(liveMeetings: () => Promise<number>): Promise<void> {
    const { ingest } = this.#services;
    if (!ingest) return;
    const wanted = ingestTasksFor(await liveMeetings());
    const { desired } = await this.#look(ingest);
    if (desired > wanted) {
      // Tasks that take in a stream are protected: ECS stops others, or none.
      await this.#set(ingest, wanted);
      await this.#raise(ingest, ingestTasksFor(await liveMeetings()));
    } else if (desired < wanted) await this.#raise(ingest, wanted);
  }

  /** Never lowers. Resolves with how many tasks run and stay: none when it had to be raised, as what runs then may be on its way out. */
  async #raise(service: string, atLeast: number): Promise<number> {
    for (let tries = 0; ; tries += 1) {
      const { desired, running } = await this.#look(service);
      if (desired >= atLeast) return tries === 0 ? running : 0;
      if (tries >= RAISE_TRIES) throw new SpoolError('unavailable', 'An ECS service is lowered as often as it is raised.');
      await this.#set(service, atLeast);
    }
  }

  async #look(service: string): Promise<{ desired: number; running: number }> {
    const { services = [] } = await this.#asked(this.#client.send(new DescribeServicesCommand({ cluster: this.#cluster, services: [service] })));
    const found = services.find(({ status }) => status === 'ACTIVE');
    if (!found) throw new SpoolError('unavailable', 'There is no such ECS service: check SPOOL_ECS_CLUSTER and the names of its services.');
    return { desired: found.desiredCount ?? 0, running: found.runningCount ?? 0 };
  }

  async #set(service: string, desiredCount: number): Promise<void> {
    await this.#asked(this.#client.send(new UpdateServiceCommand({ cluster: this.#cluster, service, desiredCount })));
    this.#log.info({ service, desiredCount }, 'The tasks wanted of a service were changed.');
  }

  async #asked<T>(asking: Promise<T>): Promise<T> {
    try {
      return await asking;
    } catch (error) {
      throw new SpoolError('unavailable', 'ECS could not be asked about a service.', { cause: error });
    }
  }
}
