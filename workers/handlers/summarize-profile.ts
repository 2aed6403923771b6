import { SpoolError } from '#domain/errors.ts';
import type { Embedder } from '#domain/interests/ports.ts';
import { summaryVector } from '#domain/interests/summary.ts';
import { summarizeProfileJob } from '#domain/jobs/profile-jobs.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';
import type { ProfileSummaries } from '../ports.ts';

/** Topics embedded at once; a profile has some dozens. */
const BATCH_TOPICS = 256;
/** A live session may go on writing meanwhile; after that the job comes back later. */
const ATTEMPTS = 3;

/** Writes the summary vector of what the person's profile holds now, or removes it when nothing in it is liked. */
export function summarizeProfileHandler(profiles: ProfileSummaries, embedder: Embedder): JobHandler {
  return jobHandler(summarizeProfileJob, async ({ personId, changedAt }, signal) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const interests = await profiles.interestsOf(personId);
      const vectors: Float32Array[] = [];
      for (let at = 0; at < interests.length; at += BATCH_TOPICS) {
        signal.throwIfAborted();
        vectors.push(...(await embedder.embed(interests.slice(at, at + BATCH_TOPICS).map(({ topic }) => topic), signal)));
      }
      const vector = summaryVector(interests, vectors);
      if (await profiles.write({ personId, changedAt, interests, summary: vector && { model: embedder.name, vector } })) return;
    }
    throw new SpoolError('unavailable', 'The profile kept changing.');
  });
}
