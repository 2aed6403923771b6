/** Whether streams can come in on this machine, told by the ingest process in a file of the data directory. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** How often the process says that it lives; also what keeps nginx from being ended as forgotten. */
export const HEARTBEAT_MS = 5_000;
/** Above three beats. */
const STALE_MS = 20_000;

const stateSchema = z.object({
  atMs: z.number(),
  /** Null: streams can come. Otherwise why not. */
  problem: z.string().nullable(),
  /** What would help. */
  improve: z.string().nullable(),
  port: z.number(),
});
export type IngestState = Omit<z.infer<typeof stateSchema>, 'atMs'>;
export type RtmpAvailability = { available: true; port: number } | { available: false; why: string; improve: string };

export function ingestFolder(dataDir: string): string {
  return path.join(dataDir, 'ingest');
}

/** Ours; nginx, which may be somebody else, passes through to its own folder below. */
export function prepareIngestFolder(dataDir: string): void {
  fs.mkdirSync(ingestFolder(dataDir), { recursive: true, mode: 0o711 });
  fs.chmodSync(ingestFolder(dataDir), 0o711);
}

export function writeIngestState(dataDir: string, state: IngestState, nowMs: number): void {
  const file = path.join(ingestFolder(dataDir), 'ingest.json');
  fs.writeFileSync(`${file}.new`, `${JSON.stringify({ atMs: nowMs, ...state })}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** Asked anew each time; never throws. */
export function rtmpAvailability(dataDir: string, nowMs: number): RtmpAvailability {
  const off = { available: false, why: 'The process that takes in streams does not run.', improve: './spool up' } as const;
  try {
    const state = stateSchema.parse(JSON.parse(fs.readFileSync(path.join(ingestFolder(dataDir), 'ingest.json'), 'utf8')));
    if (Math.abs(nowMs - state.atMs) > STALE_MS) return off;
    return state.problem === null ? { available: true, port: state.port } : { available: false, why: state.problem, improve: state.improve ?? './spool doctor' };
  } catch {
    return off;
  }
}
