/**
 * One session's audio as files:
 *   `<epoch>-<firstSample>.pcm`  what one writer appended, PCM16 LE without a header
 *   `<epoch>.opening`            a writer of that epoch is about to begin: older ones may not acknowledge any more
 *   `<epoch>.sealing`            the recording is being made: writers up to that epoch may not acknowledge any more
 *   `recording.pcm`              the recording, from sample 0; its size is its length
 *   `utterances/<n>.pcm`         what the interviewer said
 * Where a newer epoch begins, older ones end, so what a stale writer appends afterwards is never read.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { BYTES_PER_SAMPLE, samplesToBytes } from '#domain/stream/audio-format.ts';
import { isMissing, readFully } from './files.ts';

export const RECORDING = 'recording.pcm';
export const epochFileName = (epoch: number, firstSample: number) => `${epoch}-${firstSample}.pcm`;
export const openingMark = (epoch: number) => `${epoch}.opening`;
export const sealingMark = (epoch: number) => `${epoch}.sealing`;

export interface EpochFile {
  epoch: number;
  firstSample: number;
  name: string;
}
export interface SessionNames {
  all: string[];
  /** Ascending by epoch. */
  epochs: EpochFile[];
  recorded: boolean;
}

/** The names in a session's directory; empty when it does not exist. */
export async function listSession(directory: string): Promise<SessionNames> {
  const all: string[] = await fs.readdir(directory).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const epochs = all.flatMap((name): EpochFile[] => {
    const match = /^(\d+)-(\d+)\.pcm$/.exec(name);
    return match ? [{ name, epoch: Number(match[1]), firstSample: Number(match[2]) }] : [];
  });
  return { all, epochs: epochs.sort((a, b) => a.epoch - b.epoch), recorded: all.includes(RECORDING) };
}

/** The newest epoch that has written or is about to; 0 when there is none. */
export function newestEpoch(names: SessionNames, except?: string): number {
  const opening = names.all.filter((name) => name !== except).map((name) => Number(/^(\d+)\.opening$/.exec(name)?.[1] ?? 0));
  return Math.max(0, names.epochs.at(-1)?.epoch ?? 0, ...opening);
}

/** Whether the writer of `file` has been replaced, sealed or erased, so that it must not acknowledge anything. */
export function isFenced(names: SessionNames, file: EpochFile): boolean {
  const sealing = Math.max(0, ...names.all.map((name) => Number(/^(\d+)\.sealing$/.exec(name)?.[1] ?? 0)));
  return !names.all.includes(file.name) || newestEpoch(names) > file.epoch || sealing >= file.epoch;
}

/** A stretch of samples [fromSample, toSample) that lies in one file from sample `fileFirstSample` on. */
export interface Segment {
  path: string;
  fileFirstSample: number;
  fromSample: number;
  toSample: number;
}
export interface SessionView {
  names: SessionNames;
  segments: Segment[];
  /** Number of samples readable. */
  endSample: number;
}

/** Lays the session's files out on its sample clock. An odd last byte is half a sample and does not count. */
export async function viewSession(directory: string): Promise<SessionView> {
  for (;;) {
    const names = await listSession(directory);
    const segments = await layOut(directory, names).catch((error: unknown) => {
      // A file sealed away between listing and looking is in the recording now: look again.
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (segments) return { names, segments, endSample: segments.at(-1)?.toSample ?? 0 };
  }
}

async function layOut(directory: string, names: SessionNames): Promise<Segment[]> {
  const files = [...(names.recorded ? [{ name: RECORDING, firstSample: 0 }] : []), ...names.epochs];
  const segments: Segment[] = [];
  let position = 0;
  for (const [index, file] of files.entries()) {
    const filePath = path.join(directory, file.name);
    const { size } = await fs.stat(filePath);
    const fence = files[index + 1]?.firstSample ?? Infinity;
    const fromSample = Math.max(position, file.firstSample);
    // The recording keeps all it holds: it was made of every epoch before the next one began.
    const fileEnd = file.firstSample + Math.floor(size / BYTES_PER_SAMPLE);
    const toSample = Math.max(fromSample, file.name === RECORDING ? fileEnd : Math.min(fileEnd, fence));
    segments.push({ path: filePath, fileFirstSample: file.firstSample, fromSample, toSample });
    position = toSample;
  }
  return segments;
}

/** Samples [fromSample, toSample), shorter at the end. Reads only what is asked for. */
export async function readSamples(directory: string, fromSample: number, toSample: number): Promise<Int16Array> {
  for (;;) {
    const view = await viewSession(directory);
    const from = Math.max(0, fromSample);
    const samples = new Int16Array(Math.max(0, Math.min(toSample, view.endSample) - from));
    try {
      for (const segment of view.segments) {
        const begin = Math.max(from, segment.fromSample);
        const end = Math.min(from + samples.length, segment.toSample);
        if (begin < end) await readSegment(segment, begin, samples.subarray(begin - from, end - from));
      }
      return samples;
    } catch (error) {
      if (!isMissing(error)) throw error; // sealed away meanwhile: look again
    }
  }
}

async function readSegment(segment: Segment, fromSample: number, into: Int16Array): Promise<void> {
  const handle = await fs.open(segment.path, 'r');
  try {
    await readFully(handle, samplesToBytes(into), (fromSample - segment.fileFirstSample) * BYTES_PER_SAMPLE);
  } finally {
    await handle.close();
  }
}
