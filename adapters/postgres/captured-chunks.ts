/** The ledger's rows of what was captured, and their jobs, in the transaction of whoever writes the session. */
import { checkMeetingJob, transcribeChunkJob } from '#domain/jobs/meeting-jobs.ts';
import { closingPatienceS, readyChunks } from '#domain/meetings/chunk-plan.ts';
import type { CapturedAudio } from '#domain/session/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import type { Transaction } from './database.ts';
import type { EnqueueJob } from './live-session-store.ts';

/** `ended`: this is all of it, so the closing begins. Told twice, or out of order, it writes nothing twice. */
export async function recordCaptured(tx: Transaction, enqueue: EnqueueJob, sessionId: string, captured: CapturedAudio, ended: boolean): Promise<void> {
  const { rows } = await tx.query<{ chunk_samples: number; next: number }>(
    `insert into meetings as m (session_id, chunk_samples) values ($1, $2)
     on conflict (session_id) do update set chunk_samples = coalesce(m.chunk_samples, excluded.chunk_samples)
     returning chunk_samples, (select coalesce(max(chunk) + 1, 0) from meeting_chunks c where c.session_id = $1) as next`,
    [sessionId, captured.chunkSamples],
  );
  const { chunk_samples: chunkSamples, next } = rows[0]!;
  const chunks = readyChunks({ from: next, chunkSamples, throughSample: captured.throughSample, ended });
  if (chunks.length > 0) {
    await tx.query(
      `insert into meeting_chunks (session_id, chunk, start_sample, end_sample)
       select $1, c.* from unnest($2::int[], $3::bigint[], $4::bigint[]) as c (chunk, start_sample, end_sample) on conflict do nothing`,
      [sessionId, chunks.map(({ chunk }) => chunk), chunks.map(({ startSample }) => startSample), chunks.map(({ endSample }) => endSample)],
    );
    for (const { chunk } of chunks) await enqueue(tx, { definition: transcribeChunkJob, payload: { sessionId, chunk } });
  }
  if (!ended) return;
  const patienceS = closingPatienceS(captured.throughSample / UPLINK_SAMPLE_RATE_HZ);
  await tx.query('update meetings set closing_chunks = $2, closing_deadline_at = now() + make_interval(secs => $3) where session_id = $1', [sessionId, next + chunks.length, patienceS]);
  await enqueue(tx, { definition: checkMeetingJob, payload: { sessionId }, delayS: patienceS });
  await tx.query('select spool_close_if_settled($1)', [sessionId]);
}
