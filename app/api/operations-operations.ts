/** What admins see of the running system. */
import { deadLetterListSchema } from '#domain/operations/dead-letters.ts';
import { json, operation } from './operation.ts';

export const listDeadLettersOperation = operation({
  operationId: 'listDeadLetters',
  method: 'GET',
  path: '/api/operations/dead-letters',
  tag: 'Operations',
  summary: 'Background work that failed every time, the newest first. For admins.',
  access: 'person',
  answers: { 200: json(deadLetterListSchema, 'At most 200.') },
  errors: ['auth.forbidden'],
});

export const retryDeadLetterOperation = operation({
  operationId: 'retryDeadLetter',
  method: 'POST',
  path: '/api/operations/dead-letters/{deadLetterId}/retry',
  tag: 'Operations',
  summary: 'Sends such work back to be tried again. For admins.',
  access: 'person',
  answers: { 204: { description: 'It is tried again.' } },
  errors: ['auth.forbidden', 'dead_letter.not_found'],
});

export const OPERATIONS_OPERATIONS = [listDeadLettersOperation, retryDeadLetterOperation];
