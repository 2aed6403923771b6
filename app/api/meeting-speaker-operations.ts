/** The operations on who speaks in a meeting. */
import { speakerListSchema } from '#domain/meetings/speakers/list-speakers.ts';
import { updateSpeakerInput } from '#domain/meetings/speakers/update-speaker.ts';
import { json, operation } from './operation.ts';

export const listSpeakersOperation = operation({
  operationId: 'listSpeakers',
  method: 'GET',
  path: '/api/sessions/{id}/speakers',
  tag: 'Meetings',
  summary: 'Who speaks in a meeting, for how long, and what people said about them.',
  access: 'person',
  answers: { 200: json(speakerListSchema, 'By number; none while no voices were told apart.') },
});

export const updateSpeakerOperation = operation({
  operationId: 'updateSpeaker',
  method: 'PATCH',
  path: '/api/sessions/{id}/speakers/{speaker}',
  tag: 'Meetings',
  summary: 'Names a voice of a meeting, or says that it is the same as another. Both stay when voices are told apart anew.',
  access: 'person',
  body: updateSpeakerInput,
  answers: { 200: json(speakerListSchema, 'All speakers as they are now.') },
  errors: ['speaker.not_found', 'speaker.circle'],
});

export const MEETING_SPEAKER_OPERATIONS = [listSpeakersOperation, updateSpeakerOperation];
