/** The operation on what LangFlow wrote about an interview. */
import { z } from 'zod';
import { followUpSchema } from '#domain/follow-up/follow-up.ts';
import { json, operation } from './operation.ts';

export const getFollowUpOperation = operation({
  operationId: 'getFollowUp',
  method: 'GET',
  path: '/api/sessions/{id}/follow-up',
  tag: 'Sessions',
  summary: 'What a flow of LangFlow wrote about a finished interview, where there is a LangFlow. Words of a machine outside of Spool, not checked against what was said.',
  access: 'person',
  answers: { 200: json(z.strictObject({ followUp: followUpSchema.nullable() }), 'Null while there is none.') },
});
