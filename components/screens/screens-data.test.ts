import { expect, test } from 'vitest';
import { updateInterestInput } from '#domain/interests/update-interest.ts';
import { MAX_TEXT_CHARS as PROTOCOL_MAX_TEXT_CHARS } from '#domain/stream/protocol.ts';
import { currentItemIndex } from './current-item.ts';
import { MAX_TEXT_CHARS, MAX_TOPIC_CHARS } from './limits.ts';
import { allowSteps, isMicrophoneTrouble, microphoneWords } from './microphone-words.ts';
import { keepPreferences, readPreferences } from './preferences.ts';
import { takeStartWish, wishStart } from './start-wish.ts';

test('the text box allows exactly what the protocol takes', () => {
  expect(MAX_TEXT_CHARS).toBe(PROTOCOL_MAX_TEXT_CHARS);
});

test('a topic may be as long as the server takes it', () => {
  expect([MAX_TOPIC_CHARS, MAX_TOPIC_CHARS + 1].map((length) => updateInterestInput.safeParse({ topic: 'a'.repeat(length) }).success)).toEqual([true, false]);
});

test('the current item is the last one that has begun', () => {
  const items = [{ startMs: 500, endMs: 900 }, { startMs: 1_000, endMs: 2_000 }, { startMs: 5_000, endMs: 6_000 }];
  expect([0, 500, 999, 3_000, 9_000].map((atMs) => currentItemIndex(items, atMs))).toEqual([-1, 0, 0, 1, 2]);
  expect(currentItemIndex([], 10)).toBe(-1);
});

test('each browser gets its own way to allow the microphone', () => {
  const agents = ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 'Mozilla/5.0 (Linux; Android 16) Chrome/150', 'Mozilla/5.0 (X11; rv:150.0) Firefox/150.0', 'Mozilla/5.0 (X11) Chrome/150 Safari/537', 'Mozilla/5.0 (Macintosh) Version/19 Safari/605', ''];
  expect(new Set(agents.map(allowSteps)).size).toBe(agents.length);
});

test('every trouble with a microphone has its own words and a next step', () => {
  const troubles = (['denied', 'missing', 'lost', 'busy', 'on', 'off'] as const).filter(isMicrophoneTrouble);
  expect(troubles).toEqual(['denied', 'missing', 'lost', 'busy']);
  expect(new Set(troubles.map((trouble) => microphoneWords(trouble, '').title)).size).toBe(4);
});

test('the choices of the preparation are kept, and nonsense in their place is ignored', () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  expect(readPreferences(storage)).toEqual({ microphone: true, deviceId: null, voice: 'server' });
  keepPreferences({ microphone: false, deviceId: 'usb', voice: 'device' }, storage);
  expect(readPreferences(storage)).toEqual({ microphone: false, deviceId: 'usb', voice: 'device' });
  expect(readPreferences({ getItem: () => '{"voice":7,"deviceId":[]}' })).toEqual({ microphone: true, deviceId: null, voice: 'server' });
  expect(readPreferences({ getItem: () => 'not json' })).toEqual({ microphone: true, deviceId: null, voice: 'server' });
});

test('one press on Start starts its own session, once', () => {
  wishStart('a');
  expect([takeStartWish('b'), takeStartWish('a'), takeStartWish('a')]).toEqual([false, true, false]);
});
