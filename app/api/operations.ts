/**
 * Every operation of the API, once: the routes parse with these schemas, and the OpenAPI document is made of them.
 */
import { z } from 'zod';
import type { ErrorCode } from '#domain/errors.ts';
import { acceptAccountInput } from '#domain/identity/account.ts';
import { signInLocallyInput, userSchema } from '#domain/identity/sign-in-locally.ts';
import { profileSchema } from '#domain/interests/get-profile.ts';
import { interestSchema } from '#domain/interests/interest.ts';
import { interestListSchema } from '#domain/interests/list-interests.ts';
import { updateInterestInput } from '#domain/interests/update-interest.ts';
import { createSessionInput, createdSessionSchema } from '#domain/session/create-session.ts';
import { getAudioInput } from '#domain/session/get-audio.ts';
import { getTranscriptInput, transcriptSchema } from '#domain/session/get-transcript.ts';
import { issueTicketInput, streamAccessSchema } from '#domain/session/issue-ticket.ts';
import { eventPageSchema, listEventsInput } from '#domain/session/list-events.ts';
import { listSessionsInput, sessionPageSchema } from '#domain/session/list-sessions.ts';
import { sessionSchema } from '#domain/session/session.ts';
import { TRANSCRIPT_CONTENT_TYPES } from '#domain/session/transcript-formats.ts';
import { updateSessionInput } from '#domain/session/update-session.ts';
import { CODE_OPERATIONS } from './code-operations.ts';
import { MEETING_OPERATIONS } from './meeting-operations.ts';
import { MEETING_NOTES_OPERATIONS } from './meeting-notes-operations.ts';
import { MEETING_SPEAKER_OPERATIONS } from './meeting-speaker-operations.ts';
import { MEETING_UPLOAD_OPERATIONS } from './meeting-upload-operations.ts';
import { OPERATIONS_OPERATIONS } from './operations-operations.ts';
import { getFollowUpOperation } from './follow-up-operations.ts';
import { SCORECARD_OPERATIONS } from './scorecard-operations.ts';
import { json, operation } from './operation.ts';
import type { Operation } from './operation.ts';

export type { Answer, Method, Operation } from './operation.ts';

export const getHealth = operation({
  operationId: 'getHealth',
  method: 'GET',
  path: '/api/health',
  tag: 'Health',
  summary: 'Whether the web process is up, and how people sign in here.',
  access: 'anyone',
  answers: { 200: json(z.object({ status: z.literal('ok'), signIn: z.enum(['local', 'cognito']) }), 'It is up.') },
});

export const getOpenapi = operation({
  operationId: 'getOpenapi',
  method: 'GET',
  path: '/api/openapi.json',
  tag: 'Health',
  summary: 'This document.',
  access: 'anyone',
  answers: { 200: json(z.record(z.string(), z.unknown()), 'The OpenAPI 3.1 document.') },
});

export const signIn = operation({
  operationId: 'signInLocally',
  method: 'POST',
  path: '/api/auth/local',
  tag: 'Auth',
  summary: 'Signs in by name on one’s own machine; the same name and role is the same user. Does not exist where Cognito is configured.',
  access: 'anyone',
  body: signInLocallyInput,
  answers: { 200: json(z.object({ token: z.string(), user: userSchema }), 'A bearer token, also set as the session cookie.') },
  errors: ['auth.local_only', 'route.unknown'],
});

export const getMe = operation({
  operationId: 'getMe',
  method: 'GET',
  path: '/api/auth/me',
  tag: 'Auth',
  summary: 'Who is signed in.',
  access: 'person',
  answers: { 200: json(z.object({ user: userSchema }), 'The person of the token.') },
});

export const signOut = operation({
  operationId: 'signOut',
  method: 'DELETE',
  path: '/api/auth/local',
  tag: 'Auth',
  summary: 'Signs out: removes the session cookie. Without one nothing happens.',
  access: 'anyone',
  answers: { 204: { description: 'Signed out.' } },
  errors: ['route.unknown'],
});

export const keepSignIn = operation({
  operationId: 'keepSignIn',
  method: 'POST',
  path: '/api/auth/session',
  tag: 'Auth',
  summary: 'Keeps the sign-in of somebody who has just signed in at Cognito, in cookies no script can read. Exists only where Cognito is configured.',
  access: 'anyone',
  body: acceptAccountInput,
  answers: { 200: json(z.object({ user: userSchema }), 'Signed in, until the refresh token runs out or is revoked.') },
  errors: ['auth.invalid', 'route.unknown'],
});

