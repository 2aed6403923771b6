/** The operations on what was made of a meeting: notes, the whole of it as a file, and links by which others read it. */
import type { z } from 'zod';
import { exportMeetingInput } from '#domain/meetings/exports/export-meeting.ts';
import { DOCX_TYPE, meetingExportSchema } from '#domain/meetings/exports/schema.ts';
import { getNotesInput } from '#domain/meetings/notes/get-notes.ts';
import { notesSchema } from '#domain/meetings/notes/schema.ts';
import { searchInput, searchResultsSchema } from '#domain/meetings/search/search.ts';
import { createShareInput, createdShareSchema, shareListSchema, sharedMeetingSchema } from '#domain/meetings/share/share.ts';
import { json, operation } from './operation.ts';

export const getNotesOperation = operation({
  operationId: 'getNotes',
  method: 'GET',
  path: '/api/sessions/{id}/notes',
  tag: 'Meetings',
  summary: 'The notes of a meeting: summary, topics, decisions, action items, open questions. Whatever is claimed quotes the transcript.',
  access: 'person',
  query: getNotesInput,
  answers: { 200: { description: 'The newest version, or a file of it.', content: { 'application/json': notesSchema, 'text/markdown': 'text', 'text/plain': 'text', [DOCX_TYPE]: 'binary' } } },
  errors: ['outcome.not_ready'],
});

export const exportMeetingOperation = operation({
  operationId: 'exportMeeting',
  method: 'GET',
  path: '/api/sessions/{id}/export',
  tag: 'Meetings',
  summary: 'A whole meeting as a file: title, date, notes and the transcript with times, and what is missing in it at its place; as data with coverage, speakers and SegLST-like segments.',
  access: 'person',
  query: exportMeetingInput,
  answers: { 200: { description: 'The file.', content: { 'application/json': meetingExportSchema, 'text/markdown': 'text', 'text/plain': 'text', [DOCX_TYPE]: 'binary' } } },
});

export const createShareOperation = operation<Record<string, never>, z.output<typeof createShareInput>>({
  operationId: 'createShare',
  method: 'POST',
  path: '/api/sessions/{id}/shares',
  tag: 'Meetings',
  summary: 'A link by which anybody reads a meeting’s notes and transcript until it expires or is taken back. Sound is not part of it.',
  access: 'person',
  body: createShareInput,
  bodyOptional: true,
  answers: { 201: json(createdShareSchema, 'The link; its secret is shown this once.') },
  errors: ['share.too_many'],
});

export const listSharesOperation = operation({
  operationId: 'listShares',
  method: 'GET',
  path: '/api/sessions/{id}/shares',
  tag: 'Meetings',
  summary: 'The links of a meeting, newest first, without their secrets.',
  access: 'person',
  answers: { 200: json(shareListSchema, 'Also those that have expired or were taken back.') },
});

export const revokeShareOperation = operation({
  operationId: 'revokeShare',
  method: 'DELETE',
  path: '/api/sessions/{id}/shares/{shareId}',
  tag: 'Meetings',
  summary: 'Takes a link back: from now on it leads nowhere. Safe to repeat.',
  access: 'person',
  answers: { 204: { description: 'Taken back.' } },
  errors: ['share.not_found'],
});

export const openShareOperation = operation({
  operationId: 'openShare',
  method: 'GET',
  path: '/api/shares/{secret}',
  tag: 'Meetings',
  summary: 'What the holder of a link may read: title, date, notes, the transcript with names, and what is missing and where.',
  access: 'anyone',
  answers: { 200: json(sharedMeetingSchema, 'The meeting as it is now.') },
  errors: ['share.not_valid'],
});

export const searchOperation = operation<z.output<typeof searchInput>>({
  operationId: 'searchTranscripts',
  method: 'GET',
  path: '/api/search',
  tag: 'Meetings',
  summary: 'Moments in all that was said in one’s sessions: by the words, and, in meetings that are over, by what they mean.',
  access: 'person',
  query: searchInput,
  answers: { 200: json(searchResultsSchema, 'Best first.') },
});

export const MEETING_NOTES_OPERATIONS = [getNotesOperation, exportMeetingOperation, createShareOperation, listSharesOperation, revokeShareOperation, openShareOperation, searchOperation];
