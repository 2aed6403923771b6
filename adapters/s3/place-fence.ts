/** Ends whoever writes, at the first empty slot. What was acknowledged lies before it: slots are acknowledged in order. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { createOnce } from './create-once.ts';
import { encodeFence, slotKey } from './layout.ts';
import type { Fence } from './layout.ts';
import type { LogReader } from './log-reader.ts';
import type { ObjectStore } from './object-store.ts';
import type { SessionLog } from './session-log.ts';

/** A writer at full speed takes the slot away about as often as not; thirty times in a row it does not. */
const MAX_ATTEMPTS = 30;

export interface LogParts {
  store: ObjectStore;
  reader: LogReader;
  clock: Clock;
}

/**
 * Places the fence `decide` asks for, having seen the log; null leaves it. Answers the log as it is behind the fence.
 * @throws SpoolError `lease.lost` when the session was erased; whatever `decide` throws
 */
export async function placeFence({ store, reader, clock }: LogParts, sessionId: string, decide: (log: SessionLog, mark: string) => Omit<Fence, 'throughSample' | 'mark'> | null): Promise<{ slot: number; log: SessionLog } | null> {
  const mark = randomUUID();
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const before = await reader.look(sessionId);
    const wanted = decide(before, mark);
    if (!wanted) return null;
    if (before.erased) throw new SpoolError('lease.lost', 'The session has been erased.');
    const slot = before.nextSlot;
    const body = encodeFence({ ...wanted, throughSample: before.throughSample, mark });
    const { outcome } = await createOnce(store, clock, slotKey(sessionId, slot), body, mark);
    if (outcome !== 'ours') continue;
    // A seal or an erasure that passed meanwhile has emptied slots before its own fence: this may be one of them.
    const log = await reader.look(sessionId);
    if (log.erased) throw new SpoolError('lease.lost', 'The session has been erased.');
    if (!log.base || log.base.slot <= slot) return { slot, log };
  }
  throw new SpoolError('unavailable', 'A writer that does not stop kept taking the place of its successor.');
}
