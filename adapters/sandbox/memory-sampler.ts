/**
 * Where no control group counts memory: looks every few milliseconds at what all processes of the sandbox hold and at how many
 * files they made, and ends the sandbox when it is too much. Weaker than a group (a fast burst is seen late), which each result says.
 */
import fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { BareMachine } from './bare-machine.ts';
import { WRITABLE_FOLDER } from './bubblewrap.ts';

const SAMPLE_MS = 15;
/** A file system in memory is bounded in size alone; this many names are some 60 MB that the kernel keeps beside it. */
const MAX_FILES = 65_536;
/** statfs(2). */
const TMPFS_MAGIC = 0x01021994;
const GONE_LIMIT_MS = 5_000;
const KERNEL_TICKS_PER_S = 100;

export class MemorySampler {
  peakBytes = 0;
  exceeded = false;
  tooManyFiles = false;
  cpuMs = 0;
  readonly #processes: () => number[];
  readonly #full: (processes: number[]) => boolean;
  readonly #onExceeded: () => void;
  readonly #timer: NodeJS.Timeout;
  #limitBytes = Infinity;
  /** Seen in the last look. */
  #seen: number[] = [];

  constructor(parts: { processes: () => number[]; full: (processes: number[]) => boolean; onExceeded: () => void }) {
    this.#processes = parts.processes;
    this.#full = parts.full;
    this.#onExceeded = parts.onExceeded;
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  setLimit(bytes: number): void {
    this.#limitBytes = bytes;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Resolves when no process that was seen is there any more. */
  async gone(): Promise<void> {
    const deadlineMs = performance.now() + GONE_LIMIT_MS;
    while (this.#seen.some((pid) => fs.existsSync(`/proc/${pid}`)) && performance.now() < deadlineMs) await delay(1);
  }

  #sample(): void {
    const pids = this.#processes();
    this.#seen = pids;
    let bytes = 0;
    let ticks = 0;
    for (const pid of pids) {
      bytes += pids.length > 1 ? (proportionalBytes(pid) ?? residentBytes(pid)) : residentBytes(pid);
      ticks += cpuTicks(pid);
    }
    this.peakBytes = Math.max(this.peakBytes, bytes);
    this.cpuMs = Math.max(this.cpuMs, (ticks * 1_000) / KERNEL_TICKS_PER_S);
    if (this.exceeded || this.tooManyFiles) return;
    if (bytes > this.#limitBytes) this.exceeded = true;
    else if (this.#full(pids)) this.tooManyFiles = true;
    else return;
    this.#onExceeded();
  }
}

/** Of one sandbox. `monitor`: bubblewrap's outer process. */
export function sampleBelow(monitor: number, onExceeded: () => void): MemorySampler {
  return new MemorySampler({ processes: () => descendants(monitor), full: (pids) => pids.length > 0 && filesIn(pids.at(-1)!) > MAX_FILES, onExceeded });
}

/** Of a whole machine, which has nothing else to do: the limit of the disk is looked at too, since nothing else holds it. */
export function sampleMachine(machine: BareMachine, limits: { diskBytes: number }, onExceeded: () => void): MemorySampler {
  const full = (): boolean => {
    const { bytes, files } = machine.used();
    return bytes > limits.diskBytes || files > MAX_FILES;
  };
  return new MemorySampler({ processes: () => machine.processes(), full, onExceeded });
}

/** Children of children: whatever leaves its parent inside a pid namespace becomes a child of the namespace's first process. */
function descendants(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => readText(`/proc/${pid}/task/${thread}/children`)?.split(' ').filter(Boolean).map(Number) ?? []);
  return [...children, ...children.flatMap(descendants)];
}

function threadsOf(pid: number): string[] {
  try {
    return fs.readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Pages that several processes share count once altogether; dearer to ask for. */
function proportionalBytes(pid: number): number | null {
  const rollup = readText(`/proc/${pid}/smaps_rollup`);
  if (rollup === null) return null;
  const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0);
  return (kb('Pss_Anon') + kb('Pss_Shmem')) * 1024;
}

/** What only the process holds, and shared memory, which is counted for each that maps it: too much rather than too little. */
function residentBytes(pid: number): number {
  const status = readText(`/proc/${pid}/status`) ?? '';
  const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return (kb('RssAnon') + kb('RssShmem')) * 1024;
}

/** In the file system that can be written to, whose place nothing inside can change; asked for as a number, not looked into. */
function filesIn(pid: number): number {
  try {
    // Before bubblewrap has changed the root this is the host's.
    const { type, files, ffree } = fs.statfsSync(`/proc/${pid}/root${WRITABLE_FOLDER}`);
    return type === TMPFS_MAGIC ? files - ffree : 0;
  } catch {
    return 0;
  }
}

function cpuTicks(pid: number): number {
  const fields = readText(`/proc/${pid}/stat`)?.replace(/^.*\) /, '').split(' ') ?? [];
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
