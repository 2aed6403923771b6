import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '#domain/log.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { createFilesystemAudioLog } from './audio-log.ts';
import type { FilesystemAudioLog } from './audio-log.ts';
import { MAX_PENDING_SESSION_BYTES } from './epoch-writer.ts';
import { BATCH_INTERVAL_MS, JOURNAL_MAX_AGE_MS, JOURNAL_MAX_BYTES, MAX_PENDING_BYTES } from './group-commit.ts';

const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'spool-audio-'));
const fileHandles: FileHandle = await fs.open(directory, 'r').then(async (handle) => {
  await handle.close();
  return Object.getPrototypeOf(handle);
});
afterAll(() => fs.rm(directory, { recursive: true }));
const failing = (code: string) => Object.assign(new Error(code), { code });

const spies: { mockRestore(): void }[] = [];
/** Watches or replaces a method of every file handle until the test ends. */
function onFileHandles<Method extends 'write' | 'datasync'>(method: Method) {
  const spy = vi.spyOn(fileHandles, method);
  spies.push(spy);
  return spy;
}

/** A disk that takes everything at once and keeps nothing, for tests in which only the amount counts. */
function onBottomlessDisk(): void {
  const take = (bytes: Uint8Array, _offset: number, length: number) => Promise.resolve({ bytesWritten: length, buffer: bytes });
  onFileHandles('write').mockImplementation(take as unknown as FileHandle['write']);
}

let clock: ManualClock;
let batches: { sessions: number }[];
let logs: FilesystemAudioLog[];
let log: FilesystemAudioLog;
let dataDirectory: string;
const open = () => {
  const opened = createFilesystemAudioLog({ directory: dataDirectory, clock, log: silentLog, metrics: { batchWritten: (batch) => batches.push(batch) } });
  logs.push(opened);
  return opened;
};
beforeEach(async () => {
  dataDirectory = await fs.mkdtemp(path.join(directory, 'data-'));
  clock = new ManualClock();
  batches = [];
  logs = [];
  log = open();
});
afterEach(async () => {
  for (const spy of spies.splice(0)) spy.mockRestore();
  for (const each of logs) await each.stop();
});

const said = (...values: number[]) => Int16Array.from(values);
const journals = async () => (await fs.readdir(path.join(dataDirectory, 'audio', 'journal'))).filter((name) => name.endsWith('.log'));
const openWriters = (count: number) => Promise.all(Array.from({ length: count }, () => log.openWriter(randomUUID(), 1)));
/** What the promise comes to once the next batch's time has come. */
async function withTime<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {}); // it may fail before it is awaited
  await clock.advance(BATCH_INTERVAL_MS);
  return promise;
}
const PATIENCE = { timeout: 10_000, interval: 5 };

describe('many people speaking at once', () => {
  it('share one sync: the first is stored at once, the others together an interval later', async () => {
    const writers = await openWriters(20);
    await writers[0]?.append(said(1));
    expect(batches).toEqual([expect.objectContaining({ sessions: 1 })]);
    const others = Promise.all(writers.map((writer) => writer.append(said(2))));
    await clock.advance(BATCH_INTERVAL_MS - 1);
    expect(batches.length).toBe(1);
    await clock.advance(1);
    await others;
    expect(batches.map((batch) => batch.sessions)).toEqual([1, 20]);
  });

  it('are stored one sync per batch, not one per person', async () => {
    const writers = await openWriters(50);
    await writers[0]?.append(said(1)); // the journal exists now
    const syncs = onFileHandles('datasync');
    await withTime(Promise.all(writers.map((writer) => writer.append(said(1)))));
    expect(syncs).toHaveBeenCalledTimes(1);
  });
});

describe('a disk that cannot keep up', () => {
  it('holds a bounded amount of one person’s audio and takes the refused samples later', async () => {
    const [writer] = await openWriters(1);
    await writer!.append(said(0));
    const half = new Int16Array(MAX_PENDING_SESSION_BYTES / 4);
    const held = [writer!.append(half), writer!.append(half)];
    await expect(writer!.append(said(9))).rejects.toMatchObject({ code: 'stream.too_fast' });
    await withTime(Promise.all(held));
    expect(await withTime(writer!.append(said(9)))).toBe(half.length * 2 + 2);
  });

  it('holds a bounded amount in all', async () => {
    onBottomlessDisk();
    const full = new Int16Array(MAX_PENDING_SESSION_BYTES / 2);
    const writers = await openWriters(Math.ceil(MAX_PENDING_BYTES / MAX_PENDING_SESSION_BYTES) + 1);
    await writers[0]?.append(said(0));
    const results = Promise.allSettled(writers.map((writer) => writer.append(full)));
    const codes = (await withTime(results)).map((result) => (result.status === 'rejected' ? result.reason.code : 'stored'));
    expect(codes).toEqual([...writers.slice(2).map(() => 'stored'), 'stream.overloaded', 'stream.overloaded']);
  });
});

