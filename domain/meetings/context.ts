/** What the verbs of meetings work with. */
import { SpoolError } from '../errors.ts';
import type { AudioContext } from '../session/get-audio.ts';
import { authorize } from '../session/authorize.ts';
import { sessionIdOf } from '../session/context.ts';
import type { PersonActor } from '../actor.ts';
import type { MeetingRepository, StoredMeeting } from './ports.ts';

export interface MeetingContext extends AudioContext {
  meetings: MeetingRepository;
  /** Where streams are taken in. Null: not on this machine, `why` in words for a person. */
  rtmp(): Promise<{ url: string } | { url: null; why: string }>;
  /** A stream that stays away longer ends its meeting. */
  streamGraceMs: number;
}

/** @throws SpoolError `session.not_found`, also for sessions of another kind */
export async function findMeeting(ctx: MeetingContext, sessionId: string): Promise<{ person: PersonActor; meeting: StoredMeeting }> {
  const person = authorize(ctx.actor, 'session.use-own');
  const meeting = await ctx.meetings.get(person, sessionIdOf(sessionId));
  if (!meeting) throw new SpoolError('session.not_found');
  return { person, meeting };
}
