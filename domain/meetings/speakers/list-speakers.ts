/** Who speaks in a meeting, as its owner sees it. */
import { z } from 'zod';
import { UNKNOWN_SPEAKER } from '../../session/speaker-names.ts';
import { samplesToMs } from '../../stream/audio-format.ts';
import { findMeeting } from '../context.ts';
import type { MeetingContext } from '../context.ts';
import { byNumber, effectiveSpeakers } from './effective-speakers.ts';
import type { ListedSpeaker, SpeakerRepository } from './ports.ts';

/** What the verbs about speakers need beyond those of meetings. */
export interface SpeakerContext extends MeetingContext {
  speakers: SpeakerRepository;
}

export const listedSpeakerSchema = z.object({
  speaker: z.string().describe('`S1`… as in the transcript.'),
  name: z.string().nullable().describe('As a person named it.'),
  speechMs: z.int().min(0).describe('How long it was heard, with what was merged into it; 0 for whom was merged into another.'),
  mergedInto: z.string().nullable().describe('Whom a person said this voice is, too; its speech counts there.'),
  shownAs: z.string().nullable().describe('The name it goes by once merges are followed; null: nobody has named it.'),
});
export const speakerListSchema = z.object({
  speakers: z.array(listedSpeakerSchema),
  /** Words of voices nobody could be told to be. */
  unknownMs: z.int().min(0),
});
export type SpeakerList = z.infer<typeof speakerListSchema>;

/** By number; a person's names and merges, heard or not, are all there. @throws SpoolError `session.not_found` */
export async function listSpeakers({ ctx, input }: { ctx: SpeakerContext; input: { sessionId: string } }): Promise<SpeakerList> {
  const { person, meeting } = await findMeeting(ctx, input.sessionId);
  return shownSpeakers(await ctx.speakers.list(person, meeting.session.id));
}

/** Merges followed, by number; the words of nobody in particular are told apart from them. */
export function shownSpeakers(listed: readonly ListedSpeaker[]): SpeakerList {
  const who = effectiveSpeakers(listed);
  const samples = new Map<string, number>();
  for (const { speaker, speechSamples } of listed) {
    const end = who.get(speaker)!.speaker;
    samples.set(end, (samples.get(end) ?? 0) + speechSamples);
  }
  return {
    speakers: listed
      .filter(({ speaker }) => speaker !== UNKNOWN_SPEAKER)
      .toSorted(byNumber)
      .map(({ speaker, name, mergedInto }) => ({ speaker, name, mergedInto, shownAs: who.get(speaker)!.name, speechMs: who.get(speaker)!.speaker === speaker ? samplesToMs(samples.get(speaker) ?? 0) : 0 })),
    unknownMs: samplesToMs(samples.get(UNKNOWN_SPEAKER) ?? 0),
  };
}
