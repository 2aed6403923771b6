import { expect, test } from 'vitest';
import { safeNextPath, signInPath } from './next-path.ts';

test('a person goes on to the page they asked for', () => {
  expect(safeNextPath('/sessions/new?kind=dictation#top')).toBe('/sessions/new?kind=dictation#top');
  expect(signInPath('/sessions/new?kind=dictation')).toBe('/sign-in?next=%2Fsessions%2Fnew%3Fkind%3Ddictation');
});

test.each([null, undefined, '', 'sessions', 'https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', '/..//evil.example', '/sign-in?next=/x', 'javascript:alert(1)'])(
  'an address that is not a path of this site leads to the session list: %j',
  (next) => {
    expect(safeNextPath(next)).toBe('/sessions');
  },
);
