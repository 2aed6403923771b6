/** What the verbs about code work with, and what they share. */
import type { Actor, PersonActor } from '../actor.ts';
import type { Clock } from '../clock.ts';
import { SpoolError } from '../errors.ts';
import type { Log } from '../log.ts';
import { findSession } from '../session/context.ts';
import type { SessionRepository } from '../session/ports.ts';
import type { Session } from '../session/session.ts';
import type { CodeRunner, FileRepository, InvitationRepository, OwnProblemRepository, ProblemRepository, RunRepository } from './ports.ts';

export interface CodeContext {
  actor: Actor;
  clock: Clock;
  log: Log;
  sessions: SessionRepository;
  files: FileRepository;
  runs: RunRepository;
  problems: ProblemRepository;
  ownProblems: OwnProblemRepository;
  invitations: InvitationRepository;
  runner: CodeRunner;
  /** The most that a request may ask for. */
  ceilings: { wallMsPerCase: number; memoryMb: number };
}

/** The session, still under way. @throws SpoolError `session.not_found` | `session.over` */
export async function findOpenSession(ctx: Pick<CodeContext, 'sessions'>, person: PersonActor, sessionId: string): Promise<Session> {
  const session = await findSession(ctx, person, sessionId);
  if (session.endedAt !== null || session.status === 'processing') throw new SpoolError('session.over');
  return session;
}
