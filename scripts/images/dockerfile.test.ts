import { describe, expect, it } from 'vitest';
import { ignoredBy, parseDockerfile, wordsOf } from './dockerfile.ts';

describe('A Dockerfile', () => {
  it('is read as stages of instructions, comments and continued lines included', () => {
    const stages = parseDockerfile('# a\nFROM one:1 AS base\nRUN a \\\n  # between\n  && b\n\nFROM base\nCMD ["x", "y z"]\n');
    expect(stages).toEqual([
      { from: 'one:1', name: 'base', instructions: [{ verb: 'RUN', text: 'a && b', line: 3 }] },
      { from: 'base', name: '1', instructions: [{ verb: 'CMD', text: '["x", "y z"]', line: 8 }] },
    ]);
    expect(wordsOf('--interval=1s CMD ["x", "y z"]')).toEqual(['x', 'y z']);
  });

  it('that puts a shell before its process is refused', () => {
    expect(() => wordsOf('node main.ts')).toThrow('Not in JSON form');
  });
});

it('.dockerignore lets in what it names and keeps out what it names later', () => {
  const ignored = ignoredBy('*\n!package.json\n!domain\n**/*.test.ts\n**/node_modules\n**/.env*\n');
  const kept = ['package.json', 'domain/a.ts', 'domain/deep/b.ts', 'README.md', '.git/config', 'domain/a.test.ts', 'domain/deep/a.test.ts', 'domain/node_modules/x/y.js', 'domain/.env.local', 'package.json5'].filter((file) => !ignored(file));
  expect(kept).toEqual(['package.json', 'domain/a.ts', 'domain/deep/b.ts']);
});
