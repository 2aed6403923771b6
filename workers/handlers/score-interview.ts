import type { MeasureCode } from '#domain/code/measures.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { scoreInterviewJob } from '#domain/jobs/session-jobs.ts';
import type { Log } from '#domain/log.ts';
import { draftScorecard } from '#domain/scorecard/draft-scorecard.ts';
import type { ScorecardDrafts, ScorecardWriter } from '#domain/scorecard/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';

/** Writes the draft of a scorecard once a code interview is over. A model that fails leaves the rules' draft. */
export function scoreInterviewHandler({ drafts, writer, measure, log }: { drafts: ScorecardDrafts; writer: ScorecardWriter | null; measure: MeasureCode; log: Log }): JobHandler {
  return jobHandler(scoreInterviewJob, async ({ sessionId }, signal) => {
    const material = await drafts.material(sessionId);
    if (material === null) return;
    if (material === 'not_over') throw new SpoolError('unavailable', 'The interview is not over yet.');
    const draft = await draftScorecard(material, { measure, writer, onWriterFailure: (error) => log.warn({ sessionId, code: asSpoolError(error).code }, 'A language model wrote no scorecard; the one by rules stands.') }, signal);
    signal.throwIfAborted();
    await drafts.save(sessionId, draft);
  });
}
