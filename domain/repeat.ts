import type { Clock } from './clock.ts';
import { traceOf } from './log.ts';
import type { Log } from './log.ts';

/** Runs one at a time, first after `everyMs` and then `everyMs` after the last ended; a failure is logged and tried again. The returned function ends it. */
export function repeatedly({ clock, log }: { clock: Clock; log: Pick<Log, 'warn'> }, everyMs: number, run: () => Promise<void>): () => void {
  let ended = false;
  let cancel = () => {};
  const again = () => {
    cancel = clock.schedule(everyMs, () => {
      run()
        .catch((error: unknown) => log.warn(traceOf(error), 'A periodic task failed and is tried again.'))
        .finally(() => ended || again());
    });
  };
  again();
  return () => {
    ended = true;
    cancel();
  };
}
