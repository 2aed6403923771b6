/** The operations of recordings that are sent as files. The parts themselves go to the worker's port, or an object store. */
import { createUploadInput, createdUploadSchema, uploadSchema } from '#domain/meetings/uploads/upload.ts';
import { json, operation } from './operation.ts';

export const createUploadOperation = operation({
  operationId: 'createUpload',
  method: 'POST',
  path: '/api/uploads',
  tag: 'Meetings',
  summary: 'Begins to send a recording into a meeting of one’s own in which nothing was recorded; or goes on with the same file, by name and size.',
  access: 'person',
  body: createUploadInput,
  answers: {
    200: json(createdUploadSchema, 'This file is on its way already; PUT the parts that are missing.'),
    201: json(createdUploadSchema, 'PUT the bytes of each part to its `url`, in any order; the last one has the file taken in.'),
  },
  errors: ['session.not_found', 'session.over', 'upload.session_taken', 'upload.unfinished', 'upload.wrong_kind', 'upload.empty', 'upload.too_large', 'upload.disk_full'],
});

export const getUploadOperation = operation({
  operationId: 'getUpload',
  method: 'GET',
  path: '/api/uploads/{uploadId}',
  tag: 'Meetings',
  summary: 'How far an upload is: what has arrived, what is missing, with fresh links, and how much of it is in the meeting.',
  access: 'person',
  answers: { 200: json(uploadSchema, 'The upload.') },
  errors: ['upload.not_found'],
});

export const completeUploadOperation = operation({
  operationId: 'completeUpload',
  method: 'POST',
  path: '/api/uploads/{uploadId}/complete',
  tag: 'Meetings',
  summary: 'Has an upload taken in whose parts are all there, which the last part does by itself; one that failed is tried again.',
  access: 'person',
  answers: { 200: json(uploadSchema, 'It is being taken in, or is in already.') },
  errors: ['upload.not_found', 'upload.incomplete'],
});

export const cancelUploadOperation = operation({
  operationId: 'cancelUpload',
  method: 'DELETE',
  path: '/api/uploads/{uploadId}',
  tag: 'Meetings',
  summary: 'Gives an upload up and removes its bytes.',
  access: 'person',
  answers: { 204: { description: 'It is gone.' } },
  errors: ['upload.not_found', 'upload.taken_in'],
});

export const MEETING_UPLOAD_OPERATIONS = [createUploadOperation, getUploadOperation, completeUploadOperation, cancelUploadOperation];
