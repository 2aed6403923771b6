import { newId } from '../ids.ts';
import { authorize } from '../session/authorize.ts';
import type { SessionContext } from '../session/context.ts';
import type { Session } from '../session/session.ts';

const TITLE = 'Sample interview';

/**
 * Has an interview made in which an invented person is asked, to look at and to remove again. A background job holds it
 * in real time; while one is being made for this person, that one is answered and `created` is false.
 */
export async function makeSample({ ctx }: { ctx: SessionContext }): Promise<{ session: Session; created: boolean }> {
  const person = authorize(ctx.actor, 'session.create');
  const made = await ctx.sessions.createSample(person, { id: newId(), title: TITLE });
  if (made.created) ctx.log.info({ sessionId: made.session.id }, 'A sample was asked for.');
  return made;
}
