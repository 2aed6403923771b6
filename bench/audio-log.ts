/**
 * How the durable audio log holds up: sessions that send 100 ms frames at real-time pace, and how long each waits for
 * its acknowledgement. Everything runs in this process, so the load generator's small share is in the processor figure.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';

const FRAME_MS = 100;
const FRAME_SAMPLES = 1_600;
/** After the first frames, which meet cold files. */
const WARM_UP_MS = 500;

export interface AudioLogResult {
  sessions: number;
  seconds: number;
  frames: number;
  failed: number;
  ackP50Ms: number;
  ackP95Ms: number;
  ackMaxMs: number;
  /** One journal sync each. */
  batchesPerSecond: number;
  megabytesPerSecond: number;
  eventLoopP99Ms: number;
  /** Share of one core, I/O threads included. */
  processorShare: number;
}

export const OPTIONS = ['--seconds N', '--directory DIR'];
/** `args`: session counts (default 1 100 1000), `--seconds N` (default 5, at most 60), `--directory D` (default a temporary one). */
export async function run(args: string[] = []): Promise<{ table: string; results: AudioLogResult[] }> {
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const seconds = Math.min(60, Number(option('--seconds') ?? 5));
  const counts = args.filter((arg, index) => /^\d+$/.test(arg) && !args[index - 1]?.startsWith('--')).map(Number);
  const parent = option('--directory') ?? os.tmpdir();
  const results: AudioLogResult[] = [];
  await fs.mkdir(parent, { recursive: true });
  for (const sessions of counts.length > 0 ? counts : [1, 100, 1_000]) {
    const directory = await fs.mkdtemp(path.join(parent, 'spool-bench-'));
    try {
      results.push(await measure(directory, sessions, seconds));
    } finally {
      await fs.rm(directory, { recursive: true, force: true });
    }
  }
  return { table: asTable(results), results };
}
export default run;

async function measure(directory: string, sessions: number, seconds: number): Promise<AudioLogResult> {
  let batches = 0;
  let bytes = 0;
  const metrics = { batchWritten(batch: { sizeBytes: number }) { batches += 1; bytes += batch.sizeBytes; } };
  const log = createFilesystemAudioLog({ directory, clock: systemClock, log: silentLog, metrics });
  const delays: number[] = [];
  let failed = 0;
  try {
    const writers = await Promise.all(Array.from({ length: sessions }, () => log.openWriter(randomUUID(), 1)));
    const frame = new Int16Array(FRAME_SAMPLES).map((_, index) => index % 200);
    const startMs = performance.now();
    const endMs = startMs + seconds * 1_000;
    const loop = monitorEventLoopDelay({ resolution: 5 });
    let warm = { cpu: process.cpuUsage(), atMs: startMs, batches: 0, bytes: 0 };
    const warmUp = setTimeout(() => {
      warm = { cpu: process.cpuUsage(), atMs: performance.now(), batches, bytes };
      loop.enable();
    }, WARM_UP_MS);

    await Promise.all(writers.map(async (writer, index) => {
      const acknowledged: Promise<void>[] = [];
      // Frames of different sessions are spread over the interval, as they are in life.
      for (let due = startMs + (index * FRAME_MS) / sessions; due < endMs; due += FRAME_MS) {
        const waitMs = due - performance.now();
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
        const sentMs = performance.now();
        acknowledged.push(writer.append(frame).then(
          () => { if (sentMs - startMs >= WARM_UP_MS) delays.push(performance.now() - sentMs); },
          () => { failed += 1; },
        ));
      }
      await Promise.all(acknowledged);
    }));

    clearTimeout(warmUp);
    loop.disable();
    const elapsedMs = performance.now() - warm.atMs;
    const cpu = process.cpuUsage(warm.cpu);
    delays.sort((a, b) => a - b);
    const at = (share: number) => round(delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? NaN);
    return {
      sessions,
      seconds,
      frames: delays.length,
      failed,
      ackP50Ms: at(0.5),
      ackP95Ms: at(0.95),
      ackMaxMs: at(1),
      batchesPerSecond: round(((batches - warm.batches) * 1_000) / elapsedMs),
      megabytesPerSecond: round((bytes - warm.bytes) / 1_000 / elapsedMs),
      eventLoopP99Ms: round(loop.percentile(99) / 1e6),
      processorShare: round((cpu.user + cpu.system) / 1_000 / elapsedMs, 3),
    };
  } finally {
    await log.stop();
  }
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

function asTable(results: AudioLogResult[]): string {
  const columns: [string, (result: AudioLogResult) => string][] = [
    ['sessions', (result) => String(result.sessions)],
    ['ack p50 ms', (result) => String(result.ackP50Ms)],
    ['ack p95 ms', (result) => String(result.ackP95Ms)],
    ['ack max ms', (result) => String(result.ackMaxMs)],
    ['syncs/s', (result) => String(result.batchesPerSecond)],
    ['MB/s', (result) => String(result.megabytesPerSecond)],
    ['loop p99 ms', (result) => String(result.eventLoopP99Ms)],
    ['processor', (result) => `${Math.round(result.processorShare * 100)} %`],
    ['failed', (result) => String(result.failed)],
  ];
  const rows = [columns.map(([title]) => title), ...results.map((result) => columns.map(([, cell]) => cell(result)))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
}
