import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import { findMeeting } from './context.ts';
import type { MeetingContext } from './context.ts';

export const retryChunksInput = z.strictObject({ chunk: z.int().min(0).optional().describe('Only this one; all that failed unless given.') });
export const retriedSchema = z.object({ retried: z.int().min(0) });

/** Has failed chunks transcribed again. @throws SpoolError `session.not_found` | `chunk.not_failed` | `recording.not_found` once the audio is gone */
export async function retryChunks({ ctx, input }: { ctx: MeetingContext; input: { sessionId: string; chunk?: number } }): Promise<{ retried: number }> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const failed = meeting.chunks.filter(({ chunk, state }) => state === 'failed' && (input.chunk === undefined || chunk === input.chunk));
  if (failed.length === 0) throw new SpoolError('chunk.not_failed');
  if ((await ctx.audio.durableThrough(meeting.session.id)) < failed.at(-1)!.endSample) throw new SpoolError('recording.not_found', 'The audio of failed chunks is gone.', { personMessage: 'The sound of this meeting is not kept any more, so nothing can be transcribed again.' });
  return { retried: (await ctx.meetings.retryChunks(person, meeting.session.id, input.chunk)) ?? 0 };
}
