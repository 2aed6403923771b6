/**
 * How much of Spool runs, where that is not fixed. On a laptop everything is there (`fixedCapacity`); in the cloud services
 * come from nothing (adapters/ecs). docs/decisions/capacity.md says what raises and what lowers each.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { repeatedly } from '../repeat.ts';

/** More meetings at a time share the tasks there are: a task takes in several streams. Bounds what a mistake, or somebody who means it, may cost. */
export const MAX_INGEST_TASKS = 10;

export interface Capacity {
  /**
   * Has the live sessions' service run, with one task at least; never lowers it. Cheap to ask often: it is looked up once in
   * some seconds. `waking`: nobody answers there yet. @throws SpoolError `unavailable`
   */
  wakeRealtime(): Promise<'awake' | 'waking'>;
  /** Has at least one worker with a fast engine come up, before the first chunk is there. @throws SpoolError `unavailable` */
  warmChunkWorkers(): Promise<void>;
  /**
   * Has as many tasks take in streams as there are meetings, and one more for the next. `liveMeetings` is asked again after
   * lowering, so that a meeting that began meanwhile finds its task. @throws SpoolError `unavailable`
   */
  fitIngest(liveMeetings: () => Promise<number>): Promise<void>;
}

export const fixedCapacity: Capacity = {
  wakeRealtime: async () => 'awake',
  warmChunkWorkers: async () => {},
  fitIngest: async () => {},
};

/** One more than there are meetings, so that the next finds a task that runs. */
export function ingestTasksFor(liveMeetings: number): number {
  return Math.min(MAX_INGEST_TASKS, Math.max(0, liveMeetings) + 1);
}

/** Keeps whoever scales from taking this very process away. Where nobody does, `unprotected`. */
export interface ScaleInProtection {
  /** Held until the returned function is called, once or more often. Several may hold it at a time. Never fails: what cannot be asked for is tried again. */
  hold(): () => void;
}
export const unprotected: ScaleInProtection = { hold: () => () => {} };

const LOOK_WHETHER_BUSY_MS = 1_000;
/** Holds it while `busy`, looked at each second. The returned function ends that. */
export function holdWhile(protection: ScaleInProtection, parts: { clock: Clock; log: Pick<Log, 'warn'> }, busy: () => boolean): () => void {
  let release: (() => void) | null = null;
  const end = repeatedly(parts, LOOK_WHETHER_BUSY_MS, async () => {
    if (busy()) release ??= protection.hold();
    else {
      release?.();
      release = null;
    }
  });
  return () => {
    end();
    release?.();
  };
}

/** What capacity follows from. Runs as the service role. */
export interface CapacityDemand {
  /** Meetings that are streamed to us, or may be any moment, and have not ended; of one person only a few. */
  streamedMeetings(): Promise<number>;
  /** Whether the live sessions' service has something to do though nobody asks for it: a stream that is here, or a session to end that nobody writes any more. */
  realtimeNeeded(): Promise<boolean>;
}
