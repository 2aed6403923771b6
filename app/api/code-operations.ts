/** The operations of the code interview: files, templates, runs. */
import { z } from 'zod';
import { createFileInput } from '#domain/code/create-file.ts';
import { fileSchema } from '#domain/code/file.ts';
import { templateListSchema } from '#domain/code/list-templates.ts';
import { fileListSchema } from '#domain/code/list-files.ts';
import { publicProblemSchema } from '#domain/code/problem.ts';
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
  errors: ['session.not_found', 'session.over', 'file.exists', 'file.too_many'],
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
  errors: ['session.not_found', 'session.over', 'file.not_found', 'file.version_mismatch'],
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
  errors: ['session.not_found', 'session.over', 'file.not_found', 'file.version_mismatch'],
});

export const listTemplatesOperation = operation({
  operationId: 'listTemplates',
  method: 'GET',
  path: '/api/templates',
  tag: 'Code',
  summary: 'The problems of the code interview, from easy to hard.',
  access: 'person',
  answers: { 200: json(templateListSchema, 'All of them; `nextCursor` is always null.') },
});

export const getTemplateOperation = operation({
  operationId: 'getTemplate',
  method: 'GET',
  path: '/api/templates/{templateId}',
  tag: 'Code',
  summary: 'A problem as a candidate sees it: statement, visible tests, starter code.',
  access: 'person',
  answers: { 200: json(publicProblemSchema, 'The problem, without hidden tests and solutions.') },
  errors: ['template.not_found'],
});

export const executeOperation = operation({
  operationId: 'execute',
  method: 'POST',
  path: '/api/execute',
  tag: 'Code',
  summary: 'Runs a file of the workspace in a sandbox, as a program or with test cases.',
  access: 'person',
  body: executeInput,
  answers: {
    200: json(runResultSchema, 'The result, whatever the program did.'),
    202: json(pendingRunSchema, 'Not finished yet: ask at Location.'),
  },
  errors: ['session.not_found', 'session.over', 'file.not_found', 'entry_point.ambiguous', 'runner.unavailable', 'runner.busy', 'language.missing'],
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

export const CODE_OPERATIONS = [
  createFileOperation,
  listFilesOperation,
  readFileOperation,
  updateFileOperation,
  deleteFileOperation,
  listTemplatesOperation,
  getTemplateOperation,
  executeOperation,
  getRunOperation,
];
