import { z } from 'zod';
import { SpoolError } from '../../errors.ts';
import type { MeetingDocument } from '../exports/blocks.ts';
import { NOTES_FORMATS } from '../exports/schema.ts';
import { findMeeting } from '../context.ts';
import { shownNames } from '../speakers/shown-names.ts';
import type { SpeakerContext } from '../speakers/list-speakers.ts';
import type { NotesReader } from './ports.ts';
import type { MeetingNotes } from './schema.ts';

export interface NotesContext extends SpeakerContext {
  notes: NotesReader;
}
export const getNotesInput = z.strictObject({ format: z.enum(NOTES_FORMATS).default('json') });

/** The newest notes, and what a document of them needs. @throws SpoolError `session.not_found` | `outcome.not_ready` */
export async function getNotes({ ctx, input }: { ctx: NotesContext; input: { sessionId: string } }): Promise<{ notes: MeetingNotes; document: MeetingDocument }> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const notes = await ctx.notes.newest(person, meeting.session.id);
  if (!notes) throw new SpoolError('outcome.not_ready', undefined, { personMessage: 'The notes of this meeting are not written yet. They follow once it is over and all of it is transcribed.' });
  return { notes, document: { session: meeting.session, names: shownNames(await ctx.speakers.list(person, meeting.session.id)), personName: person.name } };
}
