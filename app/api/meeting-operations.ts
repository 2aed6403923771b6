/** The operations on meetings: the coordinator, how much of one is there, and putting it right. */
import type { z } from 'zod';
import { coordinateInput, meetingStateSchema, startedMeetingSchema } from '#domain/meetings/coordinate.ts';
import { correctItemInput, itemRevisionsSchema } from '#domain/meetings/correct-item.ts';
import { retriedSchema, retryChunksInput } from '#domain/meetings/retry-chunks.ts';
import { meetingSchema } from '#domain/meetings/schema.ts';
import { restoreSuppressedInput, suppressedListSchema, suppressedSchema } from '#domain/meetings/suppressed-segments.ts';
import { transcriptItemSchema } from '#domain/session/session.ts';
import { json, operation } from './operation.ts';

export const coordinateOperation = operation<Record<string, never>, z.infer<typeof coordinateInput>>({
  operationId: 'coordinateMeeting',
  method: 'POST',
  path: '/api/meetings',
  tag: 'Meetings',
  summary: 'Starts a meeting that is streamed by RTMP (`start_session`), tells about one (`get_session`), ends it (`end_session`).',
  access: 'person',
  readsAction: true,
  body: coordinateInput,
  answers: {
    200: json(meetingStateSchema, 'Of get_session and end_session.'),
    201: json(startedMeetingSchema, 'Of start_session. The key is shown this once.'),
  },
  errors: ['auth.forbidden', 'session.not_found', 'person.not_found', 'meeting.no_ingest'],
});

export const getMeetingOperation = operation({
  operationId: 'getMeeting',
  method: 'GET',
  path: '/api/sessions/{id}/meeting',
  tag: 'Meetings',
  summary: 'How much of a meeting is captured, transcribed and missing, part by part, and what its stream is doing.',
  access: 'person',
  answers: { 200: json(meetingSchema, 'As it is now.') },
  errors: ['session.not_found'],
});

export const retryChunksOperation = operation({
  operationId: 'retryChunks',
  method: 'POST',
  path: '/api/sessions/{id}/chunks/retry',
  tag: 'Meetings',
  summary: 'Has parts that failed transcribed again.',
  access: 'person',
  body: retryChunksInput,
  bodyOptional: true,
  answers: { 200: json(retriedSchema, 'How many parts are tried again.') },
  errors: ['session.not_found', 'chunk.not_failed', 'recording.not_found'],
});

export const listSuppressedOperation = operation({
  operationId: 'listSuppressed',
  method: 'GET',
  path: '/api/sessions/{id}/suppressed',
  tag: 'Meetings',
  summary: 'What was held back because nobody seems to have said it, with the reason.',
  access: 'person',
  answers: { 200: json(suppressedListSchema, 'By their place.') },
  errors: ['session.not_found'],
});

export const restoreSuppressedOperation = operation({
  operationId: 'restoreSuppressed',
  method: 'PATCH',
  path: '/api/sessions/{id}/suppressed/{segmentId}',
  tag: 'Meetings',
  summary: 'Puts a passage that was held back into the transcript, or takes it out again.',
  access: 'person',
  body: restoreSuppressedInput,
  answers: { 200: json(suppressedSchema, 'The passage.') },
  errors: ['session.not_found', 'suppressed.not_found'],
});

export const correctItemOperation = operation({
  operationId: 'correctItem',
  method: 'PATCH',
  path: '/api/sessions/{id}/transcript/{itemId}',
  tag: 'Meetings',
  summary: 'Corrects a passage of a meeting’s transcript. What it said before is kept.',
  access: 'person',
  body: correctItemInput,
  answers: { 200: json(transcriptItemSchema, 'The passage, at its new revision.') },
  errors: ['session.not_found', 'item.not_found', 'item.changed'],
});

export const itemRevisionsOperation = operation({
  operationId: 'itemRevisions',
  method: 'GET',
  path: '/api/sessions/{id}/transcript/{itemId}',
  tag: 'Meetings',
  summary: 'What a passage said before it was corrected.',
  access: 'person',
  answers: { 200: json(itemRevisionsSchema, 'The oldest first; none when it was never corrected.') },
  errors: ['session.not_found', 'item.not_found'],
});

export const MEETING_OPERATIONS = [coordinateOperation, getMeetingOperation, retryChunksOperation, listSuppressedOperation, restoreSuppressedOperation, correctItemOperation, itemRevisionsOperation];
