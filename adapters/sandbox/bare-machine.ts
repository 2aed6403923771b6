/**
 * A machine that is itself the wall: a virtual one that belongs to one session, as a function's is, where no sandbox can be
 * made inside. What a program must not keep is taken from it afterwards: every process but ours and all that can be written.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BareFilter } from './bare-filter.ts';
import { WORK_FOLDER, WRITABLE_FOLDER } from './bubblewrap.ts';

/** Against processes that the kernel cannot end at once (a page on its way to the disk). */
const SWEEP_LIMIT_MS = 5_000;

export class BareMachine {
  readonly #writable: string;
  readonly #user = process.getuid?.() ?? 0;
  /** This process and its parents, whoever started them. */
  readonly #ours: ReadonlySet<number>;
  #usedBefore = { bytes: 0, files: 0 };
  /** Null: programs run without one. */
  filter: BareFilter | null = null;

  /** `writable`: the one folder of the machine that can be written to; `/box` leads into it. */
  constructor(writable: string) {
    this.#writable = writable;
    this.#ours = new Set(withParents(process.pid));
  }

  /** This process and its parents, which no program may reach. */
  get guarded(): number[] {
    return [...this.#ours];
  }

  /** What was written is gone, the folders of a program are there, empty. */
  fresh(): void {
    for (const name of fs.readdirSync(this.#writable)) removeWhole(path.join(this.#writable, name));
    for (const folder of [WRITABLE_FOLDER, WORK_FOLDER, `${WRITABLE_FOLDER}/tmp`, `${WRITABLE_FOLDER}/shm`]) fs.mkdirSync(this.#inWritable(folder), { recursive: true });
    this.#usedBefore = this.#used();
  }

  /** Every process of this user that is not ours, those included that left their parents. */
  processes(): number[] {
    const found: number[] = [];
    for (const name of fs.readdirSync('/proc')) {
      const pid = Number(name);
      if (!Number.isInteger(pid) || this.#ours.has(pid)) continue;
      const status = readText(`/proc/${pid}/status`);
      if (status && Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]) === this.#user && !/^State:\s+[ZX]/m.test(status)) found.push(pid);
    }
    return found;
  }

  /** Threads of ours, which count to the user's limit of processes too. */
  ownThreads(): number {
    return [...this.#ours].reduce((sum, pid) => sum + (Number(/^Threads:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`) ?? '')?.[1]) || 0), 0);
  }

  /** What was written since `fresh`. */
  used(): { bytes: number; files: number } {
    const now = this.#used();
    return { bytes: Math.max(0, now.bytes - this.#usedBefore.bytes), files: Math.max(0, now.files - this.#usedBefore.files) };
  }

  /** Ends all of them. One look may miss what was started meanwhile, so it looks until it finds nothing. */
  async sweep(): Promise<void> {
    const untilMs = performance.now() + SWEEP_LIMIT_MS;
    for (let round = 0; performance.now() < untilMs; round += 1) {
      const left = this.processes();
      if (left.length === 0) return;
      for (const pid of left) kill(pid);
      // Those that fork in a race are beaten by not waiting; a dying one needs a moment.
      if (round > 20) await delay(1);
    }
  }

  #inWritable(folder: string): string {
    const real = fs.lstatSync(WRITABLE_FOLDER, { throwIfNoEntry: false })?.isSymbolicLink() ? fs.readlinkSync(WRITABLE_FOLDER) : WRITABLE_FOLDER;
    return folder.replace(WRITABLE_FOLDER, real);
  }

  #used(): { bytes: number; files: number } {
    const { bsize, blocks, bfree, files, ffree } = fs.statfsSync(this.#writable);
    return { bytes: (blocks - bfree) * bsize, files: files - ffree };
  }
}

function withParents(pid: number): number[] {
  const parent = Number(/^PPid:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`) ?? '')?.[1] ?? 0);
  return parent > 0 ? [pid, ...withParents(parent)] : [pid];
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already, or was never ours to end.
  }
}

/** Folders that a program closed are opened first. */
function removeWhole(file: string): void {
  try {
    fs.rmSync(file, { recursive: true, force: true });
  } catch {
    openFolders(file);
    fs.rmSync(file, { recursive: true, force: true });
  }
}

function openFolders(file: string): void {
  if (!fs.lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
  fs.chmodSync(file, 0o700);
  for (const name of fs.readdirSync(file)) openFolders(path.join(file, name));
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
