import { z } from 'zod';
import { authorize } from './authorize.ts';
import { codeSettingsSchema, consentSchema, found, sessionIdOf, titleSchema } from './context.ts';
import type { SessionContext } from './context.ts';
import type { Session } from './session.ts';

export const updateSessionInput = z.strictObject({ title: titleSchema.optional(), consent: consentSchema.optional(), settings: codeSettingsSchema.optional() });

/** Changes what is given and leaves the rest. @throws SpoolError `session.not_found` */
export async function updateSession({
  ctx,
  input,
}: {
  ctx: SessionContext;
  input: { sessionId: string; patch: z.infer<typeof updateSessionInput> };
}): Promise<Session> {
  const person = authorize(ctx.actor, 'session.use-own');
  const { title, consent, settings } = input.patch;
  const session = found(
    await ctx.sessions.update(person, sessionIdOf(input.sessionId), {
      ...(title !== undefined && { title }),
      ...(consent !== undefined && { recordingConsent: consent.recording }),
      ...(settings !== undefined && { autocomplete: settings.autocomplete }),
    }),
  );
  ctx.log.info({ sessionId: session.id }, 'A session was changed.');
  return session;
}
