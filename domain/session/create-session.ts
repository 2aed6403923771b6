import { z } from 'zod';
import { newId } from '../ids.ts';
import { authorize } from './authorize.ts';
import { codeSettingsSchema, consentSchema, titleSchema } from './context.ts';
import type { SessionContext } from './context.ts';
import { issueTicket, streamAccessSchema } from './issue-ticket.ts';
import type { StreamAccess } from './issue-ticket.ts';
import { SESSION_KINDS, sessionSchema } from './session.ts';
import type { Session, SessionKind } from './session.ts';

const DEFAULT_TITLES: Record<SessionKind, string> = {
  onboarding: 'Onboarding interview',
  code: 'Code interview',
  meeting: 'Meeting',
  dictation: 'Dictation',
};

export const createSessionInput = z
  .strictObject({
    kind: z.enum(SESSION_KINDS).optional().describe('May be left out when templateId is given: then it is "code".'),
    templateId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'A template id has letters, digits, dots, dashes and underscores.').optional(),
    title: titleSchema.optional(),
    consent: consentSchema.optional().describe('Without consent to recording, audio is kept only until the final transcript exists.'),
    settings: codeSettingsSchema.optional().describe('Of a code interview. Autocomplete is off unless given.'),
  })
  .refine((input) => input.kind !== undefined || input.templateId !== undefined, {
    path: ['kind'],
    message: `Choose a kind: ${SESSION_KINDS.join(', ')}.`,
  });
export const createdSessionSchema = z.object({ session: sessionSchema, stream: streamAccessSchema });

/** Creates a session of one's own and the first ticket to its stream. */
export async function createSession({ ctx, input }: { ctx: SessionContext; input: z.infer<typeof createSessionInput> }): Promise<{ session: Session; stream: StreamAccess }> {
  const person = authorize(ctx.actor, 'session.create');
  const kind = input.kind ?? 'code';
  const session = await ctx.sessions.create(person, {
    id: newId(),
    kind,
    title: input.title ?? DEFAULT_TITLES[kind],
    templateId: input.templateId ?? null,
    recordingConsent: input.consent?.recording ?? false,
    autocomplete: input.settings?.autocomplete ?? false,
  });
  ctx.log.info({ sessionId: session.id, kind }, 'A session was created.');
  const stream = await issueTicket({ ctx, input: { sessionId: session.id, role: 'participant' } });
  return { session, stream };
}
