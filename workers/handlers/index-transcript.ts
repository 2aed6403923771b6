import type { Embedder } from '#domain/interests/ports.ts';
import { indexTranscriptJob } from '#domain/jobs/meeting-jobs.ts';
import { indexTranscript } from '#domain/meetings/search/index-transcript.ts';
import type { TranscriptIndex } from '#domain/meetings/search/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';

/** What was said in a meeting is found by its meaning from then on; what was corrected since, by its new one. */
export function indexTranscriptHandler(index: TranscriptIndex, embedder: Embedder): JobHandler {
  return jobHandler(indexTranscriptJob, ({ sessionId }, signal) => indexTranscript({ index, embedder, sessionId }, signal));
}
