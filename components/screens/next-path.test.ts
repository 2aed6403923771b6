import { expect, test } from 'vitest';
import { safeNextPath, signInPath, withNext } from './next-path.ts';

test('a person goes on to the page they asked for', () => {
  expect(safeNextPath('/sessions/new?kind=dictation#top')).toBe('/sessions/new?kind=dictation#top');
  expect(signInPath('/sessions/new?kind=dictation')).toBe('/sign-in?next=%2Fsessions%2Fnew%3Fkind%3Ddictation');
});

test.each([null, undefined, '', 'sessions', 'https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', '/..//evil.example', '/sign-in?next=/x', '/sign-up', '/sign-up/confirm?next=/x', '/reset-password', '/a/../sign-up', '/%2Fevil.example/..//x', 'javascript:alert(1)'])(
  'an address that is not a path of this site leads to the session list: %j',
  (next) => {
    expect(safeNextPath(next)).toBe('/sessions');
  },
);

test('the pages of signing in hand on where the person wanted to go, and a page that only begins like one of them is none', () => {
  expect(withNext('/sign-up/confirm', '/sessions/new?kind=dictation')).toBe('/sign-up/confirm?next=%2Fsessions%2Fnew%3Fkind%3Ddictation');
  expect(withNext('/sign-up', '/sessions')).toBe('/sign-up');
  expect(safeNextPath('/sign-ins')).toBe('/sign-ins');
});
