/** The runner as a process: what is left of one that was killed, and the weaker rung where no control group can be had. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { outlineOf } from '#adapters/code-outline/outline.ts';
import { codeRunnerContract } from '#adapters/code-runner-contract/code-runner-contract.ts';
import { requestFor } from '#adapters/code-runner-contract/programs.ts';
import { SocketCodeRunner } from '#adapters/code-runner-socket/socket-client.ts';
import { runnerSocketPath } from '#adapters/code-runner-socket/socket-path.ts';
import { SandboxRunner } from '#adapters/sandbox/sandbox-runner.ts';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-code-'));
const bare = new SandboxRunner({ folder: path.join(folder, 'bare'), clock: systemClock, log: silentLog, outline: outlineOf, nodeProgram: process.execPath, useCgroups: false, languages: ['python', 'javascript'], spares: 1 });
await bare.prepared();
const description = await bare.describe();
const works = description.unavailable === null && description.languages.some(({ language, version }) => language === 'python' && version !== null);

afterAll(async () => {
  await bare.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('without control groups', () => {
  it.runIf(works)('the result says that memory is held less strongly', async () => {
    expect(description.enforcement).toBe('rlimit+sampler');
    expect(bare.weaker).not.toBe('');
    expect(await bare.run(requestFor('python', 'print(1)'), () => {})).toMatchObject({ status: 'ok', enforcement: 'rlimit+sampler' });
  });
});
codeRunnerContract('bubblewrap without control groups', {
  runner: () => bare,
  languages: works ? ['python', 'javascript'] : [],
  memoryHeldByKernel: false,
  everything: false,
  // What depends on how memory and processes are held; the rest is the same sandbox.
  corpus: ({ group, name }) => ['memory', 'processes', 'disk'].includes(group) || name === 'privilege/calls.py',
});

describe.runIf(works)('the process of the runner', () => {
  const dataDir = path.join(folder, 'data');
  const mark = new SandboxRunner({ folder: path.join(dataDir, 'code-runner'), clock: systemClock, log: silentLog, outline: outlineOf, nodeProgram: process.execPath }).mark;
  // Groups of other runners come and go while it looks, which find takes for an error.
  const groups = () => spawnSync('find', ['/sys/fs/cgroup', '-maxdepth', '8', '-type', 'd', '-name', `${mark}-*`], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
  /** The successor gives its groups the same names. */
  const identified = () => groups().flatMap((group) => {
    const stat = fs.statSync(group, { throwIfNoEntry: false });
    return stat ? [`${group} ${stat.ino}`] : [];
  });
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['workers/code-runner/main.ts'], { env: { ...process.env, SPOOL_DATA_DIR: dataDir, SPOOL_LOG_LEVEL: 'silent' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    return child;
  };
  /** Programs of ours that still run, by what they were asked to print. */
  const sleepers = () => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(`${mark}-`);
    } catch {
      return false;
    }
  });

  it('killed in the middle of a run leaves nothing that runs, and its successor removes the rest', { timeout: 240_000 }, async () => {
    const first = await start();
    const client = new SocketCodeRunner(runnerSocketPath(dataDir));
    const running = client.run(requestFor('python', 'import os, time\nif os.fork() == 0:\n    os.setsid()\nprint("sleeping")\ntime.sleep(600)'), (progress) => {
      if (progress.type === 'output') first.kill('SIGKILL');
    });
    await expect(running).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    for (let waitedMs = 0; sleepers().length > 0 && waitedMs < 5_000; waitedMs += 50) await delay(50);
    expect(sleepers()).toEqual([]);

    const left = identified();
    expect(left).not.toEqual([]);
    const second = await start();
    expect(await client.run(requestFor('python', 'print("again")'), () => {})).toMatchObject({ status: 'ok', stdout: 'again\n' });
    expect(identified().filter((group) => left.includes(group))).toEqual([]);
    second.kill('SIGTERM');
    await new Promise((resolve) => second.once('exit', resolve));
    expect(groups()).toEqual([]);
    expect(fs.readdirSync(dataDir)).toEqual([]);
  });
});
