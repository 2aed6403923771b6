/**
 * A power cut, simulated: the data directory is copied while the log is at work, and of every file only what had been
 * synced is sure to be there; of the rest, as on a real disk, a piece of any length may be. What had been acknowledged
 * must come back from the journals.
 */
import { randomUUID } from 'node:crypto';
import { copyFileSync, fstatSync, mkdirSync, readdirSync, statSync, truncateSync } from 'node:fs';
import fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { BATCH_INTERVAL_MS, JOURNAL_MAX_AGE_MS } from '#adapters/filesystem/group-commit.ts';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import { spoken } from '#tests/support/audio-log-child.ts';
import { count } from '#tests/support/counts.ts';
import { seededRandom } from '#tests/support/random.ts';

const root = await fs.mkdtemp(path.join(os.tmpdir(), 'spool-power-'));
/** By inode: the length that is sure to be on disk. */
const syncedBytes = new Map<number, number>();
const spies: { mockRestore(): void }[] = [];

beforeAll(async () => {
  const handle = await fs.open(root, 'r');
  await handle.close();
  const fileHandles: FileHandle = Object.getPrototypeOf(handle);
  for (const method of ['sync', 'datasync'] as const) {
    const original = fileHandles[method];
    spies.push(vi.spyOn(fileHandles, method).mockImplementation(async function note(this: FileHandle) {
      const { ino, size } = fstatSync(this.fd);
      await original.call(this);
      syncedBytes.set(ino, size); // inodes are used again, and every new file is synced when it is made
    }));
  }
});
afterAll(async () => {
  for (const spy of spies) spy.mockRestore();
  await fs.rm(root, { recursive: true });
});

/** Batches follow each other at once, and journals are let go after 20 ms instead of half a minute. */
const hastyClock: Clock = {
  ...systemClock,
  schedule: (delayMs, run) => systemClock.schedule(delayMs === JOURNAL_MAX_AGE_MS ? 20 : delayMs <= BATCH_INTERVAL_MS ? 0 : delayMs, run),
};

/** Synchronous, so that nothing new begins meanwhile: one instant of the disk. Sockets and vanished files stay behind. */
function cutPower(from: string, to: string, random: () => number): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) cutPower(source, target, random);
    if (!entry.isFile()) continue;
    const found = statSync(source, { throwIfNoEntry: false });
    if (!found) continue; // a journal whose removal was under way
    const sure = syncedBytes.get(found.ino) ?? 0;
    try {
      copyFileSync(source, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    const kept = random() < 0.5 ? sure : sure + Math.floor(random() * (statSync(target).size - sure + 1));
    truncateSync(target, Math.min(kept, statSync(target).size));
  }
}

describe('a power cut at any moment', () => {
  it.each(Array.from({ length: count(8, 60) }, (_, seed) => seed + 1))('loses nothing that was acknowledged (run %i)', async (seed) => {
    const random = seededRandom(seed);
    const directory = path.join(root, `run-${seed}`);
    const log = createFilesystemAudioLog({ directory, clock: hastyClock, log: silentLog });
    const sessions = Array.from({ length: 6 }, () => randomUUID());
    const acknowledged = sessions.map(() => 0);
    let talking = true;
    const conversations = sessions.map(async (sessionId, session) => {
      for (let epoch = 1; talking; epoch += 1) {
        const writer = await log.openWriter(sessionId, epoch);
        let at = writer.durableThroughSample;
        for (let frames = Math.floor(random() * 30); frames > 0 && talking; frames -= 1) {
          const to = at + 1 + Math.floor(random() * 1_600);
          acknowledged[session] = await writer.append(spoken(1, session, at, to));
          at = to;
        }
        await writer.close();
        if (random() < 0.2) await log.seal(sessionId);
      }
    });
    const { promise: moment, resolve: cut } = Promise.withResolvers<void>();
    systemClock.schedule(20 + random() * 150, cut);
    await moment;
    const promised = [...acknowledged];
    const image = path.join(root, `image-${seed}`);
    cutPower(directory, image, random);
    talking = false;
    await Promise.all(conversations);
    await log.stop();

    const after = createFilesystemAudioLog({ directory: image, clock: systemClock, log: silentLog });
    await after.start();
    for (const [session, sessionId] of sessions.entries()) {
      const end = await after.durableThrough(sessionId);
      expect(end).toBeGreaterThanOrEqual(promised[session] ?? 0);
      expect(await after.read(sessionId, 0, end)).toEqual(spoken(1, session, 0, end));
    }
    expect(await fs.readdir(path.join(image, 'audio', 'journal'))).toEqual([]);
    await after.stop();
  });
});
