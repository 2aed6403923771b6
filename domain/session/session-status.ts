/** What a status means, wherever that is asked. */
import type { SessionStatus } from '../stream/protocol.ts';

/** Somebody may still talk in the session. */
export function isOpen(status: SessionStatus): boolean {
  return status === 'created' || status === 'live' || status === 'paused';
}

/** Nothing about the session changes by itself any more. */
export function isFinished(status: SessionStatus): boolean {
  return !isOpen(status) && status !== 'processing';
}

/** A session nobody came back to is ended after this. */
export const ABANDONED_AFTER_MS = 30 * 60_000;
