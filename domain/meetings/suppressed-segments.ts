/** What was held back as invented: to be looked through, and put back. */
import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import { samplesToMs } from '../stream/audio-format.ts';
import { findMeeting } from './context.ts';
import type { MeetingContext } from './context.ts';
import type { SuppressedRow } from './ports.ts';

export const suppressedSchema = z.object({
  segmentId: z.string(),
  text: z.string(),
  startMs: z.int().min(0),
  endMs: z.int().min(0),
  reason: z.string().describe('Why it was held back, e.g. `no_voice` or `repetition`.'),
  metrics: z.record(z.string(), z.number()),
  restored: z.boolean(),
});
export const suppressedListSchema = z.object({ suppressed: z.array(suppressedSchema) });
export const restoreSuppressedInput = z.strictObject({ restored: z.boolean() });
export type Suppressed = z.infer<typeof suppressedSchema>;

/** By their place. @throws SpoolError `session.not_found` */
export async function listSuppressed({ ctx, input }: { ctx: MeetingContext; input: { sessionId: string } }): Promise<{ suppressed: Suppressed[] }> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  return { suppressed: ((await ctx.meetings.suppressed(person, meeting.session.id)) ?? []).map(shown) };
}

/** @throws SpoolError `session.not_found` | `suppressed.not_found` */
export async function restoreSuppressed({ ctx, input }: { ctx: MeetingContext; input: { sessionId: string; segmentId: string; restored: boolean } }): Promise<Suppressed> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const row = await ctx.meetings.restoreSuppressed(person, meeting.session.id, input.segmentId, input.restored);
  if (!row) throw new SpoolError('suppressed.not_found');
  return shown(row);
}

function shown({ startSample, endSample, ...row }: SuppressedRow): Suppressed {
  return { ...row, startMs: samplesToMs(startSample), endMs: samplesToMs(endSample) };
}
