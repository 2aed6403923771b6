import type { Session, TranscriptItem } from '#domain/session/session.ts';
import { isFinished } from '#domain/session/session-status.ts';

/** Whether there is a recording to listen to. */
export function isPlayable({ status, consent, durationMs }: Session): boolean {
  return isFinished(status) && consent.recording && durationMs > 0;
}

/** Whether the person can be heard: what was typed has no length, and who only typed was never recorded. */
export function personSpoke(items: readonly Pick<TranscriptItem, 'speaker' | 'startMs' | 'endMs'>[]): boolean {
  return items.some(({ speaker, startMs, endMs }) => speaker !== 'agent' && endMs > startMs);
}
