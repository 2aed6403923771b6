/** Processes die here for real, with SIGKILL, and what they acknowledged is compared sample for sample. */
import { fork, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { spoken } from '#tests/support/audio-log-child.ts';
import type { ChildMessage, ChildTask } from '#tests/support/audio-log-child.ts';
import { count } from '#tests/support/counts.ts';

const childPath = fileURLToPath(new URL('../support/audio-log-child.ts', import.meta.url));
const root = await fs.mkdtemp(path.join(os.tmpdir(), 'spool-crash-'));
afterAll(() => fs.rm(root, { recursive: true }));
const newDirectory = () => fs.mkdtemp(path.join(root, 'data-'));

const children = new Set<Child>();
afterEach(async () => {
  for (const child of children) await child.kill();
  children.clear();
});

/** A child and what it said so far. */
class Child {
  readonly acknowledged: number[] = [];
  readonly opened: number[] = [];
  readonly refused: string[] = [];
  readonly filled: Extract<ChildMessage, { is: 'filled' }>[] = [];
  acks = 0;
  errors = '';
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;

  constructor(task: ChildTask, execute?: { execPath: string; execArgv: string[] }) {
    this.process = fork(childPath, [JSON.stringify(task)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], ...execute });
    this.ended = once(this.process, 'close');
    this.process.stderr?.on('data', (text: Buffer) => { this.errors += text.toString(); });
    this.process.on('message', (message: ChildMessage) => {
      if (message.is === 'filled') this.filled.push(message);
      else if (message.is === 'refused') this.refused[message.session] = message.code;
      else if (message.is === 'opened') this.opened[message.session] = message.throughSample;
      else {
        this.acknowledged[message.session] = message.throughSample;
        this.acks += 1;
      }
    });
    children.add(this);
  }
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}

const openLog = (directory: string) => createFilesystemAudioLog({ directory, clock: systemClock, log: silentLog });

async function expectSpoken(log: AudioLog, sessionId: string, voice: number, session: number, fromSample: number, toSample: number): Promise<void> {
  const stored = await log.read(sessionId, fromSample, toSample);
  expect(stored.length).toBe(toSample - fromSample);
  expect(Buffer.from(stored.buffer).equals(Buffer.from(spoken(voice, session, fromSample, toSample).buffer))).toBe(true);
}

describe('a server that is killed at any moment', () => {
  it('has every acknowledged sample after its restart, in every session', async () => {
    const directory = await newDirectory();
    const sessions = Array.from({ length: 12 }, () => randomUUID());
    const acknowledged = sessions.map(() => 0);
    for (let kill = 1; kill <= count(3, 20); kill += 1) {
      const child = new Child({ do: 'stream', directory, sessions, epoch: kill, voice: 1 });
      const killAfter = 20 + Math.floor(Math.random() * 150);
      await vi.waitFor(() => expect(child.acks).toBeGreaterThan(killAfter), { timeout: 60_000, interval: 5 });
      await child.kill();
      sessions.forEach((_, session) => {
        // The one before this had acknowledged no more than this one found.
        expect(child.opened[session] ?? Infinity).toBeGreaterThanOrEqual(acknowledged[session] ?? 0);
        acknowledged[session] = Math.max(acknowledged[session] ?? 0, child.acknowledged[session] ?? 0);
      });
    }
    const log = openLog(directory);
    await log.start();
    for (const [session, sessionId] of sessions.entries()) {
      const end = await log.durableThrough(sessionId);
      expect(end).toBeGreaterThanOrEqual(acknowledged[session] ?? 0);
      await expectSpoken(log, sessionId, 1, session, 0, end);
    }
    expect(await fs.readdir(path.join(directory, 'audio', 'journal'))).toEqual([]);
    await log.stop();
  }, 180_000);
});

