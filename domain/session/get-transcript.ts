import { z } from 'zod';
import { shownNames } from '../meetings/speakers/shown-names.ts';
import type { SpeakerRepository } from '../meetings/speakers/ports.ts';
import { SAMPLE_PERSON_NAME } from '../sample/about.ts';
import { authorize } from './authorize.ts';
import { findSession, found } from './context.ts';
import type { SessionContext } from './context.ts';
import { transcriptItemSchema } from './session.ts';
import { TRANSCRIPT_FILE_FORMATS } from './transcript-formats.ts';
import type { Transcript } from './transcript-formats.ts';

export const getTranscriptInput = z.strictObject({ format: z.enum(['json', ...TRANSCRIPT_FILE_FORMATS]).default('json') });
export const transcriptSchema = z.object({ items: z.array(transcriptItemSchema) });

/** The newest revision of every item, by start. @throws SpoolError `session.not_found` */
export async function getTranscript({ ctx, input }: { ctx: SessionContext & { speakers: Pick<SpeakerRepository, 'list'> }; input: { sessionId: string } }): Promise<Transcript> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, person, input.sessionId);
  const items = found(await ctx.sessions.transcript(person, session.id));
  const speakerNames = session.kind === 'meeting' ? shownNames(await ctx.speakers.list(person, session.id)) : {};
  return { session, speakerNames, items: items.toSorted((a, b) => a.startSample - b.startSample || a.endSample - b.endSample), personName: session.sample ? SAMPLE_PERSON_NAME : person.name };
}
