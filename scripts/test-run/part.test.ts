import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/paths.ts';
import { judge, runPart, summaryLine, sumTotals } from './part.ts';
import type { Part } from './part.ts';

const never = new AbortController().signal;
const node = (script: string, more: Partial<Part> = {}): Part => ({
  name: 'part', command: process.execPath, args: ['-e', script], timeLimitMs: 20_000, counted: 'exit', ...more,
});

describe('a part of the test run', () => {
  it('counts as one test when it tells no totals', async () => {
    expect(await runPart(node('process.exit(0)'), never)).toMatchObject({ passed: 1, failed: 0, problem: null });
    expect(await runPart(node('process.exit(3)'), never)).toMatchObject({ passed: 0, failed: 1, problem: 'ended with code 3' });
  });
  it('counts as failed when it hangs, and its children are ended', async () => {
    const outcome = await runPart(node('setInterval(() => {}, 1000)', { timeLimitMs: 300 }), never);
    expect(outcome).toMatchObject({ failed: 1, problem: expect.stringContaining('was ended') });
  });
  it('counts as failed when it cannot be started', async () => {
    expect(await runPart({ ...node(''), command: '/nonexistent' }, never)).toMatchObject({ failed: 1 });
  });
  it('counts a crash on top of the tests that failed before it', () => {
    const totals = { passed: 5, failed: 1, skipped: 0 };
    expect(judge('vitest', totals, 'ended with code 1')).toMatchObject({ failed: 1, problem: null });
    expect(judge('vitest', totals, 'was ended by SIGSEGV')).toMatchObject({ failed: 2 });
    expect(judge('vitest', { ...totals, failed: 0 }, 'ended with code 1')).toMatchObject({ failed: 1 });
    expect(judge('vitest', null, null)).toMatchObject({ failed: 1, problem: 'told no totals' });
  });
});

describe('the last line', () => {
  it('adds up all parts and names skipped tests only when there are any', () => {
    expect(summaryLine(sumTotals([{ passed: 2, failed: 0, skipped: 0 }, { passed: 1, failed: 1, skipped: 0 }]))).toBe('3 passed, 1 failed');
    expect(summaryLine({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
  });
});

describe('the totals of a vitest run', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-reporter-'));
    fs.writeFileSync(path.join(folder, 'vitest.config.mjs'), 'export default {};');
    const head = `import { beforeAll, describe, it, expect } from ${JSON.stringify(path.join(repositoryRoot, 'node_modules/vitest/dist/index.js'))};\n`;
    fs.writeFileSync(path.join(folder, 'mixed.test.ts'), `${head}it('a', () => {}); it('b', () => { expect(1).toBe(2); }); it('c', ({ skip }) => skip('no engine here')); it.todo('d');`);
    fs.writeFileSync(path.join(folder, 'broken.test.ts'), `import './not-there.ts';\n${head}it('never runs', () => {});`);
    fs.writeFileSync(path.join(folder, 'hook.test.ts'), `${head}describe('x', () => { beforeAll(() => { throw new Error('no'); }); it('e', () => {}); });`);
    fs.writeFileSync(path.join(folder, 'loose.test.ts'), `${head}it('f', () => { void Promise.reject(new Error('nobody waits')); });`);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const run = (file: string) =>
    runPart(
      {
        name: 'unit',
        command: process.execPath,
        args: [path.join(repositoryRoot, 'node_modules/vitest/vitest.mjs'), 'run', file, '--root', folder, `--reporter=${path.join(repositoryRoot, 'tests/support/reporter.ts')}`],
        timeLimitMs: 30_000,
        counted: 'vitest',
        folder,
        output: 'ignore',
      },
      never,
    );

  it('tells passed, failed and skipped tests apart', { timeout: 40_000 }, async () => {
    expect(await run('mixed')).toMatchObject({
      passed: 1, failed: 1, skipped: 2, problem: null, failures: [expect.stringMatching(/mixed\.test\.ts > b: expected 1 to be 2/)],
    });
  });
  it('counts a file that cannot be loaded as failed', { timeout: 40_000 }, async () => {
    expect(await run('broken')).toMatchObject({ passed: 0, failed: 1, failures: [expect.stringContaining('not-there.ts')] });
  });
  it('counts a failing hook as failed', { timeout: 40_000 }, async () => {
    expect(await run('hook')).toMatchObject({ passed: 0, failed: 1, failures: [expect.stringMatching(/hook\.test\.ts.*: no$/)] });
  });
  it('counts an error nobody waited for as failed', { timeout: 40_000 }, async () => {
    expect(await run('loose')).toMatchObject({ passed: 1, failed: 1, failures: ['outside of any test: nobody waits'] });
  });
});
