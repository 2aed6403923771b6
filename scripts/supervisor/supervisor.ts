/** Starts the processes in order, keeps them running, and stops them in reverse order within a budget. */
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { systemClock } from '#domain/clock.ts';
import { ManagedProcess } from './managed-process.ts';
import type { ProcessSpec, ReadyMessage } from './managed-process.ts';
import { runningProcess } from './run-file.ts';
import type { RunningProcess } from './run-file.ts';

/** docs/running.md gives 10 s from the signal to the last process's end; the rest is for our own exit. */
export const STOP_BUDGET_MS = 9_000;
/** What each process gets at most, so that the database, which is last, still has time. Sums to STOP_BUDGET_MS. */
const STOP_SHARES_MS: Record<string, number> = { web: 500, 'code-runner': 600, 'meeting-ingest': 700, worker: 1_400, realtime: 4_000, database: 1_800 };
const DEFAULT_SHARE_MS = 1_000;

export interface SupervisorOptions {
  logFolder: string;
  say(text: string): void;
  /** Called whenever a process starts, is ready, or ends. */
  changed(processes: Record<string, RunningProcess>): void;
  clock?: Clock;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #clock: Clock;
  readonly #processes: ManagedProcess[] = [];
  #stopping: Promise<void> | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Starts one process and waits until it is ready. @throws ProcessFailed */
  start(spec: ProcessSpec): Promise<ReadyMessage> {
    const managed = new ManagedProcess(
      spec,
      path.join(this.#options.logFolder, `${spec.name}.log`),
      { say: this.#options.say, changed: () => this.#changed() },
      this.#clock,
    );
    this.#processes.push(managed);
    return managed.start();
  }

  /** Ends one process, which is then started anew. */
  restart(name: string): void {
    this.#processes.find((managed) => managed.name === name)?.restart();
  }

  /** Kills one process that is alive but silent; it is started anew. */
  replace(name: string): void {
    this.#processes.find((managed) => managed.name === name)?.replace();
  }

  /** Stops everything, the last started first. Whoever overstays is killed; all are gone after STOP_BUDGET_MS. */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stopInReverse());
  }

  /** SIGKILL to everything, at once: for a person who presses Ctrl-C a second time. */
  kill(): void {
    this.#stopping = Promise.resolve();
    for (const managed of this.#processes) managed.kill();
  }

  async #stopInReverse(): Promise<void> {
    const deadlineMs = this.#clock.monotonicMs() + STOP_BUDGET_MS;
    for (const managed of this.#processes.toReversed()) {
      const leftMs = Math.max(0, deadlineMs - this.#clock.monotonicMs());
      await managed.stop(Math.min(leftMs, STOP_SHARES_MS[managed.name] ?? DEFAULT_SHARE_MS));
    }
  }

  #changed(): void {
    if (this.#stopping) return;
    this.#options.changed(Object.fromEntries(this.#processes.map((managed) => [managed.name, runningProcess(managed.pid, managed.restarts)])));
  }
}
