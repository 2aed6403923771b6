/** The operations of the code interview: files, templates, runs. */
import { z } from 'zod';
import { acceptInvitationInput, acceptedInvitationSchema } from '#domain/code/accept-invitation.ts';
import { lookAtInvitationInput, seenInvitationSchema } from '#domain/code/look-at-invitation.ts';
import { createInvitationInput, createdInvitationSchema } from '#domain/code/create-invitation.ts';
import { invitationListSchema } from '#domain/code/list-invitations.ts';
import { privateNotesSchema, savePrivateNoteInput } from '#domain/code/private-notes.ts';
import { createFileInput } from '#domain/code/create-file.ts';
import { fileSchema } from '#domain/code/file.ts';
import { templateListSchema } from '#domain/code/list-templates.ts';
import { runListSchema } from '#domain/code/list-runs.ts';
import { fileListSchema } from '#domain/code/list-files.ts';
import { listVersionsInput, versionPageSchema } from '#domain/code/list-versions.ts';
import { problemDraftSchema, problemSchema, publicProblemSchema } from '#domain/code/problem.ts';
import { executeInput, runResultSchema } from '#domain/code/run.ts';
import { updateFileInput } from '#domain/code/update-file.ts';
import { json, operation } from './operation.ts';

const pendingRunSchema = z.strictObject({ runId: z.uuid(), status: z.enum(['queued', 'running']), position: z.int().min(0).optional().describe('How many runs are before it.') });

export const createFileOperation = operation({
  operationId: 'createFile',
  method: 'POST',
  path: '/api/files',
  tag: 'Code',
  summary: 'Creates a file in a session’s workspace.',
  access: 'person',
  actions: ['CREATE_FILE'],
  body: createFileInput,
  answers: { 201: json(fileSchema, 'The file, at its first version.') },
  errors: ['session.not_found', 'session.over', 'workspace.read_only', 'file.exists', 'file.too_many', 'workspace.full'],
});

export const listFilesOperation = operation({
  operationId: 'listFiles',
  method: 'GET',
  path: '/api/files/{sessionId}',
  tag: 'Code',
  summary: 'The files of a session’s workspace, by path.',
  access: 'person',
  actions: ['LIST_FILES'],
  answers: { 200: json(fileListSchema, 'The files, without their contents.') },
  errors: ['session.not_found'],
});

export const listVersionsOperation = operation({
  operationId: 'listVersions',
  method: 'GET',
  path: '/api/sessions/{id}/versions',
  tag: 'Code',
  summary: 'Every version that was saved of every file, oldest first, with its text: with the log, what a replay is made of.',
  access: 'person',
  query: listVersionsInput,
  answers: { 200: json(versionPageSchema, 'A page; ask with `after` until it is empty, and again later for more.') },
  errors: ['session.not_found'],
});

export const readFileOperation = operation({
  operationId: 'readFile',
  method: 'GET',
  path: '/api/files/{sessionId}/{filePath}',
  tag: 'Code',
  summary: 'A file with its content. The ETag is its version.',
  access: 'person',
  actions: ['READ_FILE'],
  answers: { 200: json(fileSchema, 'The file.') },
  errors: ['session.not_found', 'file.not_found'],
});

export const updateFileOperation = operation({
  operationId: 'updateFile',
  method: 'PUT',
  path: '/api/files/{sessionId}/{filePath}',
  tag: 'Code',
  summary: 'Saves a new version of a file. With If-Match only if it still is at that version.',
  access: 'person',
  actions: ['UPDATE_FILE'],
  body: updateFileInput,
  answers: { 200: json(fileSchema, 'The file at its new version.') },
  errors: ['session.not_found', 'session.over', 'workspace.read_only', 'workspace.full', 'file.not_found', 'file.version_mismatch'],
});

