/** What the verbs about scorecards work with, and what they share. */
import type { Actor, PersonActor } from '../actor.ts';
import type { ProblemRepository } from '../code/ports.ts';
import { SpoolError } from '../errors.ts';
import type { Log } from '../log.ts';
import { findSession } from '../session/context.ts';
import type { SessionRepository } from '../session/ports.ts';
import type { Session } from '../session/session.ts';
import type { ScorecardRepository, StoredScorecard } from './ports.ts';
import { NO_DECISION } from './scorecard.ts';
import type { Scorecard } from './scorecard.ts';

export interface ScorecardContext {
  actor: Actor;
  log: Log;
  sessions: SessionRepository;
  problems: ProblemRepository;
  scorecards: ScorecardRepository;
}

/** The session, for somebody who may know that it is scored. @throws SpoolError `auth.forbidden` for a candidate | `session.not_found` */
export async function findScored(ctx: ScorecardContext, person: PersonActor, sessionId: string): Promise<Session> {
  if (person.role === 'candidate') throw new SpoolError('auth.forbidden', 'A candidate asked for a scorecard.', { personMessage: 'Scorecards are for the interviewing team.' });
  return findSession(ctx, person, sessionId);
}

/** With the rubric of its problem and the words that it decides nothing. */
export async function shown(ctx: ScorecardContext, person: PersonActor, session: Session, stored: StoredScorecard): Promise<Scorecard> {
  const problem = session.templateId === null ? null : await ctx.problems.get(person, session.templateId);
  return { ...stored, statement: NO_DECISION, rubric: problem?.rubric ?? null };
}
