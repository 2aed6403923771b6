import { expect, test } from 'vitest';
import { CLOSE, PROTOCOL_VERSION, serverMessageSchema } from '#domain/stream/protocol.ts';
import { encodeDownlinkFrame } from '#domain/stream/frames.ts';
import { CLOSE_CODE, PROTOCOL, REQUIRED_FIELDS, parseDownlink, parseServerMessage } from './server-messages.ts';

test('the values repeated for the browser are the protocol’s', () => {
  expect(PROTOCOL).toBe(PROTOCOL_VERSION);
  expect(CLOSE_CODE).toEqual(CLOSE);
});

test('the browser knows every message of the protocol and asks only for fields the protocol has', () => {
  const schemas = new Map(serverMessageSchema.options.map((option) => [option.shape.type.value, option.shape as Record<string, unknown>]));
  expect(Object.keys(REQUIRED_FIELDS).toSorted()).toEqual([...schemas.keys()].toSorted());
  for (const [type, fields] of Object.entries(REQUIRED_FIELDS)) {
    for (const field of fields) expect(Object.keys(schemas.get(type as never)!), type).toContain(field.slice(2));
  }
});

test('a frame of speech is read, anything else is not', () => {
  const frame = { utterance: 3, seq: 1, firstSample: 5, last: true, samples: new Int16Array([1, -2]) };
  expect(parseDownlink(encodeDownlinkFrame(frame).buffer as ArrayBuffer)).toEqual(frame);
  expect(parseDownlink(new ArrayBuffer(3))).toBeNull();
  expect(parseDownlink(new ArrayBuffer(18))).toBeNull();
  expect(parseServerMessage('{"type":"ack","durableThroughSample":1.5}')).toBeNull();
});