export const deleteFileOperation = operation({
  operationId: 'deleteFile',
  method: 'DELETE',
  path: '/api/files/{sessionId}/{filePath}',
  tag: 'Code',
  summary: 'Deletes a file. Takes If-Match.',
  access: 'person',
  actions: ['DELETE_FILE'],
  answers: { 204: { description: 'Deleted.' } },
  errors: ['session.not_found', 'session.over', 'workspace.read_only', 'file.not_found', 'file.version_mismatch'],
});

export const listTemplatesOperation = operation({
  operationId: 'listTemplates',
  method: 'GET',
  path: '/api/templates',
  tag: 'Code',
  summary: 'The problems of the code interview, from easy to hard.',
  access: 'person',
  answers: { 200: json(templateListSchema, 'The built-in ones and the caller’s own; `nextCursor` is always null.') },
});

export const createTemplateOperation = operation({
  operationId: 'createTemplate',
  method: 'POST',
  path: '/api/templates',
  tag: 'Code',
  summary: 'Adds a problem of one’s own; for interviewers. Its solutions are not run.',
  access: 'person',
  body: problemDraftSchema,
  answers: { 201: json(problemSchema, 'The problem with its id, for `templateId` of a session.') },
  errors: ['template.too_many'],
});

export const getTemplateOperation = operation({
  operationId: 'getTemplate',
  method: 'GET',
  path: '/api/templates/{templateId}',
  tag: 'Code',
  summary: 'A problem as a candidate sees it: statement, visible tests, starter code. With `whole=true` all of it, for who added it.',
  access: 'person',
  query: z.strictObject({ whole: z.enum(['true', 'false']).optional().describe('With hidden tests, solutions and what the interviewer knows; only of one’s own.') }),
  answers: { 200: json(z.union([publicProblemSchema, problemSchema]), 'The problem; without `whole` it has no hidden tests and no solutions.') },
  errors: ['template.not_found'],
});

export const updateTemplateOperation = operation({
  operationId: 'updateTemplate',
  method: 'PUT',
  path: '/api/templates/{templateId}',
  tag: 'Code',
  summary: 'Changes a problem of one’s own, also for sessions that work with it.',
  access: 'person',
  body: problemDraftSchema,
  answers: { 200: json(problemSchema, 'The problem as it is now.') },
  errors: ['template.not_found'],
});

export const deleteTemplateOperation = operation({
  operationId: 'deleteTemplate',
  method: 'DELETE',
  path: '/api/templates/{templateId}',
  tag: 'Code',
  summary: 'Deletes a problem of one’s own, unless a session that has not ended works with it.',
  access: 'person',
  answers: { 204: { description: 'Deleted.' } },
  errors: ['template.not_found', 'template.in_use'],
});

export const executeOperation = operation({
  operationId: 'execute',
  method: 'POST',
  path: '/api/execute',
  tag: 'Code',
  summary: 'Runs a file of the workspace in a sandbox, as a program or with test cases. With `Prefer: wait=1` it answers after a second at the latest.',
  access: 'person',
  body: executeInput,
  answers: {
    200: json(runResultSchema, 'The result, whatever the program did.'),
    202: json(pendingRunSchema, 'Not finished yet: ask at Location.'),
  },
  errors: ['session.not_found', 'session.over', 'workspace.read_only', 'file.not_found', 'entry_point.ambiguous', 'runner.unavailable', 'runner.busy', 'language.missing'],
});

export const getRunOperation = operation({
  operationId: 'getRun',
  method: 'GET',
  path: '/api/runs/{runId}',
  tag: 'Code',
  summary: 'A run: its result, or where it stands.',
  access: 'person',
  answers: { 200: json(runResultSchema, 'The result.'), 202: json(pendingRunSchema, 'Not finished yet.') },
  errors: ['run.not_found', 'run.lost'],
});

export const listRunsOperation = operation({
  operationId: 'listRuns',
  method: 'GET',
  path: '/api/sessions/{id}/runs',
  tag: 'Code',
  summary: 'The runs of a session, oldest first.',
  access: 'person',
  answers: { 200: json(runListSchema, 'The runs with what came of them; the newest 500.') },
});

