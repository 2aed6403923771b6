import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CodeRunner, RunProgress, RunRequest } from '#domain/code/ports.ts';
import { RUN_DEFAULTS } from '#domain/code/run.ts';
import type { RunResult } from '#domain/code/run.ts';
import { frameOf, FrameReader } from '#domain/code/runner-wire.ts';
import { SpoolError } from '#domain/errors.ts';
import { silentLog } from '#domain/log.ts';
import { SocketServer } from './socket-server.ts';
import { SocketCodeRunner } from './socket-client.ts';
import { runnerSocketPath } from './socket-path.ts';

const request: RunRequest = { runId: 'r', sessionId: 's', language: 'python', files: [{ path: 'a.py', content: 'é'.repeat(100_000) }], fileName: 'a.py', limits: RUN_DEFAULTS };
const result = { status: 'ok', stdout: 'x' } as RunResult;

describe('the runner over a socket', () => {
  let folder: string;
  let server: SocketServer | undefined;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-socket-'));
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    fs.rmSync(folder, { recursive: true, force: true });
  });
  async function serve(over: Partial<CodeRunner>): Promise<SocketCodeRunner> {
    const runner: CodeRunner = { name: 'x', describe: () => Promise.reject(new Error('no')), run: () => Promise.reject(new Error('no')), ...over };
    server = new SocketServer(runner, silentLog);
    await server.start(runnerSocketPath(folder));
    return new SocketCodeRunner(runnerSocketPath(folder));
  }

  it('carries a request, its progress and its result', async () => {
    const client = await serve({ run: (asked, onProgress) => {
      onProgress({ type: 'queued', position: 2 });
      onProgress({ type: 'output', stream: 'stdout', text: 'ü' });
      return Promise.resolve({ ...result, stdout: asked.files[0]!.content });
    } });
    const seen: RunProgress[] = [];
    expect(await client.run(request, (progress) => seen.push(progress))).toEqual({ ...result, stdout: request.files[0]!.content });
    expect(seen).toEqual([{ type: 'queued', position: 2 }, { type: 'output', stream: 'stdout', text: 'ü' }]);
    expect((fs.statSync(runnerSocketPath(folder)).mode & 0o777).toString(8)).toBe('600');
  });
  it('carries refusals with their words', async () => {
    const client = await serve({ run: () => Promise.reject(new SpoolError('entry_point.ambiguous', undefined, { personMessage: 'Which?' })), describe: () => Promise.resolve({ languages: [], enforcement: 'vm', unavailable: null }) });
    await expect(client.run(request, () => {})).rejects.toMatchObject({ code: 'entry_point.ambiguous', personMessage: 'Which?' });
    expect(await client.describe()).toMatchObject({ enforcement: 'vm' });
  });
  it('says nothing of an error of ours but that there was one', async () => {
    const client = await serve({ run: () => Promise.reject(new Error('secret')) });
    await expect(client.run(request, () => {})).rejects.toMatchObject({ code: 'internal', message: expect.not.stringContaining('secret') });
  });
  it('ends a run whose asker has gone', async () => {
    let aborted: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => (aborted = resolve));
    const client = await serve({ run: (_asked, _onProgress, signal) => new Promise((_resolve, reject) => {
      signal!.addEventListener('abort', () => {
        aborted!();
        reject(signal!.reason as Error);
      });
    }) });
    const leaving = new AbortController();
    const running = client.run(request, () => leaving.abort(new Error('left')), leaving.signal);
    setTimeout(() => leaving.abort(new Error('left')), 50);
    await expect(running).rejects.toThrow('left');
    await ended;
  });
  it('says that the process does not answer', async () => {
    await expect(new SocketCodeRunner(runnerSocketPath(folder)).run(request, () => {})).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    const client = await serve({ run: () => new Promise(() => {}) });
    const running = client.run(request, () => {});
    running.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server!.stop();
    server = undefined;
    await expect(running).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('hangs up on what is no frame', async () => {
    const client = await serve({ describe: () => Promise.resolve({ languages: [], enforcement: null, unavailable: 'x' }) });
    const socket = net.connect(runnerSocketPath(folder));
    socket.write(Buffer.from('ffffffff', 'hex'));
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await client.describe()).unavailable).toBe('x');
  });
  it('finds another place where the path is too long for a socket', () => {
    const long = path.join(folder, 'x'.repeat(100));
    expect(Buffer.byteLength(runnerSocketPath(long))).toBeLessThan(108);
    expect(runnerSocketPath(long)).toBe(runnerSocketPath(`${long}/`));
    expect(runnerSocketPath(long)).not.toBe(runnerSocketPath(`${long}y`));
  });
});

describe('frames', () => {
  it('come back whole from pieces of any size', () => {
    const bytes = Buffer.concat([...frameOf({ op: 'describe' }), ...frameOf({ type: 'progress', progress: { type: 'output', stream: 'stderr', text: '😀\u0000' } })]);
    for (const size of [1, 2, 3, 7, 1000]) {
      const reader = new FrameReader();
      const messages: unknown[] = [];
      for (let at = 0; at < bytes.length; at += size) messages.push(...reader.push(bytes.subarray(at, at + size)));
      expect(messages).toEqual([{ op: 'describe' }, { type: 'progress', progress: { type: 'output', stream: 'stderr', text: '😀\u0000' } }]);
    }
  });
});
