/** Rows of a meeting's ledger, for whoever may read them. */
import type { ChunkRow, GapRow } from '#domain/meetings/ports.ts';
import type { Transaction } from './database.ts';

export async function coverageRows(tx: Transaction, sessionId: string): Promise<{ chunks: ChunkRow[]; gaps: GapRow[] }> {
  const chunks = await tx.query<{ chunk: number; start_sample: string; end_sample: string; state: ChunkRow['state']; attempts: number; failure: string | null; speech_samples: string; covered_samples: string; suppressed_samples: string }>(
    'select chunk, start_sample, end_sample, state, attempts, failure, speech_samples, covered_samples, suppressed_samples from meeting_chunks where session_id = $1 order by chunk',
    [sessionId],
  );
  const gaps = await tx.query<{ at_sample: string; from_ms: string; to_ms: string; reason: GapRow['reason'] }>(
    'select at_sample, extract(epoch from from_at) * 1000 as from_ms, extract(epoch from to_at) * 1000 as to_ms, reason from meeting_gaps where session_id = $1 order by from_at',
    [sessionId],
  );
  return {
    chunks: chunks.rows.map((row) => ({
      chunk: row.chunk,
      startSample: Number(row.start_sample),
      endSample: Number(row.end_sample),
      state: row.state,
      attempts: row.attempts,
      failure: row.failure,
      speechSamples: Number(row.speech_samples),
      coveredSamples: Number(row.covered_samples),
      suppressedSamples: Number(row.suppressed_samples),
    })),
    gaps: gaps.rows.map((row) => ({ atSample: Number(row.at_sample), fromMs: Number(row.from_ms), toMs: Number(row.to_ms), reason: row.reason })),
  };
}
