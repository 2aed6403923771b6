/** The coordinator: starts a meeting that is streamed to us, tells about it, ends it. */
import { z } from 'zod';
import { SpoolError } from '../errors.ts';
import { isPlainLine } from '../identity/person-name.ts';
import { newId, uuidSchema } from '../ids.ts';
import { authorize } from '../session/authorize.ts';
import { consentSchema, titleSchema } from '../session/context.ts';
import { endSession } from '../session/end-session.ts';
import { SESSION_STATUSES } from '../stream/protocol.ts';
import type { MeetingContext } from './context.ts';
import { getMeeting } from './get-meeting.ts';
import { STREAM_KEY_TTL_MS, newStreamKey } from './ingest/stream-key.ts';
import { coverageSchema } from './schema.ts';

export const coordinateInput = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('start_session'),
    meeting_id: z.string().min(1).max(200).refine(isPlainLine, 'No control characters.').optional().describe('What you call the meeting; started again before it has ended, it goes on with a new stream key.'),
    user_id: z.string().optional().describe('Your own id, unless you are an admin.'),
    topic: titleSchema.optional(),
    consent: consentSchema.optional().describe('Without consent to recording, audio is kept only until the final transcript exists.'),
  }),
  z.strictObject({ action: z.literal('get_session'), session_id: z.string() }),
  z.strictObject({ action: z.literal('end_session'), session_id: z.string() }),
]);
export const startedMeetingSchema = z.object({
  session_id: z.uuid(),
  rtmp_url: z.string().describe('Stream to this address and the key: `rtmp_url/stream_key`.'),
  stream_key: z.string(),
  expires_at: z.iso.datetime().describe('The stream must have come by then.'),
  status: z.enum(SESSION_STATUSES),
});
export const meetingStateSchema = z.object({ session_id: z.uuid(), status: z.enum(SESSION_STATUSES), coverage: coverageSchema });
type Started = z.infer<typeof startedMeetingSchema>;
type MeetingState = z.infer<typeof meetingStateSchema>;

/** @throws SpoolError `meeting.no_ingest` | `person.not_found` | `auth.forbidden` for another's `user_id` */
export async function startMeeting({ ctx, input }: { ctx: MeetingContext; input: Extract<z.infer<typeof coordinateInput>, { action: 'start_session' }> }): Promise<Started> {
  const person = authorize(ctx.actor, 'session.create');
  if (input.user_id !== undefined && input.user_id !== person.id && person.role !== 'admin') throw new SpoolError('auth.forbidden', 'A meeting for somebody else.', { personMessage: 'Leave user_id out: only admins start meetings for others.' });
  const ownerId = input.user_id ?? person.id;
  if (!uuidSchema.safeParse(ownerId).success) throw new SpoolError('person.not_found');
  const rtmp = await ctx.rtmp();
  if (rtmp.url === null) throw new SpoolError('meeting.no_ingest', undefined, { personMessage: rtmp.why });
  const { key, hash } = await newStreamKey();
  const keyExpiresAtMs = ctx.clock.nowMs() + STREAM_KEY_TTL_MS;
  const session = await ctx.meetings.start(
    { ...person, id: ownerId.toLowerCase() },
    { id: newId(), title: input.topic ?? 'Meeting', recordingConsent: input.consent?.recording ?? false, externalId: input.meeting_id ?? null, keyHash: hash, keyExpiresAtMs },
  );
  if (!session) throw new SpoolError('person.not_found');
  ctx.log.info({ sessionId: session.id }, 'A meeting awaits its stream.');
  return { session_id: session.id, rtmp_url: rtmp.url, stream_key: key, expires_at: new Date(keyExpiresAtMs).toISOString(), status: session.status };
}

/** @throws SpoolError `session.not_found` */
export async function lookAtMeeting({ ctx, input }: { ctx: MeetingContext; input: { session_id: string } }): Promise<MeetingState> {
  const { sessionId, coverage } = await getMeeting({ ctx, input: { sessionId: input.session_id } });
  const session = await ctx.sessions.get(authorize(ctx.actor, 'session.use-own'), sessionId);
  if (!session) throw new SpoolError('session.not_found');
  return { session_id: sessionId, status: session.status, coverage };
}

/** Asks for the end; the closing follows by itself. Idempotent. @throws SpoolError `session.not_found` */
export async function endMeeting({ ctx, input }: { ctx: MeetingContext; input: { session_id: string } }): Promise<MeetingState> {
  await lookAtMeeting({ ctx, input });
  await endSession({ ctx, input: { sessionId: input.session_id } });
  return lookAtMeeting({ ctx, input });
}