describe('a disk that fails', () => {
  it('full at the journal acknowledges nothing; a new writer goes on once there is room', async () => {
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    await writer.append(said(1, 2));
    onFileHandles('write').mockRejectedValueOnce(failing('ENOSPC'));
    await expect(withTime(writer.append(said(3)))).rejects.toMatchObject({ code: 'audio.disk_full' });
    await expect(writer.append(said(4))).rejects.toMatchObject({ code: 'audio.disk_full' });
    const next = await log.openWriter(id, 2);
    expect(next.durableThroughSample).toBe(2);
    await withTime(next.append(said(3)));
    expect(await log.read(id, 0, 9)).toEqual(said(1, 2, 3));
  });

  it('in a sync is never written behind: the next batch begins a new journal', async () => {
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    await writer.append(said(1));
    const [first] = await journals();
    onFileHandles('datasync').mockRejectedValueOnce(failing('EIO'));
    await expect(withTime(writer.append(said(2)))).rejects.toMatchObject({ code: 'audio.write_failed' });
    await withTime((await log.openWriter(id, 2)).append(said(3)));
    await vi.waitFor(async () => expect(await journals()).not.toContain(first), PATIENCE);
    expect(await log.read(id, 0, 9)).toEqual(said(1, 3));
  });

  it('for one person’s file does not touch the others', async () => {
    const [lucky, unlucky] = await openWriters(2);
    await lucky!.append(said(1));
    const write = fileHandles.write;
    let calls = 0;
    onFileHandles('write').mockImplementation(function fail(this: FileHandle, ...args: Parameters<typeof write>) {
      calls += 1;
      return calls === 3 ? Promise.reject(failing('ENOSPC')) : write.apply(this, args); // journal, lucky, unlucky
    } as typeof write);
    const results = await withTime(Promise.allSettled([lucky!.append(said(2)), unlucky!.append(said(2))]));
    expect(results).toMatchObject([{ status: 'fulfilled', value: 2 }, { status: 'rejected', reason: { code: 'audio.disk_full' } }]);
  });

  it('continues a short write until it is whole', async () => {
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    const write = fileHandles.write;
    onFileHandles('write').mockImplementation(function halve(this: FileHandle, bytes: Uint8Array, offset: number, length: number, position: number) {
      return (write as (...args: unknown[]) => unknown).call(this, bytes, offset, Math.ceil(length / 2), position);
    } as unknown as typeof write);
    await writer.append(said(1, 2, 3, 4, 5));
    expect(await log.read(id, 0, 9)).toEqual(said(1, 2, 3, 4, 5));
  });
});

describe('a writer that is replaced while its audio is on the way to the disk', () => {
  it('is not acknowledged, and what it still writes behind the fence is not read', async () => {
    const id = randomUUID();
    const stale = await log.openWriter(id, 1);
    await stale.append(said(1));
    const { promise: replaced, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: held, resolve: holding } = Promise.withResolvers<void>();
    const write = fileHandles.write;
    let calls = 0;
    onFileHandles('write').mockImplementation(async function hold(this: FileHandle, ...args: Parameters<typeof write>) {
      calls += 1;
      if (calls === 2) { // the journal has it, the session's file is next
        holding();
        await replaced;
      }
      return write.apply(this, args);
    } as typeof write);
    const late = withTime(stale.append(said(66)));
    late.catch(() => {});
    await held;
    const writer = await open().openWriter(id, 2);
    goOn();
    await expect(late).rejects.toMatchObject({ code: 'lease.lost' });
    expect((await fs.stat(path.join(dataDirectory, 'audio', id, '1-0.pcm'))).size).toBe(4); // it did write
    await writer.append(said(2));
    expect(await log.read(id, 0, 9)).toEqual(said(1, 2));
  });
});

