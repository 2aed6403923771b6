import { z } from 'zod';
import type { PersonActor } from '../actor.ts';
import { chunkOf, gapOf } from '../meetings/coverage.ts';
import type { MeetingRepository } from '../meetings/ports.ts';
import { shownNames } from '../meetings/speakers/shown-names.ts';
import type { SpeakerRepository } from '../meetings/speakers/ports.ts';
import { type TranscriptGap, transcriptGapsOf } from '../meetings/transcript-gaps.ts';
import { SAMPLE_PERSON_NAME } from '../sample/about.ts';
import { authorize } from './authorize.ts';
import { findSession, found } from './context.ts';
import type { SessionContext } from './context.ts';
import { transcriptItemSchema } from './session.ts';
import { TRANSCRIPT_FILE_FORMATS } from './transcript-formats.ts';
import type { Transcript } from './transcript-formats.ts';

export const getTranscriptInput = z.strictObject({ format: z.enum(['json', ...TRANSCRIPT_FILE_FORMATS]).default('json') });
export const transcriptSchema = z.object({ items: z.array(transcriptItemSchema) });

interface TranscriptContext extends SessionContext {
  speakers: Pick<SpeakerRepository, 'list'>;
  meetings: Pick<MeetingRepository, 'get'>;
}

/** The newest revision of every item, by start; of a meeting with the gaps that `format` can show. @throws SpoolError `session.not_found` */
export async function getTranscript({ ctx, input }: { ctx: TranscriptContext; input: { sessionId: string; format?: z.output<typeof getTranscriptInput>['format'] } }): Promise<Transcript> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, person, input.sessionId);
  const items = found(await ctx.sessions.transcript(person, session.id));
  const speakerNames = session.kind === 'meeting' ? shownNames(await ctx.speakers.list(person, session.id)) : {};
  const gaps = session.kind === 'meeting' && (input.format === 'md' || input.format === 'vtt') ? await gapsOf(ctx, person, session.id) : [];
  return { session, speakerNames, gaps, items: items.toSorted((a, b) => a.startSample - b.startSample || a.endSample - b.endSample), personName: session.sample ? SAMPLE_PERSON_NAME : person.name };
}

async function gapsOf({ meetings }: TranscriptContext, person: PersonActor, sessionId: string): Promise<TranscriptGap[]> {
  const { chunks, gaps } = found(await meetings.get(person, sessionId));
  return transcriptGapsOf({ chunks: chunks.map(chunkOf), gaps: gaps.map(gapOf) });
}
