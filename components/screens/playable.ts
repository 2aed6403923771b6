import type { Session } from '#domain/session/session.ts';
import { isFinished } from '#domain/session/session-status.ts';

/** Whether there is a recording to listen to. */
export function isPlayable({ status, consent, durationMs }: Session): boolean {
  return isFinished(status) && consent.recording && durationMs > 0;
}
