import { expect, test } from 'vitest';
import { isFinished, isOpen } from '#domain/session/session-status.ts';
import { asStartableKind, speakerWords, spokenLength, titleOf, whenWords } from './words.ts';

test('a length reads as one would say it', () => {
  expect([1000, 40_400, 90_000, 3_600_000, 3_900_000].map(spokenLength)).toEqual(['1 second', '40 seconds', '2 minutes', '1 hour', '1 hour 5 minutes']);
});

test('yesterday is yesterday even when it is only minutes ago', () => {
  const justAfterMidnight = new Date(2026, 4, 3, 0, 10).getTime();
  expect(whenWords(new Date(2026, 4, 3, 0, 5).toISOString(), justAfterMidnight, 'en-GB')).toMatch(/^Today, 0?0:05$/);
  expect(whenWords(new Date(2026, 4, 2, 23, 55).toISOString(), justAfterMidnight, 'en-GB')).toBe('Yesterday, 23:55');
  expect(whenWords(new Date(2026, 3, 30, 9, 30).toISOString(), justAfterMidnight, 'en-GB')).toMatch(/^30 April 2026, 0?9:30$/);
});

test('a voice of a meeting is a speaker, or somebody', () => {
  expect(['user', 'agent', 'S2', 'S0'].map((speaker) => speakerWords(speaker))).toEqual(['You', 'Interviewer', 'Speaker 2', 'Somebody']);
});

test('a session without a title is called by its kind', () => {
  expect(titleOf({ title: '  ', kind: 'dictation' })).toBe('Dictation');
  expect(titleOf({ title: 'Letter', kind: 'dictation' })).toBe('Letter');
});

test('only what works today can be started, and only open sessions can be talked in', () => {
  expect([asStartableKind('dictation'), asStartableKind('meeting'), asStartableKind('lecture'), asStartableKind(null)]).toEqual(['dictation', 'meeting', null, null]);
  expect([isOpen('created'), isOpen('paused'), isOpen('processing'), isOpen('completed')]).toEqual([true, true, false, false]);
  expect([isFinished('live'), isFinished('processing'), isFinished('partial')]).toEqual([false, false, true]);
});
