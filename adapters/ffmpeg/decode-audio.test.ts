import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { createFfmpegDecoder } from './decode-audio.ts';

const { spawn } = childProcess;
const unheard: unknown[] = [];
const hear = (error: unknown) => void unheard.push(error);
let folder: string;
let file: string;
beforeEach(() => {
  unheard.length = 0;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-decode-'));
  file = path.join(folder, 'a.wav');
  fs.writeFileSync(file, 'RIFF\x10\0\0\0WAVEfmt ');
  process.on('unhandledRejection', hear);
});
afterEach(() => {
  process.off('unhandledRejection', hear);
  childProcess.spawn = spawn;
  syncBuiltinESMExports();
  fs.rmSync(folder, { recursive: true });
});

it.each(['probe', 'decode'] as const)('a machine that has no process left fails the file, not the worker (%s)', async (what) => {
  const stdout = new PassThrough();
  childProcess.spawn = (() => {
    const child = Object.assign(new EventEmitter(), { stdout, kill: () => true });
    process.nextTick(() => child.emit('error', Object.assign(new Error('spawn EAGAIN'), { code: 'EAGAIN' })));
    return child;
  }) as unknown as typeof spawn;
  syncBuiltinESMExports();
  const decoder = createFfmpegDecoder({ clock: new ManualClock() });
  const signal = new AbortController().signal;
  const failed = expect(what === 'probe' ? decoder.probe(file, signal) : decoder.decode(file, signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'EAGAIN' });
  // What it says ends after that it is not there.
  await expect.poll(() => stdout.listenerCount('readable')).toBeGreaterThan(0);
  await new Promise((resolve) => setImmediate(resolve));
  stdout.end();
  await failed;
  expect(unheard).toEqual([]);
});
