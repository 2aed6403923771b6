/** Who acts. A union, never a nullable user id: a verb that wants a person says so in its type. */
/** Those one can have an account with. */
export const ACCOUNT_ROLES = ['learner', 'interviewer', 'admin'] as const;
/** A candidate has no account: an invitation lets them into one session, and row-level security into nothing else. */
export const ROLES = ['candidate', ...ACCOUNT_ROLES] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];
export type Role = (typeof ROLES)[number];

export interface PersonActor {
  kind: 'person';
  id: string;
  name: string;
  role: Role;
}
/** A process of ours acting on nobody's behalf (`realtime`, `worker`). */
export interface ServiceActor {
  kind: 'service';
  service: 'realtime' | 'worker';
}
export interface AnonymousActor {
  kind: 'anonymous';
}
export type Actor = PersonActor | ServiceActor | AnonymousActor;

/** Everything a person can ask for. `own` actions are about the caller's own sessions. */
export const ACTIONS = ['session.create', 'session.use-own', 'session.observe', 'session.invite', 'session.score', 'problem.keep', 'operations.see'] as const;
export type Action = (typeof ACTIONS)[number];

/** Role × action. Tests walk this table; `authorize` is its only reader. */
export const PERMISSIONS: Record<Role, Record<Action, boolean>> = {
  candidate: { 'session.create': false, 'session.use-own': true, 'session.observe': false, 'session.invite': false, 'session.score': false, 'problem.keep': false, 'operations.see': false },
  learner: { 'session.create': true, 'session.use-own': true, 'session.observe': false, 'session.invite': false, 'session.score': false, 'problem.keep': false, 'operations.see': false },
  interviewer: { 'session.create': true, 'session.use-own': true, 'session.observe': true, 'session.invite': true, 'session.score': true, 'problem.keep': true, 'operations.see': false },
  admin: { 'session.create': true, 'session.use-own': true, 'session.observe': true, 'session.invite': true, 'session.score': true, 'problem.keep': true, 'operations.see': true },
};
