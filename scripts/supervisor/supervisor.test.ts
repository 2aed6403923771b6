import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { isAlive } from '../support/process-identity.ts';
import { MAX_ATTEMPTS_BEFORE_READY, MAX_RESTART_MS, restartDelayMs } from './restart-policy.ts';
import { freePort } from './ports.ts';
import type { RunningProcess } from './run-file.ts';
import { Supervisor } from './supervisor.ts';
import type { ProcessSpec } from './managed-process.ts';

let folder: string;
let said: string[];
let seen: Record<string, RunningProcess>;
let supervisor: Supervisor;
/** Real time, hurried: a second of the policy passes in 20 ms. */
const hurried = { ...systemClock, schedule: (delayMs: number, run: () => void) => systemClock.schedule(delayMs / 50, run) };

function spec(name: string, ...steps: string[]): ProcessSpec {
  return {
    name,
    command: process.execPath,
    args: [path.join(import.meta.dirname, 'fixture-process.ts'), ...steps],
    environment: process.env,
    folder: import.meta.dirname,
    ready: { kind: 'message' },
    // Under the hurried clock this is 4 s of real time.
    readyTimeoutMs: 200_000,
  };
}
function supervise(clock = systemClock): Supervisor {
  return new Supervisor({ logFolder: folder, say: (text) => void said.push(text), changed: (processes) => void (seen = processes), clock });
}
const pidOf = (name: string) => seen[name]?.pid ?? -1;
const lives = (pid: number) => isAlive({ pid, startedAt: null });
const until = (condition: () => unknown) => vi.waitFor(() => expect(condition()).toBeTruthy(), { timeout: 8_000, interval: 20 });

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-supervisor-'));
  said = [];
  seen = {};
  supervisor = supervise();
});
afterEach(async () => {
  await supervisor.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the supervisor', () => {
  it('hands over what a process says when it is ready', async () => {
    expect(await supervisor.start(spec('database', 'ready', 'stay'))).toMatchObject({ url: 'postgres://fixture' });
  });

  it('waits for a process that announces itself by HTTP', async () => {
    const port = await freePort();
    await supervisor.start({ ...spec('web', `serve:${port}`), ready: { kind: 'http', url: `http://127.0.0.1:${port}/ready` } });
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it('starts a killed process again at once and says so', async () => {
    await supervisor.start(spec('worker', 'ready', 'stay'));
    const first = pidOf('worker');
    process.kill(first, 'SIGKILL');
    await until(() => pidOf('worker') !== first && lives(pidOf('worker')));
    await until(() => said.includes('worker is ready again.'));
    expect(said[0]).toBe('worker was ended by SIGKILL. Starting it again in 0.25 s.');
    expect(seen.worker?.restarts).toBe(1);
  });

  it('starts a process anew that was still starting when what it serves changed', async () => {
    const started = supervisor.start(spec('web', 'ready', 'stay'));
    const first = pidOf('web');
    supervisor.restart('web');
    await started;
    await until(() => pidOf('web') !== first && lives(pidOf('web')));
    await until(() => said.includes('web is ready again.'));
    expect(seen.web?.restarts).toBe(1);
  });

  it('shows the end of the log of a process that fails before it is ready, then goes on when it recovers', async () => {
    supervisor = supervise(hurried);
    await supervisor.start(spec('realtime', 'say:the model file is missing', `once:${folder}/tried:3`, 'ready', 'stay'));
    expect(said.join('\n')).toContain('realtime ended with code 3 before it was ready.');
    expect(said.join('\n')).toContain('the model file is missing');
  });

  it('gives up on a process that is never ready and tells why', async () => {
    supervisor = supervise(hurried);
    await expect(supervisor.start(spec('worker', 'say:no such engine', 'exit:7'))).rejects.toThrow(
      new RegExp(`worker ended with code 7 and was never ready, ${MAX_ATTEMPTS_BEFORE_READY} times in a row[^]*no such engine`),
    );
  });

  it('takes a process that never becomes ready for stuck', async () => {
    supervisor = supervise(hurried);
    await expect(supervisor.start({ ...spec('worker', 'stay'), readyTimeoutMs: 10_000 })).rejects.toThrow(/was not ready in time/);
  });

  it('stops the last started first and leaves nobody behind', async () => {
    await supervisor.start(spec('database', 'ready', 'stay'));
    await supervisor.start(spec('web', 'child', 'ready', 'stay'));
    await until(() => /child \d+/.test(fs.readFileSync(path.join(folder, 'web.log'), 'utf8')));
    const grandchild = Number(/child (\d+)/.exec(fs.readFileSync(path.join(folder, 'web.log'), 'utf8'))?.[1]);
    const pids = [pidOf('database'), pidOf('web')];
    expect(lives(grandchild)).toBe(true);
    await supervisor.stop();
    await until(() => ![...pids, grandchild].some(lives));
    expect(said).toEqual([]);
  });

  it('kills a process that ignores the request to end', async () => {
    supervisor = supervise(hurried);
    await supervisor.start(spec('web', 'stubborn', 'ready', 'stay'));
    const pid = pidOf('web');
    await supervisor.stop();
    expect(lives(pid)).toBe(false);
  });

  it('shows warnings and errors of a process on the screen, and keeps the rest in its log', async () => {
    await supervisor.start(spec('worker', 'say:{"level":30,"msg":"Listening."}', 'say:{"level":50,"msg":"The queue is full.","code":"internal"}', 'ready', 'stay'));
    await until(() => said.length > 0);
    expect(said).toEqual(['[worker] error: The queue is full. (internal)']);
    expect(fs.readFileSync(path.join(folder, 'worker.log'), 'utf8')).toContain('Listening.');
  });

  it('shows no line that could steer the terminal', async () => {
    await supervisor.start(spec('web', 'say:Error: no page at /\u001b[2J\u009b31m\u202eelbisivni', 'ready', 'stay'));
    await until(() => said.length > 0);
    expect(said).toEqual(['[web] Error: no page at /[2J31melbisivni']);
  });

  it('keeps logs for the eyes of whoever started it', async () => {
    supervisor = new Supervisor({ logFolder: path.join(folder, 'logs'), say: () => {}, changed: () => {} });
    await supervisor.start(spec('worker', 'ready', 'stay'));
    expect(fs.statSync(path.join(folder, 'logs')).mode & 0o777).toBe(0o700);
    expect(fs.statSync(path.join(folder, 'logs', 'worker.log')).mode & 0o777).toBe(0o600);
  });
});

describe('the restart policy', () => {
  it('starts a healthy process again within a second and never waits more than two', () => {
    const delays = [1, 2, 3, 4, 5, 20].map((failures) => restartDelayMs({ failures, hasBeenReady: true }));
    expect(delays).toEqual([250, 500, 1_000, 2_000, MAX_RESTART_MS, MAX_RESTART_MS]);
  });
  it('is more patient with a process that was never ready', () => {
    expect([1, 2, 9].map((failures) => restartDelayMs({ failures, hasBeenReady: false }))).toEqual([1_000, 2_000, 15_000]);
  });
});
