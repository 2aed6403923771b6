/** Words of the transcript put right by a person; what they were before is kept. */
import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import type { TranscriptItem } from '../session/session.ts';
import { findMeeting } from './context.ts';
import type { MeetingContext } from './context.ts';

export const correctItemInput = z.strictObject({
  text: z.string().trim().max(5_000).describe('Empty: these words were not said.'),
  revision: z.int().min(1).describe('The revision you have seen.'),
});
export const itemRevisionsSchema = z.object({ revisions: z.array(z.object({ revision: z.int(), text: z.string(), replacedAt: z.iso.datetime() })) });

/** @throws SpoolError `session.not_found` | `item.not_found` | `item.changed` */
export async function correctItem({ ctx, input }: { ctx: MeetingContext; input: { sessionId: string; itemId: string; text: string; revision: number } }): Promise<TranscriptItem> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const item = await ctx.meetings.correctItem(person, meeting.session.id, input.itemId, { text: input.text, revision: input.revision });
  if (item === null) throw new SpoolError('item.not_found');
  if (item === 'changed') throw new SpoolError('item.changed');
  return item;
}

/** What an item said before, oldest first. @throws SpoolError `session.not_found` | `item.not_found` */
export async function listItemRevisions({ ctx, input }: { ctx: MeetingContext; input: { sessionId: string; itemId: string } }): Promise<z.infer<typeof itemRevisionsSchema>> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const revisions = await ctx.meetings.itemRevisions(person, meeting.session.id, input.itemId);
  if (!revisions) throw new SpoolError('item.not_found');
  return { revisions };
}