describe('a journal', () => {
  it('is let go after half a minute, when every session file is synced', async () => {
    const [writer] = await openWriters(1);
    await writer!.append(said(1));
    expect((await journals()).length).toBe(1);
    await clock.advance(JOURNAL_MAX_AGE_MS);
    await vi.waitFor(async () => expect(await journals()).toEqual([]), PATIENCE);
    expect(await writer!.append(said(2))).toBe(2);
    expect((await journals()).length).toBe(1);
  });

  it('is let go when it is large', async () => {
    onBottomlessDisk();
    const fullWriters = Math.floor(JOURNAL_MAX_BYTES / MAX_PENDING_SESSION_BYTES);
    const writers = await openWriters(fullWriters + 1);
    const full = new Int16Array(MAX_PENDING_SESSION_BYTES / 2);
    await withTime(Promise.all(writers.slice(0, fullWriters).map((writer) => writer.append(full))));
    expect((await journals()).length).toBe(1);
    await withTime(writers[fullWriters]!.append(full));
    await vi.waitFor(async () => expect(await journals()).toEqual([]), PATIENCE);
  });

  it('stays for the next start when a session file cannot be synced', async () => {
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    await writer.append(said(1, 2));
    onFileHandles('datasync').mockRejectedValueOnce(failing('EIO'));
    await log.stop();
    expect((await journals()).length).toBe(1);
    await fs.truncate(path.join(dataDirectory, 'audio', id, '1-0.pcm'), 0); // what the failed sync may have lost
    const next = open();
    await next.start();
    expect(await next.read(id, 0, 9)).toEqual(said(1, 2));
    expect(await journals()).toEqual([]);
  });

  it('of a living server is left alone by another that starts', async () => {
    const [writer] = await openWriters(1);
    await writer!.append(said(1));
    const before = await journals();
    await open().start();
    expect(await journals()).toEqual(before);
  });

  it('is found alive behind a path too long for a socket address', async () => {
    dataDirectory = path.join(dataDirectory, 'a-long-name-'.repeat(12));
    log = open();
    const [writer] = await openWriters(1);
    await writer!.append(said(1));
    await open().start();
    expect((await journals()).length).toBe(1);
  });
});

describe('a process', () => {
  it('that only reads, seals and asks writes nothing', async () => {
    const id = randomUUID();
    await log.durableThrough(id);
    await log.read(id, 0, 10);
    await log.readUtterance(id, 1);
    await log.seal(id);
    await log.stop();
    expect(await fs.readdir(dataDirectory)).toEqual([]);
  });

  it('that stops stores what it was given and leaves no journal', async () => {
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    await writer.append(said(1));
    const pending = writer.append(said(2));
    await log.stop();
    expect(await pending).toBe(2);
    expect(await fs.readdir(path.join(dataDirectory, 'audio', 'journal'))).toEqual([]);
    await expect(writer.append(said(3))).rejects.toThrow();
    expect(await open().read(id, 0, 9)).toEqual(said(1, 2));
  });

  it('that stores audio keeps it from other users of the machine', async () => {
    const id = randomUUID();
    await (await log.openWriter(id, 1)).append(said(1));
    await log.writeUtterance(id, 1, said(1));
    const entries = await fs.readdir(path.join(dataDirectory, 'audio'), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const { mode } = await fs.stat(path.join(entry.parentPath, entry.name));
      expect([entry.name, (mode & 0o077).toString(8)]).toEqual([entry.name, '0']);
    }
  });
});

describe('an erasure', () => {
  const canary = Buffer.from('the canary that must not sing!!!');
  const canarySamples = new Int16Array(canary.buffer.slice(canary.byteOffset, canary.byteOffset + canary.length));
  async function canaries(): Promise<string[]> {
    const entries = await fs.readdir(dataDirectory, { recursive: true, withFileTypes: true });
    const found: string[] = [];
    for (const entry of entries.filter((each) => each.isFile())) {
      if ((await fs.readFile(path.join(entry.parentPath, entry.name))).includes(canary)) found.push(entry.name);
    }
    return found;
  }

  it('by another process leaves no byte in files or journals, and does not touch other people’s audio', async () => {
    const [erased, kept] = [randomUUID(), randomUUID()];
    const [writer, other] = await Promise.all([log.openWriter(erased, 1), log.openWriter(kept, 1)]);
    await withTime(Promise.all([writer.append(canarySamples), other.append(said(7))]));
    await log.writeUtterance(erased, 1, canarySamples);
    expect((await canaries()).length).toBe(3);
    await open().erase(erased);
    expect(await canaries()).toEqual([]);
    await expect(withTime(writer.append(canarySamples))).rejects.toMatchObject({ code: 'lease.lost' });
    expect(await canaries()).toEqual([]);
    await withTime(other.append(said(8)));
    expect(await log.read(kept, 0, 9)).toEqual(said(7, 8));
  });

  it('of a recording removes it too', async () => {
    const id = randomUUID();
    const writer = await log.openWriter(id, 1);
    await writer.append(canarySamples);
    await writer.close();
    await log.seal(id);
    await open().erase(id);
    expect(await canaries()).toEqual([]);
  });
});
