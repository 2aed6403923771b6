/** What a load process tells about a stretch of time. */
import type { TurnOutcome } from './person.ts';

export interface LoadReport {
  /** People connected now. */
  connected: number;
  turns: TurnOutcome[];
  /** Utterances that had ended and were still without an answer. */
  unanswered: number;
  acknowledgements: { count: number; p50Ms: number | null; p95Ms: number | null; maxMs: number | null };
  /** Connections lost or refused, and what else went wrong. */
  failures: string[];
  /** Share of the audio sent that is speech. */
  speakingShare: number;
  /** By how much the microphones were late at most: the generator's own trouble. */
  latestMicrophoneMs: number;
}

/** What the load process is asked, and with what it answers (by `id`). */
export type LoadRequest =
  | { ask: 'open'; role: 'talkers' | 'listeners'; url: string; databaseUrl: string; dataDir: string; folder: string | null }
  | { ask: 'add'; count: number; overMs: number }
  | { ask: 'report'; fromMs: number; toMs: number }
  | { ask: 'finish' };

export interface LoadEnd {
  sessions: number;
  exactSessions: number;
  /** What went wrong in all, and how often. */
  failures: Record<string, number>;
}

export function countEach(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
