/** `./spool up` with the real processes: ready, side by side, killed, stopped. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readRunFile } from '#scripts/supervisor/run-file.ts';
import { repositoryRoot } from '#scripts/support/paths.ts';
import { isAlive } from '#scripts/support/process-identity.ts';
import { count } from '#tests/support/counts.ts';

/** The first start may have to build the web app. */
const START_MS = 240_000;

interface Instance {
  child: ChildProcess;
  dataDir: string;
  output: () => string;
  ready: Promise<string>;
  ended: Promise<number | null>;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-house-'));
const instances: Instance[] = [];

function up(dataDir: string, variables: Record<string, string> = {}): Instance {
  const { NODE_ENV: _test, ...environment } = process.env;
  const child = spawn(process.execPath, ['scripts/up.ts', '--no-system'], {
    cwd: repositoryRoot,
    env: { ...environment, SPOOL_PORT: '0', SPOOL_REALTIME_PORT: '0', SPOOL_UPLOAD_PORT: '0', SPOOL_RTMP_PORT: '0', SPOOL_DATA_DIR: dataDir, ...variables } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /^Spool is ready: (http:\/\/localhost:\d+)$/m.exec(output)?.[1];
      if (address) resolve(address);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void ended.then((code) => reject(new Error(`up ended with code ${code}:\n${output}`)));
  });
  // A start that is meant to fail is told by its exit code.
  ready.catch(() => {});
  const instance = { child, dataDir, output: () => output, ready, ended };
  instances.push(instance);
  return instance;
}
const pids = ({ dataDir }: Instance) => Object.values(readRunFile(dataDir)?.processes ?? {}).flatMap(({ pid }) => (pid === null ? [] : [pid]));
const lives = (pid: number) => isAlive({ pid, startedAt: null });
const healthy = async (address: string) => (await fetch(`${address}/api/health`).catch(() => null))?.status === 200;
const until = (condition: () => unknown, timeout = 60_000) => vi.waitFor(async () => expect(await condition()).toBeTruthy(), { timeout, interval: 50 });
async function stop(instance: Instance, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (instance.child.exitCode === null && instance.child.signalCode === null) instance.child.kill(signal);
  return instance.ended;
}

afterAll(async () => {
  await Promise.all(instances.map((instance) => stop(instance)));
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('./spool up', () => {
  let first: Instance;
  let address: string;
  beforeAll(async () => {
    first = up(path.join(folder, 'first'));
    address = await first.ready;
  }, START_MS);

  it('answers when it says that it is ready, and tells whom it runs', async () => {
    expect(await healthy(address)).toBe(true);
    const run = readRunFile(first.dataDir);
    expect(Object.keys(run?.processes ?? {})).toEqual(['database', 'realtime', 'worker', 'meeting-ingest', 'code-runner', 'web']);
    expect((await fetch(`http://127.0.0.1:${run?.ports.realtime}/ready`)).status).toBe(200);
    expect(first.output().match(/Spool is ready/g)).toHaveLength(1);
    expect(fs.statSync(first.dataDir).mode & 0o077).toBe(0);
  });

  it('refuses a second start on the same data directory and says what to set', async () => {
    const second = up(first.dataDir);
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/Another \.\/spool up \(process \d+\) uses the data directory .* SPOOL_DATA_DIR=/);
    expect(await healthy(address)).toBe(true);
  });

  it('names a port that is taken and the variable that changes it', async () => {
    const taken = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as net.AddressInfo;
    const second = up(path.join(folder, 'taken'), { SPOOL_PORT: String(port) });
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(new RegExp(`Port ${port} \\(the web app\\) is already in use.*SPOOL_PORT=\\d+ \\./spool up`));
    await new Promise((resolve) => taken.close(resolve));
  });

  it('lists every problem of the configuration before it starts anything', async () => {
    const second = up(path.join(folder, 'wrong'), { SPOOL_PORT: 'x', SPOOL_STT: 'openai' });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('The configuration has 2 problems');
  });

  it('starts every killed process again and says so', { timeout: 240_000 }, async () => {
    for (const name of ['web', 'code-runner', 'meeting-ingest', 'worker', 'realtime', 'database']) {
      const before = readRunFile(first.dataDir)?.processes[name]?.pid ?? -1;
      process.kill(before, 'SIGKILL');
      await until(() => first.output().includes(`${name} was ended by SIGKILL. Starting it again in 0.25 s.`));
      await until(() => first.output().includes(`${name} is ready again.`), 60_000);
      expect(readRunFile(first.dataDir)?.processes[name]?.pid).not.toBe(before);
    }
    await until(() => healthy(address));
  });

  // In the gate the browser tests run beside one another.
  it.skipIf(count(0, 1) === 0)('lives beside another instance, and stops cleanly', { timeout: START_MS }, async () => {
    const second = up(path.join(folder, 'second'));
    const otherAddress = await second.ready;
    expect(otherAddress).not.toBe(address);
    expect(await healthy(otherAddress)).toBe(true);
    const theirs = pids(second);
    expect(await stop(second, 'SIGINT')).toBe(0);
    expect(theirs.filter(lives)).toEqual([]);
    expect(readRunFile(second.dataDir)).toBeNull();
    expect(await healthy(address)).toBe(true);
  });

  it('leaves no process behind when it is killed itself, and starts again on the same data', { timeout: START_MS }, async () => {
    const theirs = pids(first);
    expect(theirs).toHaveLength(6);
    await stop(first, 'SIGKILL');
    await until(() => !theirs.some(lives));
    const again = up(first.dataDir);
    expect(await healthy(await again.ready)).toBe(true);
    expect(await stop(again)).toBe(0);
  });
});

afterEach(({ task }) => {
  if (task.result?.state === 'fail') for (const { output, dataDir } of instances) process.stdout.write(`── ${dataDir}\n${output()}\n`);
});
