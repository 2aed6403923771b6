import { SpoolError } from '#domain/errors.ts';
import { materialOf, tidyFollowUp } from '#domain/follow-up/follow-up.ts';
import type { FollowUpStore, FollowUpWriter } from '#domain/follow-up/ports.ts';
import { writeFollowUpJob } from '#domain/jobs/session-jobs.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';

/** Has LangFlow write about an interview once it is over. Without one the built-in outcome stands alone. */
export function writeFollowUpHandler({ store, writer }: { store: FollowUpStore; writer: FollowUpWriter | null }): JobHandler {
  return jobHandler(writeFollowUpJob, async ({ sessionId }, signal) => {
    if (!writer) return;
    const items = await store.material(sessionId);
    if (items === null) return;
    if (items === 'not_over') throw new SpoolError('unavailable', 'The interview is not over yet.');
    const material = materialOf(items);
    if (material === '') return;
    const text = tidyFollowUp(await writer.write(material, signal));
    signal.throwIfAborted();
    if (text === null) throw new SpoolError('engine.failed', 'The flow wrote nothing that can be read.');
    await store.add(sessionId, { text, flow: writer.flow });
  });
}