export const endSignIn = operation({
  operationId: 'endSignIn',
  method: 'DELETE',
  path: '/api/auth/session',
  tag: 'Auth',
  summary: 'Signs out, however one signed in; with `everywhere=true` (only where Cognito is configured) on all devices. Without a sign-in nothing happens.',
  access: 'anyone',
  query: z.strictObject({ everywhere: z.enum(['true', 'false']).default('false') }),
  answers: { 204: { description: 'Signed out.' } },
  errors: ['auth.required', 'auth.invalid', 'route.unknown'],
});

export const createSessionOperation = operation({
  operationId: 'createSession',
  method: 'POST',
  path: '/api/sessions',
  tag: 'Sessions',
  summary: 'Creates a session and the first ticket to its stream.',
  access: 'person',
  actions: ['CREATE_SESSION'],
  body: createSessionInput,
  answers: { 201: json(createdSessionSchema, 'The session; open `stream.url` with the ticket within a minute.') },
});

export const makeSampleOperation = operation({
  operationId: 'makeSample',
  method: 'POST',
  path: '/api/sessions/sample',
  tag: 'Sessions',
  summary: 'Has a sample made: an interview with an invented person, held by two synthesized voices in about three minutes.',
  access: 'person',
  answers: {
    200: json(sessionSchema, 'One is being made already: this one.'),
    201: json(sessionSchema, 'It is being made; ask for the session and its transcript to follow it.'),
  },
});

export const listSessionsOperation = operation({
  operationId: 'listSessions',
  method: 'GET',
  path: '/api/sessions',
  tag: 'Sessions',
  summary: 'One’s sessions, newest first.',
  access: 'person',
  query: listSessionsInput,
  answers: { 200: json(sessionPageSchema, 'A page; `nextCursor` is null on the last one.') },
});

export const getSessionOperation = operation({
  operationId: 'getSession',
  method: 'GET',
  path: '/api/sessions/{id}',
  tag: 'Sessions',
  summary: 'A session.',
  access: 'person',
  actions: ['GET_SESSION'],
  answers: { 200: json(sessionSchema, 'The session.') },
});

export const patchSessionOperation = operation({
  operationId: 'updateSession',
  method: 'PATCH',
  path: '/api/sessions/{id}',
  tag: 'Sessions',
  summary: 'Changes title or consent; what is not given stays.',
  access: 'person',
  actions: ['UPDATE_SESSION'],
  body: updateSessionInput,
  answers: { 200: json(sessionSchema, 'The session as it is now.') },
});

export const putSessionOperation = operation({ ...patchSessionOperation, operationId: 'putSession', method: 'PUT', summary: 'The same as PATCH.' });

export const endSessionOperation = operation({
  operationId: 'endSession',
  method: 'DELETE',
  path: '/api/sessions/{id}',
  tag: 'Sessions',
  summary: 'Ends the session; with `erase=true` removes everything it left, for good.',
  access: 'person',
  actions: ['END_SESSION'],
  query: z.strictObject({ erase: z.enum(['true', 'false']).default('false') }),
  answers: { 200: json(sessionSchema, 'The session; its end may still be under way.'), 204: { description: 'Erased.' } },
});

export const issueTicketOperation = operation({
  operationId: 'issueTicket',
  method: 'POST',
  path: '/api/sessions/{id}/ticket',
  tag: 'Sessions',
  summary: 'A ticket to the stream: good once, for one minute.',
  access: 'person',
  body: issueTicketInput,
  bodyOptional: true,
  answers: { 200: json(streamAccessSchema, 'Where to connect and with what.') },
  errors: ['session.over', 'session.sample', 'meeting.fed_elsewhere'],
});

export const getTranscriptOperation = operation({
  operationId: 'getTranscript',
  method: 'GET',
  path: '/api/sessions/{id}/transcript',
  tag: 'Sessions',
  summary: 'What was said.',
  access: 'person',
  query: getTranscriptInput,
  answers: {
    200: {
      description: 'The transcript by start of speech.',
      content: {
        'application/json': transcriptSchema,
        ...Object.fromEntries(Object.values(TRANSCRIPT_CONTENT_TYPES).map((type) => [type.split(';')[0]!, 'text' as const])),
      },
    },
  },
});

export const getAudioOperation = operation({
  operationId: 'getAudio',
  method: 'GET',
  path: '/api/sessions/{id}/audio',
  tag: 'Sessions',
  summary: 'A track of the recording as a WAV file. Takes Range, If-Range and If-None-Match.',
  access: 'person',
  query: getAudioInput,
  answers: {
    200: { description: 'The whole track.', content: { 'audio/wav': 'binary' } },
    206: { description: 'The range asked for.', content: { 'audio/wav': 'binary' } },
    304: { description: 'Unchanged.' },
    307: { description: 'Where storage serves recordings itself: the address in Location answers with the whole track, or a range, for an hour and without credentials.' },
  },
  errors: ['recording.not_consented', 'recording.not_found', 'range.not_satisfiable'],
});

