/** Whether a sender may come in. */
import { streamKeyHash } from './stream-key.ts';
import type { IngestStore, KeyHolder } from './ports.ts';

/** A sender that has sent nothing for this long is taken for dead: the one who comes with the same key takes its place. */
export const SILENT_SENDER_MS = 4_000;

export type Admission = { admitted: true; sessionId: string } | { admitted: false; why: 'unknown' | 'expired' | 'over' | 'busy' };

export interface AdmitStream {
  store: Pick<IngestStore, 'keyHolder'>;
  nowMs: number;
  /** When audio of a sender that is there last arrived; null: nobody is. */
  heardAtMs: (sessionId: string) => number | null;
}

/** One sender at a time, with the right key, to a meeting that goes on. The key is good for a first coming until it expires. */
export async function admitStream(key: string, { store, nowMs, heardAtMs }: AdmitStream): Promise<Admission> {
  const holder = key === '' ? null : await store.keyHolder(await streamKeyHash(key));
  if (holder === null) return { admitted: false, why: 'unknown' };
  return judge(holder, nowMs, heardAtMs(holder.sessionId));
}

function judge(holder: KeyHolder, nowMs: number, heardAtMs: number | null): Admission {
  if (holder.over) return { admitted: false, why: 'over' };
  if (!holder.begun && nowMs >= holder.keyExpiresAtMs) return { admitted: false, why: 'expired' };
  if (heardAtMs !== null && nowMs - heardAtMs < SILENT_SENDER_MS) return { admitted: false, why: 'busy' };
  return { admitted: true, sessionId: holder.sessionId };
}
