import { expect, test } from 'vitest';
import { SpoolError } from '../errors.ts';
import { filePathOf } from './file-path.ts';

test.each([
  ['main.py', 'main.py'],
  ['/src/main.py', 'src/main.py'],
  ['//a/b.txt', 'a/b.txt'],
  ['name with space.md', 'name with space.md'],
  ['.hidden', '.hidden'],
  ['a..b/c', 'a..b/c'],
  ['100%.txt', '100%.txt'],
  ['é.py', 'é.py'],
])('%j is the file %j', (text, path) => expect(filePathOf(text)).toBe(path));

test.each(['', '/', '..', '../x', 'a/../b', './a', 'a/./b', 'a//b', 'a/', '%2e%2e/x', '%252e%252e%252fx', 'a/%2e%2e%2fb', '..%5cx', 'a\\b', 'a\u0000b', 'a\nb', ' /x', 'x'.repeat(256), `${'a/'.repeat(12)}b`])(
  '%j is refused with a reason',
  (text) => {
    const refused = (() => {
      try {
        return filePathOf(text);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(SpoolError);
    expect((refused as SpoolError).code).toBe('request.invalid');
    expect((refused as SpoolError).errors?.[0]?.path).toBe('$.filePath');
  },
);
