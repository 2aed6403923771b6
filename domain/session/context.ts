/** What the session verbs work with, and what they share. */
import { z } from 'zod';
import type { Actor, PersonActor } from '../actor.ts';
import type { Clock } from '../clock.ts';
import { SpoolError } from '../errors.ts';
import { isPlainLine } from '../identity/person-name.ts';
import { uuidSchema } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Capacity } from '../operations/capacity.ts';
import type { SessionRepository } from './ports.ts';
import type { Session } from './session.ts';

export interface SessionContext {
  actor: Actor;
  clock: Clock;
  sessions: SessionRepository;
  log: Log;
  /** Where this caller opens the stream, e.g. `ws://localhost:8080/v1/stream`. */
  streamUrl: string;
  /** Wakes the live sessions' server where it may sleep. */
  capacity?: Pick<Capacity, 'wakeRealtime'>;
}

/** 1 to 200 characters once trimmed, on one line. */
export const titleSchema = z
  .string()
  .trim()
  .min(1, 'A title may not be empty; leave it out instead.')
  .max(200, 'A title may have at most 200 characters.')
  .refine(isPlainLine, 'A title may not contain control characters.');
export const consentSchema = z.strictObject({ recording: z.boolean() });
/** What the owner of a code interview sets for the editor. */
export const codeSettingsSchema = z.strictObject({ autocomplete: z.boolean() });

/** The session, if it exists for this person. @throws SpoolError `session.not_found`, also for what is no id at all. */
export async function findSession(ctx: Pick<SessionContext, 'sessions'>, person: PersonActor, sessionId: string): Promise<Session> {
  return found(await ctx.sessions.get(person, sessionIdOf(sessionId)));
}

/** @throws SpoolError `session.not_found` when the text cannot be anybody's session */
export function sessionIdOf(text: string): string {
  const parsed = uuidSchema.safeParse(text);
  if (!parsed.success) throw new SpoolError('session.not_found');
  return parsed.data.toLowerCase();
}

export function found<T>(value: T | null): T {
  if (value === null) throw new SpoolError('session.not_found');
  return value;
}
