import { describe, expect, it } from 'vitest';
import { newId } from '#domain/ids.ts';
import { messageOf, placeOf } from './message.ts';

describe('A message', () => {
  const id = newId();
  it('says where the row of a job is', () => {
    expect(placeOf(messageOf({ name: 'seal-recording', id }), 'seal-recording')).toEqual({ name: 'seal-recording', id });
  });
  it.each([undefined, '', 'hello', '[]', 'null', '{"job":"seal-recording"}', `{"job":"seal-recording","id":"1"}`, `{"job":"erase-session","id":"${id}"}`, `{"job":"seal-recording","id":"${id}","more":1}`])(
    'is none of a queue: %s',
    (body) => {
      expect(placeOf(body, 'seal-recording')).toBeNull();
    },
  );
});
