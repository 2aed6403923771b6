/** How far a sample is, in words. It is made in real time, so the time since it was asked for tells. */
import { SAMPLE_MADE_WITHIN_MS, SAMPLE_OVERDUE_AFTER_MS } from '#domain/sample/about.ts';
import type { Session } from '#domain/session/session.ts';
import { isOpen } from '#domain/session/session-status.ts';

const STEP_S = 10;

export interface SampleProgress {
  /** `overdue`: nobody makes it any more. */
  state: 'being-made' | 'overdue';
  /** 0 to 1. */
  share: number;
  /** `About 40 s left`. */
  left: string;
}

/** Null for what is no sample, or over. */
export function sampleProgress(session: Pick<Session, 'sample' | 'status' | 'createdAt'>, nowMs: number): SampleProgress | null {
  if (!session.sample || !(isOpen(session.status) || session.status === 'processing')) return null;
  const passedMs = Math.max(0, nowMs - Date.parse(session.createdAt));
  const leftS = Math.ceil((SAMPLE_MADE_WITHIN_MS - passedMs) / (STEP_S * 1000)) * STEP_S;
  return {
    state: passedMs > SAMPLE_OVERDUE_AFTER_MS ? 'overdue' : 'being-made',
    share: Math.min(1, passedMs / SAMPLE_MADE_WITHIN_MS),
    left: leftS > 0 ? `About ${lengthWords(leftS)} left` : 'A moment more',
  };
}

/** `40 s`, `1 min`, `1 min 40 s`. */
function lengthWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return [minutes > 0 && `${minutes} min`, rest > 0 && `${rest} s`].filter(Boolean).join(' ');
}