export const listEventsOperation = operation({
  operationId: 'listEvents',
  method: 'GET',
  path: '/api/sessions/{id}/events',
  tag: 'Sessions',
  summary: 'The session’s append-only log, oldest first.',
  access: 'person',
  query: listEventsInput,
  answers: { 200: json(eventPageSchema, 'What happened after `after`.') },
});

export const listInterestsOperation = operation({
  operationId: 'listInterests',
  method: 'GET',
  path: '/api/sessions/{id}/interests',
  tag: 'Interests',
  summary: 'What the person said they like or dislike, by first mention, with the words and where they lie in the recording.',
  access: 'person',
  answers: { 200: json(interestListSchema, 'The interests; deleted and retracted ones are left out.') },
});

export const patchInterestOperation = operation({
  operationId: 'updateInterest',
  method: 'PATCH',
  path: '/api/sessions/{id}/interests/{interestId}',
  tag: 'Interests',
  summary: 'Corrects or confirms an interest; what is not given stays. With `status` it also brings a deleted one back.',
  access: 'person',
  body: updateInterestInput,
  answers: { 200: json(interestSchema, 'The interest as it is now.') },
  errors: ['interest.not_found'],
});

export const deleteInterestOperation = operation({
  operationId: 'deleteInterest',
  method: 'DELETE',
  path: '/api/sessions/{id}/interests/{interestId}',
  tag: 'Interests',
  summary: 'Deletes an interest; later sessions do not claim its topic again until the person confirms it.',
  access: 'person',
  answers: { 204: { description: 'Deleted.' } },
  errors: ['interest.not_found'],
});

export const getProfileOperation = operation({
  operationId: 'getProfile',
  method: 'GET',
  path: '/api/profile',
  tag: 'Interests',
  summary: 'One’s interests across all sessions, by first mention, with their evidence.',
  access: 'person',
  answers: { 200: json(profileSchema, 'The profile; topics the person deleted are left out.') },
});

export const eraseProfileOperation = operation({
  operationId: 'eraseProfile',
  method: 'DELETE',
  path: '/api/profile',
  tag: 'Interests',
  summary: 'Forgets what was decided about topics, and the summary of them; sessions and their interests stay.',
  access: 'person',
  answers: { 204: { description: 'Erased.' } },
});

/** In the order they are documented. */
export const OPERATIONS: readonly Operation<never, never>[] = [
  getHealth,
  signIn,
  getMe,
  signOut,
  keepSignIn,
  endSignIn,
  createSessionOperation,
  makeSampleOperation,
  listSessionsOperation,
  getSessionOperation,
  patchSessionOperation,
  putSessionOperation,
  endSessionOperation,
  issueTicketOperation,
  getTranscriptOperation,
  getAudioOperation,
  listEventsOperation,
  listInterestsOperation,
  patchInterestOperation,
  deleteInterestOperation,
  getProfileOperation,
  eraseProfileOperation,
  ...CODE_OPERATIONS,
  ...SCORECARD_OPERATIONS,
  getFollowUpOperation,
  ...MEETING_OPERATIONS,
  ...MEETING_SPEAKER_OPERATIONS,
  ...MEETING_NOTES_OPERATIONS,
  ...OPERATIONS_OPERATIONS,
  ...MEETING_UPLOAD_OPERATIONS,
  getOpenapi,
] as unknown as Operation<never, never>[];

/** Every error an operation can answer with, in the catalogue's order of importance. */
export function errorsOf(operation: Operation<never, never>): ErrorCode[] {
  const unsafe = operation.method !== 'GET';
  const codes: (ErrorCode | false)[] = [
    'request.invalid',
    unsafe && 'request.not_json',
    'request.action_mismatch',
    operation.access === 'person' && 'auth.required',
    operation.access === 'person' && 'auth.invalid',
    operation.access === 'person' && 'auth.forbidden',
    unsafe && 'origin.forbidden',
    operation.path.includes('{id}') && 'session.not_found',
    unsafe && 'request.too_large',
    unsafe && 'request.unsupported_media_type',
    'rate.limited',
    'internal',
    'unavailable',
  ];
  return [...codes.filter((code) => code !== false), ...(operation.errors ?? [])];
}
