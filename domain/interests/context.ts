/** What the verbs about interests work with, and what they share. */
import type { PersonActor } from '../actor.ts';
import { SpoolError } from '../errors.ts';
import { uuidSchema } from '../ids.ts';
import { findSession } from '../session/context.ts';
import type { SessionContext } from '../session/context.ts';
import type { InterestRepository } from './ports.ts';

export type InterestContext = SessionContext & { interests: InterestRepository };
export interface InterestAddress {
  sessionId: string;
  interestId: string;
}

/** @throws SpoolError `interest.not_found` when the text cannot be any interest */
export function interestIdOf(text: string): string {
  const parsed = uuidSchema.safeParse(text);
  if (!parsed.success) throw new SpoolError('interest.not_found');
  return parsed.data.toLowerCase();
}

/** Says which of the two is missing. @throws SpoolError `session.not_found` | `interest.not_found` */
export async function refuseMissing(ctx: InterestContext, person: PersonActor, sessionId: string): Promise<never> {
  await findSession(ctx, person, sessionId);
  throw new SpoolError('interest.not_found');
}
