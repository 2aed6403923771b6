/** Notices a database that is alive but silent: nothing restarts a process that does not die. */
import pg from 'pg';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';

const ASK_EVERY_MS = 15_000;
/** The longest honest silence is a table being rewritten after an erase, on a slow disk and a busy machine. */
const PATIENCE_MS = 60_000;

/** Asks now and then; calls `onSilent` when no answer came in time. A refused connection is a dead database, which is restarted anyway. @returns how to stop */
export function watchDatabase({ url, onSilent, clock = systemClock, everyMs = ASK_EVERY_MS, patienceMs = PATIENCE_MS }: { url: string; onSilent: () => void; clock?: Clock; everyMs?: number; patienceMs?: number }): () => void {
  let stopped = false;
  let cancel = clock.schedule(everyMs, () => void ask());
  async function ask(): Promise<void> {
    if (await isSilent(url, clock, patienceMs)) {
      if (!stopped) onSilent();
    }
    if (!stopped) cancel = clock.schedule(everyMs, () => void ask());
  }
  return () => {
    stopped = true;
    cancel();
  };
}

async function isSilent(url: string, clock: Clock, patienceMs: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  const answered = client.connect().then(() => client.query('select 1'));
  let cancel = () => {};
  const overdue = new Promise<boolean>((resolve) => {
    cancel = clock.schedule(patienceMs, () => resolve(true));
  });
  const silent = await Promise.race([answered.then(() => false, () => false), overdue]);
  cancel();
  // A connection that does not answer is cut, not said goodbye to; and whether a goodbye is answered is the next question's matter.
  if (silent) (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  else void client.end().catch(() => {});
  return silent;
}
