/** A person says who a voice is: a name, or that it is the same as another. */
import { z } from 'zod';
import { SpoolError } from '../../errors.ts';
import { personNameSchema } from '../../identity/person-name.ts';
import { UNKNOWN_SPEAKER } from '../../session/speaker-names.ts';
import { findMeeting } from '../context.ts';
import { mergeChain } from './effective-speakers.ts';
import { shownSpeakers } from './list-speakers.ts';
import type { SpeakerContext, SpeakerList } from './list-speakers.ts';

export const updateSpeakerInput = z
  .strictObject({
    name: personNameSchema.nullable().optional().describe('Null takes the name away.'),
    mergeInto: z.string().max(10).nullable().optional().describe('The speaker this voice is, too; null parts them again.'),
  })
  .refine(({ name, mergeInto }) => name !== undefined || mergeInto !== undefined, 'Give a name or mergeInto.');

/**
 * Names, merges, or undoes either. What is not given stays. Later tellings-apart keep it with the voice.
 * @throws SpoolError `session.not_found` | `speaker.not_found` | `speaker.circle`
 */
export async function updateSpeaker({ ctx, input }: { ctx: SpeakerContext; input: { sessionId: string; speaker: string } & z.infer<typeof updateSpeakerInput> }): Promise<SpeakerList> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  const { speaker, name, mergeInto } = input;
  const changed = await ctx.speakers.change(person, meeting.session.id, (speakers) => {
    const known = new Map(speakers.filter((each) => each.speaker !== UNKNOWN_SPEAKER).map((each) => [each.speaker, each]));
    if (!known.has(speaker) || (typeof mergeInto === 'string' && !known.has(mergeInto))) throw new SpoolError('speaker.not_found');
    if (typeof mergeInto === 'string' && mergeChain(mergeInto, known).includes(speaker)) throw new SpoolError('speaker.circle');
    return { speaker, ...(name === undefined ? {} : { name }), ...(mergeInto === undefined ? {} : { mergedInto: mergeInto }) };
  });
  return shownSpeakers(changed);
}