export const createInvitationOperation = operation({
  operationId: 'createInvitation',
  method: 'POST',
  path: '/api/sessions/{id}/invitations',
  tag: 'Code',
  summary: 'Invites one candidate, or colleagues who watch, to a code interview. A new candidate’s link takes the place of an unused one.',
  access: 'person',
  body: createInvitationInput,
  bodyOptional: true,
  answers: { 201: json(createdInvitationSchema, 'The invitation and the secret of its link, which is shown this once.') },
  errors: ['session.over', 'invitation.too_many', 'invitation.wrong_kind'],
});

export const listInvitationsOperation = operation({
  operationId: 'listInvitations',
  method: 'GET',
  path: '/api/sessions/{id}/invitations',
  tag: 'Code',
  summary: 'The invitations to a session, newest first.',
  access: 'person',
  answers: { 200: json(invitationListSchema, 'The invitations, without their secrets.') },
});

export const revokeInvitationOperation = operation({
  operationId: 'revokeInvitation',
  method: 'DELETE',
  path: '/api/sessions/{id}/invitations/{invitationId}',
  tag: 'Code',
  summary: 'Withdraws an invitation: its link stops working, and whoever was let in to watch by it is let out. A candidate who came in stays. Safe to repeat.',
  access: 'person',
  answers: { 204: { description: 'Withdrawn.' } },
  errors: ['invitation.not_found'],
});

export const acceptInvitationOperation = operation({
  operationId: 'acceptInvitation',
  method: 'POST',
  path: '/api/invitations/accept',
  tag: 'Code',
  summary: 'Lets the holder of a link in: a candidate without an account, a colleague under theirs.',
  access: 'anyone',
  body: acceptInvitationInput,
  answers: { 200: json(acceptedInvitationSchema, 'Where to go; a candidate gets a token and the session cookie.') },
  errors: ['auth.required', 'auth.forbidden', 'auth.invalid', 'invitation.not_valid', 'invitation.taken'],
});

export const lookAtInvitationOperation = operation({
  operationId: 'lookAtInvitation',
  method: 'POST',
  path: '/api/invitations/look',
  tag: 'Code',
  summary: 'What a link leads to and whether it still does. Changes nothing; a POST, so that the secret is in no address.',
  access: 'anyone',
  body: lookAtInvitationInput,
  answers: { 200: json(seenInvitationSchema, 'The invitation as its receiver sees it.') },
  errors: ['auth.invalid'],
});

export const listPrivateNotesOperation = operation({
  operationId: 'listPrivateNotes',
  method: 'GET',
  path: '/api/sessions/{id}/private-notes',
  tag: 'Code',
  summary: 'What the interviewer’s team noted for itself; the candidate cannot see it.',
  access: 'person',
  answers: { 200: json(privateNotesSchema, 'One’s own note first.') },
});

export const savePrivateNoteOperation = operation({
  operationId: 'savePrivateNote',
  method: 'PUT',
  path: '/api/sessions/{id}/private-notes',
  tag: 'Code',
  summary: 'Saves one’s own note; an empty text removes it.',
  access: 'person',
  body: savePrivateNoteInput,
  answers: { 200: json(privateNotesSchema, 'All notes as they are now.') },
});

export const CODE_OPERATIONS = [
  createInvitationOperation,
  listInvitationsOperation,
  revokeInvitationOperation,
  acceptInvitationOperation,
  lookAtInvitationOperation,
  listPrivateNotesOperation,
  savePrivateNoteOperation,
  createFileOperation,
  listFilesOperation,
  listVersionsOperation,
  readFileOperation,
  updateFileOperation,
  deleteFileOperation,
  listTemplatesOperation,
  createTemplateOperation,
  getTemplateOperation,
  updateTemplateOperation,
  deleteTemplateOperation,
  executeOperation,
  getRunOperation,
  listRunsOperation,
];
