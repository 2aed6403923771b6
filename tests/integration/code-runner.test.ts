/** The bubblewrap runner keeps the contract, behind its queue, and leaves nothing. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outlineOf } from '#adapters/code-outline/outline.ts';
import { codeRunnerContract } from '#adapters/code-runner-contract/code-runner-contract.ts';
import { requestFor } from '#adapters/code-runner-contract/programs.ts';
import { SandboxRunner } from '#adapters/sandbox/sandbox-runner.ts';
import { systemClock } from '#domain/clock.ts';
import { LANGUAGES } from '#domain/code/run.ts';
import type { Language } from '#domain/code/run.ts';
import { silentLog } from '#domain/log.ts';
import { count } from '#tests/support/counts.ts';
import { FairRunner } from '#workers/code-runner/fair-runner.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-code-'));
const sandbox = new SandboxRunner({ folder: path.join(folder, 'runner'), clock: systemClock, log: silentLog, outline: outlineOf, nodeProgram: process.execPath });
await sandbox.prepared();
const description = await sandbox.describe();
const languages = description.unavailable === null ? description.languages.flatMap(({ language, version }) => (version === null ? [] : [language])) : ([] as Language[]);
// As many at once as a machine with two processors runs.
const runner = new FairRunner({ inner: sandbox, slots: 4 });
const everything = process.env.SPOOL_TEST_ALL === '1';

afterAll(async () => {
  await sandbox.stop();
  expect(left()).toEqual([]);
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Groups, processes and mounts that carry this runner's mark. */
function left(): string[] {
  // Groups of other runners come and go while it looks, which find takes for an error.
  const groups = spawnSync('find', ['/sys/fs/cgroup', '-maxdepth', '8', '-type', 'd', '-name', `${sandbox.mark}-*`], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
  const mounts = fs.readFileSync('/proc/self/mounts', 'utf8').split('\n').filter((line) => line.includes(folder));
  const processes = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(`${sandbox.mark}-`);
    } catch {
      return false;
    }
  });
  return [...groups, ...mounts, ...processes, ...(fs.existsSync(path.join(folder, 'runner')) ? [path.join(folder, 'runner')] : [])];
}

describe('what this machine can run', () => {
  it('is told with what to install for the rest', () => {
    for (const { version, missing } of description.languages) expect(version !== null || /apt-get install|Install|Linux/.test(missing ?? description.unavailable ?? '')).toBe(true);
    expect(description.languages.map(({ language }) => language)).toEqual([...LANGUAGES]);
  });
});

codeRunnerContract('bubblewrap', { runner: () => runner, languages, memoryHeldByKernel: description.enforcement !== 'rlimit+sampler', everything });

describe.runIf(languages.includes('python'))('many runs', () => {
  const ROUNDS = count(200, 10_000);
  it(`${ROUNDS} of them leave no process, group, mount or folder beyond the spares`, { timeout: count(120_000, 3_600_000) }, async () => {
    const request = (index: number) => requestFor('python', index % 10 === 0 ? 'import os\nif os.fork() == 0:\n    os.setsid()\n    while True: pass\n' : 'def f(a):\n    return a', index % 10 === 0 ? {} : { tests: [[index, index]] });
    let next = 0;
    const statuses = new Set<string>();
    await Promise.all(Array.from({ length: 4 }, async () => {
      while (next < ROUNDS) statuses.add((await runner.run(request(next++), () => {})).status);
    }));
    expect([...statuses].sort()).toEqual(['ok', 'passed']);
    // Two spares of each language, one of each compiler; four groups each where the hierarchies are four.
    expect(new Set(left().filter((each) => each.startsWith('/sys')).map((each) => path.basename(each))).size).toBeLessThanOrEqual(2 * LANGUAGES.length + 2);
    expect(fs.readdirSync(path.join(folder, 'runner', 'slots')).length).toBeLessThan(40);
  });
  it('a hundred at once are all answered', { timeout: 240_000 }, async () => {
    const results = await Promise.all(Array.from({ length: 100 }, (_each, index) => runner.run(requestFor('python', 'def f(a):\n    return a', { tests: [[index, index]] }), () => {})));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['passed']));
  });
});
