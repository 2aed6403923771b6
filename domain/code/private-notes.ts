/** What the interviewer's team notes for itself. The candidate has no way to it: not in the database, not here. */
import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import { findSession } from '../session/context.ts';
import type { CodeContext } from './context.ts';

export const privateNotesSchema = z.strictObject({ notes: z.array(z.strictObject({ mine: z.boolean(), text: z.string(), updatedAt: z.iso.datetime() })) });
export const savePrivateNoteInput = z.strictObject({ text: z.string().max(20_000) });
export type PrivateNotes = z.infer<typeof privateNotesSchema>;

/** One's own first, then the team's. @throws SpoolError `session.not_found` */
export async function listPrivateNotes({ ctx, input }: { ctx: CodeContext; input: { sessionId: string } }): Promise<PrivateNotes> {
  const person = authorize(ctx.actor, 'session.observe');
  const session = await findSession(ctx, person, input.sessionId);
  return { notes: await ctx.invitations.notes(person, session.id) };
}

/** An empty text removes the note. @throws SpoolError `session.not_found` */
export async function savePrivateNote({ ctx, input }: { ctx: CodeContext; input: { sessionId: string; text: string } }): Promise<PrivateNotes> {
  const person = authorize(ctx.actor, 'session.observe');
  const session = await findSession(ctx, person, input.sessionId);
  await ctx.invitations.saveNote(person, session.id, input.text);
  return { notes: await ctx.invitations.notes(person, session.id) };
}