describe('two servers on one data directory', () => {
  it('never mix: one that is frozen, replaced and woken acknowledges nothing more and is not read', async () => {
    const directory = await newDirectory();
    const sessions = Array.from({ length: 4 }, () => randomUUID());
    const frozen = new Child({ do: 'stream', directory, sessions, epoch: 1, voice: 1 });
    await vi.waitFor(() => expect(frozen.acks).toBeGreaterThan(20), { timeout: 60_000, interval: 5 });
    frozen.process.kill('SIGSTOP');
    const journals = async () => (await fs.readdir(path.join(directory, 'audio', 'journal'))).filter((name) => name.endsWith('.log'));
    const [journalOfFrozen] = await journals();

    const successor = new Child({ do: 'stream', directory, sessions, epoch: 2, voice: 2 });
    await vi.waitFor(() => expect(successor.acks).toBeGreaterThan(20), { timeout: 60_000, interval: 5 });
    expect(await journals()).toContain(journalOfFrozen);
    frozen.process.kill('SIGCONT');
    await vi.waitFor(() => expect(frozen.refused).toEqual(sessions.map(() => 'lease.lost')), { timeout: 60_000, interval: 5 });
    const acksThen = successor.acks;
    await vi.waitFor(() => expect(successor.acks).toBeGreaterThan(acksThen + 10), { timeout: 60_000, interval: 5 });
    await successor.kill();

    const log = openLog(directory);
    await log.start();
    for (const [session, sessionId] of sessions.entries()) {
      const takenOverAt = successor.opened[session] ?? NaN;
      expect(frozen.acknowledged[session] ?? 0).toBeLessThanOrEqual(takenOverAt);
      const end = await log.durableThrough(sessionId);
      expect(end).toBeGreaterThanOrEqual(successor.acknowledged[session] ?? 0);
      await expectSpoken(log, sessionId, 1, session, 0, takenOverAt);
      await expectSpoken(log, sessionId, 2, session, takenOverAt, end);
    }
    await log.stop();
  });

  it('erase at once what a living one’s journal holds, and later what a frozen one’s does', async () => {
    const directory = await newDirectory();
    const sessions = [randomUUID()];
    const server = new Child({ do: 'stream', directory, sessions, epoch: 1, voice: 1 });
    await vi.waitFor(() => expect(server.acks).toBeGreaterThan(5), { timeout: 60_000, interval: 5 });
    server.process.kill('SIGSTOP');
    const impatient = { ...systemClock, schedule: (delayMs: number, run: () => void) => systemClock.schedule(Math.min(delayMs, 50), run) };
    const worker = createFilesystemAudioLog({ directory, clock: impatient, log: silentLog });
    await expect(worker.erase(sessions[0] ?? '')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    server.process.kill('SIGCONT');
    await vi.waitFor(() => expect(server.refused).toEqual(['lease.lost']), { timeout: 60_000, interval: 5 });
    await openLog(directory).erase(sessions[0] ?? '');

    const spokenBytes = Buffer.from(spoken(1, 0, 100, 400).buffer);
    const entries = await fs.readdir(directory, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      expect((await fs.readFile(path.join(entry.parentPath, entry.name))).includes(spokenBytes)).toBe(false);
    }
  });
});

describe('a crash before any single file operation', () => {
  const sessionId = randomUUID();
  const audio = spoken(1, 0, 0, 5_000);

  /** A data directory whose session was spoken to under two epochs, with an utterance. */
  async function prepare(): Promise<string> {
    const directory = await newDirectory();
    const log = openLog(directory);
    for (const epoch of [1, 2]) {
      const writer = await log.openWriter(sessionId, epoch);
      await writer.append(audio.slice((epoch - 1) * 2_500, epoch * 2_500));
      await writer.close();
    }
    await log.writeUtterance(sessionId, 1, audio.slice(0, 10));
    await log.stop();
    return directory;
  }
  /** Kills a child at its first operation, its second… until one comes through. Answers how many died. */
  async function crashEverywhere(task: 'seal' | 'open' | 'erase', afterwards: (directory: string) => Promise<void>): Promise<number> {
    const template = await prepare();
    for (let dieAt = 1; ; dieAt += count(2, 1)) {
      const directory = await newDirectory();
      await fs.cp(template, directory, { recursive: true });
      const child = new Child({ do: task, directory, sessionId, epoch: 3, dieAt });
      await child.ended;
      expect(child.errors).toBe('');
      await afterwards(directory);
      if (child.process.exitCode === 0) return dieAt - 1;
    }
  }
  const readAll = (log: AudioLog) => log.read(sessionId, 0, 1_000_000);

  it('of sealing leaves audio that reads the same, goes on, and seals in the end', async () => {
    const crashes = await crashEverywhere('seal', async (directory) => {
      const log = openLog(directory);
      expect(await readAll(log)).toEqual(audio);
      const writer = await log.openWriter(sessionId, 3);
      expect(await writer.append(Int16Array.from([1, 2]))).toBe(audio.length + 2);
      await writer.close();
      await log.seal(sessionId);
      expect(await readAll(log)).toEqual(Int16Array.from([...audio, 1, 2]));
      expect((await fs.readdir(path.join(directory, 'audio', sessionId))).sort()).toEqual(['recording.pcm', 'utterances']);
      await log.stop();
    });
    expect(crashes).toBeGreaterThan(10);
  });

  it('of opening a writer leaves audio that the next writer continues', async () => {
    const crashes = await crashEverywhere('open', async (directory) => {
      const log = openLog(directory);
      expect(await readAll(log)).toEqual(audio);
      const writer = await log.openWriter(sessionId, 4);
      expect(writer.durableThroughSample).toBe(audio.length);
      expect(await writer.append(Int16Array.from([7]))).toBe(audio.length + 1);
      await log.stop();
    });
    expect(crashes).toBeGreaterThan(4);
  });

  it('of an erasure leaves one that can be finished', async () => {
    const canary = Buffer.from(audio.buffer, 0, 20);
    const crashes = await crashEverywhere('erase', async (directory) => {
      await openLog(directory).erase(sessionId);
      const entries = await fs.readdir(directory, { recursive: true, withFileTypes: true });
      for (const entry of entries.filter((each) => each.isFile())) {
        expect((await fs.readFile(path.join(entry.parentPath, entry.name))).includes(canary)).toBe(false);
      }
    });
    expect(crashes).toBeGreaterThan(4);
  });
});

describe('a disk that is really full', () => {
  const mountable = spawnSync('unshare', ['-m', 'sh', '-c', `mount -t tmpfs -o size=1m none ${root}`]).status === 0;

  it.skipIf(!mountable)('refuses audio, keeps what it acknowledged, and goes on when there is room (needs root, for a small file system)', async () => {
    const directory = await newDirectory();
    const launcher = path.join(await newDirectory(), 'launch.sh');
    await fs.writeFile(launcher, `#!/bin/sh\nmount -t tmpfs -o size=8m none '${directory}' && exec '${process.execPath}' "$@"\n`, { mode: 0o755 });
    const child = new Child({ do: 'fill', directory, sessionId: randomUUID() }, { execPath: 'unshare', execArgv: ['-m', launcher] });
    await child.ended;
    expect(child.errors).toBe('');
    const [filled] = child.filled;
    expect(filled).toMatchObject({ code: 'audio.disk_full', readable: true });
    expect(filled?.reopenedAt).toBeGreaterThanOrEqual(filled?.acknowledged ?? Infinity);
    expect(filled?.acknowledgedAfter).toBe((filled?.reopenedAt ?? 0) + 50_000);
  });
});
