import { expect, test } from 'vitest';
import { parseEnvironment } from './environment.ts';
import { rtmpUrlElsewhere } from './rtmp-url.ts';

test('meetings are streamed to the address that is configured, to the application that takes them', () => {
  for (const url of ['rtmps://rtmp.example.com', 'rtmps://rtmp.example.com/']) expect(rtmpUrlElsewhere(parseEnvironment({ SPOOL_RTMP_PUBLIC_URL: url }))).toBe('rtmps://rtmp.example.com/live');
  expect(rtmpUrlElsewhere(parseEnvironment({}))).toBeNull();
});

test('an address of another kind is refused before anybody streams to it, and a key that can be guessed before anything is signed', () => {
  expect(() => parseEnvironment({ SPOOL_RTMP_PUBLIC_URL: 'https://rtmp.example.com', SPOOL_SIGNING_SECRET: 'short' })).toThrow(/SPOOL_SIGNING_SECRET[\s\S]*SPOOL_RTMP_PUBLIC_URL|SPOOL_RTMP_PUBLIC_URL[\s\S]*SPOOL_SIGNING_SECRET/);
});
