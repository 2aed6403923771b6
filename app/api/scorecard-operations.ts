/** The operations on the scorecard of a code interview. */
import { editScorecardInput } from '#domain/scorecard/edit-scorecard.ts';
import { scorecardSchema } from '#domain/scorecard/scorecard.ts';
import { json, operation } from './operation.ts';

export const getScorecardOperation = operation({
  operationId: 'getScorecard',
  method: 'GET',
  path: '/api/sessions/{id}/scorecard',
  tag: 'Code',
  summary: 'The scorecard of a code interview, for the interviewing team: five areas with reasons, each linked to what was said, typed or run.',
  access: 'person',
  answers: { 200: json(scorecardSchema, 'A draft, or what somebody signed. It decides nothing.') },
  errors: ['outcome.not_ready'],
});

export const editScorecardOperation = operation({
  operationId: 'editScorecard',
  method: 'PUT',
  path: '/api/sessions/{id}/scorecard',
  tag: 'Code',
  summary: 'Changes the draft of a scorecard; what is not given stays. Evidence must exist in the session.',
  access: 'person',
  body: editScorecardInput,
  answers: { 200: json(scorecardSchema, 'The scorecard as it is now.') },
  errors: ['outcome.not_ready', 'scorecard.signed'],
});

export const signScorecardOperation = operation({
  operationId: 'signScorecard',
  method: 'POST',
  path: '/api/sessions/{id}/scorecard/sign',
  tag: 'Code',
  summary: 'Signs the scorecard: whoever signs answers for it, and it is fixed from then on.',
  access: 'person',
  answers: { 200: json(scorecardSchema, 'The signed scorecard.') },
  errors: ['outcome.not_ready', 'scorecard.signed'],
});

export const SCORECARD_OPERATIONS = [getScorecardOperation, editScorecardOperation, signScorecardOperation];
