/** Meetings of half-minute chunks, as the server would tell them. For tests. */
import type { ChunkState, Coverage, Meeting, MeetingGap } from '#domain/meetings/schema.ts';

export function coverage(change: Partial<Coverage>): Coverage {
  return { capturedMs: 0, transcribedMs: 0, waitingMs: 0, failedMs: 0, missingMs: 0, lagMs: 0, speechMs: 0, coveredMs: 0, suppressedMs: 0, chunks: { total: 0, transcribed: 0, waiting: 0, failed: 0 }, complete: false, ...change };
}

export interface MeetingWords {
  states?: ChunkState[];
  /** Chunks that were tried before and failed. */
  retried?: number[];
  /** Held-back voice by chunk, in ms. */
  suppressed?: Record<number, number>;
  gaps?: { atMs: number; missingMs: number }[];
  stream?: Meeting['stream'];
  coverage?: Coverage;
  /** Captured behind the last chunk. */
  tailMs?: number;
  awayMs?: number;
  notesVersion?: number;
}
export function meeting({ states = [], retried = [], suppressed = {}, gaps = [], stream = null, tailMs = 0, awayMs = 0, notesVersion = 0, ...rest }: MeetingWords): Meeting {
  const count = (...of: ChunkState[]) => states.filter((state) => of.includes(state)).length;
  const waiting = count('captured', 'transcribing');
  return {
    sessionId: '00000000-0000-4000-8000-000000000001',
    source: 'rtmp',
    stream,
    coverage:
      rest.coverage ??
      coverage({
        capturedMs: states.length * 30_000 + tailMs,
        transcribedMs: count('transcribed') * 30_000,
        waitingMs: waiting * 30_000 + tailMs,
        failedMs: count('failed') * 30_000,
        missingMs: gaps.reduce((sum, { missingMs }) => sum + missingMs, 0) + awayMs,
        suppressedMs: Object.values(suppressed).reduce((sum, ms) => sum + ms, 0),
        chunks: { total: states.length, transcribed: count('transcribed'), waiting, failed: count('failed') },
      }),
    chunks: states.map((state, chunk) => {
      const tried = state === 'failed' || retried.includes(chunk);
      return { chunk, startMs: chunk * 30_000, endMs: (chunk + 1) * 30_000, state, attempts: tried ? 3 : 1, failure: tried ? 'engine.timeout' : null, speechMs: 0, coveredMs: 0, suppressedMs: suppressed[chunk] ?? 0 };
    }),
    gaps: gaps.map(({ atMs, missingMs }): MeetingGap => ({ atMs, missingMs, from: '2026-05-04T10:00:00.000Z', to: '2026-05-04T10:00:00.000Z', reason: 'stream_away' })),
    voicedChunks: 0,
    notesVersion,
  };
}
