/** Makes one recording of a session's epochs. A crash at any point leaves a session that reads the same, to be sealed again. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { BYTES_PER_SAMPLE } from '#domain/stream/audio-format.ts';
import { raiseFence } from './fence-counter.ts';
import { FILE_MODE, readFully, syncDirectory, writeFully } from './files.ts';
import { RECORDING, listSession, sealingMark, viewSession } from './session-directory.ts';
import type { Segment } from './session-directory.ts';

/** 32 s of audio at a time. */
const COPY_BYTES = 1024 * 1024;

/** Seals the epochs that exist now; one that begins meanwhile is left for the next seal. */
export async function sealSession(audioDirectory: string, directory: string): Promise<void> {
  const before = await listSession(directory);
  const lastEpoch = before.epochs.at(-1)?.epoch;
  if (lastEpoch === undefined) return removeNames(directory, before.all.filter((name) => /\.(tmp|sealing)$/.test(name)));

  // First nobody may acknowledge any more, then the end is looked at: so nothing acknowledged lies behind it.
  await fs.writeFile(path.join(directory, sealingMark(lastEpoch)), '', { mode: FILE_MODE });
  await raiseFence(audioDirectory);
  const { names, segments } = await viewSession(directory);
  const sealed = names.epochs.filter(({ epoch }) => epoch <= lastEpoch);
  const sealedNames = new Set([RECORDING, ...sealed.map(({ name }) => name)]);

  const temporary = path.join(directory, `recording.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await copySegments(segments.filter((segment) => sealedNames.has(path.basename(segment.path))), temporary);
    await fs.rename(temporary, path.join(directory, RECORDING));
  } catch (error) {
    await fs.rm(temporary, { force: true }); // on a full disk above all
    throw error;
  }
  await syncDirectory(directory);

  const after = await listSession(directory);
  await removeNames(directory, [...sealed.map(({ name }) => name), ...after.all.filter((name) => isLeftover(name, lastEpoch))]);
  await syncDirectory(directory);
}

/** Marks and temporary files up to `epoch` that mean nothing once the recording is there. */
function isLeftover(name: string, epoch: number): boolean {
  const mark = /^(\d+)\.(opening|sealing)$/.exec(name);
  return mark ? Number(mark[1]) <= epoch : name.endsWith('.tmp');
}

async function removeNames(directory: string, names: string[]): Promise<void> {
  for (const name of names) await fs.rm(path.join(directory, name), { force: true });
}

async function copySegments(segments: Segment[], targetPath: string): Promise<void> {
  const target = await fs.open(targetPath, 'wx', FILE_MODE);
  try {
    const buffer = Buffer.allocUnsafe(COPY_BYTES);
    for (const segment of segments) {
      const source = await fs.open(segment.path, 'r');
      try {
        const endByte = (segment.toSample - segment.fileFirstSample) * BYTES_PER_SAMPLE;
        for (let at = (segment.fromSample - segment.fileFirstSample) * BYTES_PER_SAMPLE; at < endByte; at += COPY_BYTES) {
          const piece = buffer.subarray(0, Math.min(COPY_BYTES, endByte - at));
          await readFully(source, piece, at);
          await writeFully(target, piece, segment.fileFirstSample * BYTES_PER_SAMPLE + at);
        }
      } finally {
        await source.close();
      }
    }
    await target.sync();
  } finally {
    await target.close();
  }
}
