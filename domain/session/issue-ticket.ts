/** A ticket opens the stream: good once, for one minute; only its hash is stored. */
import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import { sha256Hex } from '../hash.ts';
import { traceOf } from '../log.ts';
import { newSecret } from '../ids.ts';
import type { StreamRole } from '../stream/protocol.ts';
import { authorize } from './authorize.ts';
import { findSession, found } from './context.ts';
import type { SessionContext } from './context.ts';
import { isOpen } from './session-status.ts';

const TICKET_LIFETIME_MS = 60_000;

export const issueTicketInput = z.strictObject({ role: z.enum(['participant', 'observer']).default('participant') });
export const streamAccessSchema = z.object({
  url: z.url(),
  ticket: z.string(),
  expiresAt: z.iso.datetime(),
  warmingUp: z.literal(true).optional().describe('The server behind `url` slept and is being started, which takes a minute or two. Ask for another ticket in a few seconds, until this is gone.'),
});
export type StreamAccess = z.infer<typeof streamAccessSchema>;

/** @throws SpoolError `session.not_found` | `session.over` | `session.sample`, `auth.forbidden` for an observer's ticket without that right */
export async function issueTicket({ ctx, input }: { ctx: SessionContext; input: { sessionId: string; role: StreamRole } }): Promise<StreamAccess> {
  const own = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, own, input.sessionId);
  // Everybody watches their own meeting: whoever speaks in it is not the one who interviews.
  const person = input.role === 'observer' && session.kind !== 'meeting' ? authorize(ctx.actor, 'session.observe') : own;
  if (!isOpen(session.status)) throw new SpoolError('session.over');
  if (session.sample && input.role === 'participant') throw new SpoolError('session.sample');

  const ticket = newSecret();
  const expiresAtMs = ctx.clock.nowMs() + TICKET_LIFETIME_MS;
  const issued = await ctx.sessions.issueTicket(person, session.id, { tokenHash: await sha256Hex(ticket), role: input.role, expiresAtMs });
  if (issued === null && session.kind === 'meeting' && input.role === 'participant') throw new SpoolError('meeting.fed_elsewhere');
  found(issued);
  ctx.log.info({ sessionId: session.id, role: input.role }, 'A ticket was issued.');
  return { url: ctx.streamUrl, ticket, expiresAt: new Date(expiresAtMs).toISOString(), ...((await isWarmingUp(ctx)) ? { warmingUp: true } : {}) };
}

/** Whoever asks for a ticket is about to come. When that cannot be told the ticket is good all the same. */
async function isWarmingUp({ capacity, log }: SessionContext): Promise<boolean> {
  try {
    return (await capacity?.wakeRealtime()) === 'waking';
  } catch (error) {
    log.warn(traceOf(error), 'Whether the live sessions run could not be found out.');
    return false;
  }
}
