/**
 * Kernel accounting of a sandbox: one group per sandbox, made before it starts and removed when nothing is left in it.
 * Which controllers can be used, and in which hierarchy, is found out by trying; see docs/decisions/code-sandbox.md.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface GroupLimits {
  memoryBytes: number;
  processes: number;
  /** In processors: 1 is one of them all the time. */
  processors: number;
}

export interface Group {
  /** Whoever writes its process number into each of these is in the group. */
  readonly joinFiles: readonly string[];
  setMemory(bytes: number): void;
  peakBytes(): number | null;
  /** Processes that the kernel ended because the memory was used up. */
  outOfMemoryKills(): number;
  /** How often a process could not be made. */
  refusedProcesses(): number;
  cpuMs(): number | null;
  /** Ends everything in the group and removes it. Resolves when nothing is left. */
  destroy(): Promise<void>;
}

export interface Cgroups {
  readonly enforcement: 'cgroup-v2' | 'cgroup-v1';
  create(name: string, limits: GroupLimits): Group;
  /** Ends and removes what a killed runner with this prefix left. */
  sweep(): Promise<number>;
  /** Removes what `findCgroups` made. */
  close(): void;
}

/** Everything in a cgroup has had its SIGKILL by then; the kernel needs moments to take down namespaces and mounts. */
const DESTROY_POLL_MS = 1;
const DESTROY_LIMIT_MS = 10_000;

/** The controllers on this machine, or null with the reason why none holds memory. `root` is /sys/fs/cgroup but in tests. */
export function findCgroups(prefix: string, root = '/sys/fs/cgroup', processFile = '/proc/self/cgroup'): { cgroups: Cgroups | null; why: string } {
  const own = readOwnGroups(processFile);
  const v1Memory = firstWritable(own.v1.get('memory'), path.join(root, 'memory'), prefix);
  if (v1Memory) return { cgroups: new CgroupsV1(prefix, v1Memory, (name) => firstWritable(own.v1.get(name), path.join(root, name), prefix)), why: '' };
  const v2 = prepareV2(own.v2, root, prefix);
  if (typeof v2 === 'string') return { cgroups: null, why: v2 };
  return { cgroups: v2, why: '' };
}

function readOwnGroups(file: string): { v1: Map<string, string>; v2: string | null } {
  const v1 = new Map<string, string>();
  let v2: string | null = null;
  for (const line of readText(file)?.split('\n') ?? []) {
    const [, controllers, ...rest] = line.split(':');
    if (controllers === undefined) continue;
    if (controllers === '') v2 = rest.join(':');
    else for (const controller of controllers.split(',')) v1.set(controller, rest.join(':'));
  }
  return { v1, v2 };
}

/** The own group, so that what bounds this process bounds its sandboxes; else (in some containers) the root of the mount. */
function firstWritable(own: string | undefined, mount: string, prefix: string): string | null {
  for (const folder of [...(own === undefined ? [] : [path.join(mount, own)]), mount]) {
    if (fs.existsSync(path.join(folder, 'cgroup.procs')) && canMakeGroup(folder, prefix)) return folder;
  }
  return null;
}

function canMakeGroup(folder: string, prefix: string): boolean {
  const trial = path.join(folder, `${prefix}-trial`);
  try {
    fs.mkdirSync(trial, { recursive: true });
    fs.accessSync(path.join(trial, 'cgroup.procs'), fs.constants.W_OK);
    return true;
  } catch {
    return false;
  } finally {
    removeGroup(trial);
  }
}

class CgroupsV1 implements Cgroups {
  readonly enforcement = 'cgroup-v1';
  readonly #prefix: string;
  /** Folder of each controller that can be used; memory always, the others where they can be had. */
  readonly #folders: Record<string, string>;

  constructor(prefix: string, memory: string, find: (controller: string) => string | null) {
    this.#prefix = prefix;
    this.#folders = { memory };
    for (const controller of ['pids', 'cpu', 'cpuacct']) {
      const folder = find(controller);
      // Some machines mount two controllers as one hierarchy, under two names.
      if (folder) this.#folders[controller] = fs.realpathSync(folder);
    }
  }

  create(name: string, limits: GroupLimits): Group {
    const folderOf = (controller: string) => (this.#folders[controller] ? path.join(this.#folders[controller], `${this.#prefix}-${name}`) : null);
    const folders = [...new Set(Object.keys(this.#folders).flatMap((controller) => folderOf(controller) ?? []))];
    const memory = folderOf('memory')!;
    const [pids, cpu, cpuacct] = [folderOf('pids'), folderOf('cpu'), folderOf('cpuacct')] as const;
    let heldBytes = Infinity;
    const setMemory = (bytes: number) => {
      // The kernel settles its accounts at every change, which takes a millisecond.
      if (bytes === heldBytes) return;
      const set = (file: string) => fs.existsSync(path.join(memory, file)) && write(memory, file, bytes);
      // Memory with swap may never be below memory alone, so the order depends on the direction.
      const grows = bytes > heldBytes;
      heldBytes = bytes;
      for (const file of grows ? ['memory.memsw.limit_in_bytes', 'memory.limit_in_bytes'] : ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes']) set(file);
    };
    makeAll(folders, () => {
      setMemory(limits.memoryBytes);
      // Without accounting of swap at least nothing of the group is swapped out.
      if (!fs.existsSync(path.join(memory, 'memory.memsw.limit_in_bytes'))) tryWrite(memory, 'memory.swappiness', 0);
      if (pids) write(pids, 'pids.max', limits.processes);
      if (cpu) {
        // A share of the kernel's usual period of 100 ms.
        tryWrite(cpu, 'cpu.cfs_quota_us', Math.round(100_000 * limits.processors));
      }
    });
    return {
      joinFiles: folders.map((folder) => path.join(folder, 'cgroup.procs')),
      setMemory,
      peakBytes: () => readNumber(memory, 'memory.max_usage_in_bytes'),
      outOfMemoryKills: () => readField(memory, 'memory.oom_control', 'oom_kill'),
      refusedProcesses: () => (pids ? readField(pids, 'pids.events', 'max') : 0),
      cpuMs: () => {
        const nanoseconds = cpuacct === null ? null : readNumber(cpuacct, 'cpuacct.usage');
        return nanoseconds === null ? null : nanoseconds / 1e6;
      },
      destroy: () => destroyGroups(folders),
    };
  }

  async sweep(): Promise<number> {
    const left = [...new Set(Object.values(this.#folders))].flatMap((folder) => leftGroups(folder, this.#prefix));
    await destroyGroups(left);
    return left.length;
  }

  close(): void {}
}

class CgroupsV2 implements Cgroups {
  readonly enforcement = 'cgroup-v2';
  readonly #prefix: string;
  readonly #parent: string;

  constructor(prefix: string, parent: string) {
    this.#prefix = prefix;
    this.#parent = parent;
  }

  create(name: string, limits: GroupLimits): Group {
    const folder = path.join(this.#parent, `${this.#prefix}-${name}`);
    const setMemory = (bytes: number) => write(folder, 'memory.max', bytes);
    makeAll([folder], () => {
      setMemory(limits.memoryBytes);
      tryWrite(folder, 'memory.swap.max', 0);
      // One process over the limit ends the whole run.
      tryWrite(folder, 'memory.oom.group', 1);
      tryWrite(folder, 'pids.max', limits.processes);
      tryWrite(folder, 'cpu.max', `${Math.round(100_000 * limits.processors)} 100000`);
    });
    return {
      joinFiles: [path.join(folder, 'cgroup.procs')],
      setMemory,
      // Since Linux 5.19; before that the caller samples.
      peakBytes: () => readNumber(folder, 'memory.peak') ?? readNumber(folder, 'memory.current'),
      outOfMemoryKills: () => readField(folder, 'memory.events', 'oom_kill'),
      refusedProcesses: () => readField(folder, 'pids.events', 'max'),
      cpuMs: () => readField(folder, 'cpu.stat', 'usage_usec') / 1_000,
      destroy: () => destroyGroups([folder]),
    };
  }

  async sweep(): Promise<number> {
    const left = leftGroups(this.#parent, this.#prefix);
    await destroyGroups(left);
    return left.length;
  }

  close(): void {}
}

/**
 * A group with processes of its own cannot hand controllers on, so this process moves into a leaf first. Only a subtree
 * that was delegated to us (systemd's `Delegate=yes`, a container's own namespace) lets us.
 */
function prepareV2(own: string | null, root: string, prefix: string): CgroupsV2 | string {
  const mount = fs.existsSync(path.join(root, 'cgroup.controllers')) ? root : path.join(root, 'unified');
  const available = readText(path.join(mount, 'cgroup.controllers'));
  if (available === null || own === null) return 'No control groups are mounted.';
  if (!available.split(/\s+/).includes('memory')) return 'The memory controller is in no hierarchy that can be used.';
  const folder = [path.join(mount, own), mount].find((candidate) => fs.existsSync(path.join(candidate, 'cgroup.subtree_control')) && canMakeGroup(candidate, prefix));
  if (!folder) return 'The own control group is not delegated to this process (systemd: Delegate=yes).';
  try {
    if (!readText(path.join(folder, 'cgroup.subtree_control'))?.includes('memory')) {
      const leaf = path.join(folder, `${prefix}-leaf`);
      fs.mkdirSync(leaf, { recursive: true });
      for (const pid of readText(path.join(folder, 'cgroup.procs'))?.split('\n').filter(Boolean) ?? []) tryWrite(leaf, 'cgroup.procs', pid);
      write(folder, 'cgroup.subtree_control', '+memory +pids');
      tryWrite(folder, 'cgroup.subtree_control', '+cpu');
    }
    return new CgroupsV2(prefix, folder);
  } catch {
    return 'The memory controller cannot be handed on to groups of our own.';
  }
}

function leftGroups(parent: string, prefix: string): string[] {
  return fs.readdirSync(parent).filter((name) => name.startsWith(`${prefix}-`) && !name.endsWith('-leaf')).map((name) => path.join(parent, name));
}

/** All of them with their limits, or none. */
function makeAll(folders: readonly string[], limit: () => void): void {
  try {
    for (const folder of folders) fs.mkdirSync(folder);
    limit();
  } catch (error) {
    for (const folder of folders) removeGroup(folder);
    throw error;
  }
}

/** SIGKILL to whatever is in the groups, until nothing is; then the groups go. */
async function destroyGroups(folders: string[]): Promise<void> {
  const deadlineMs = performance.now() + DESTROY_LIMIT_MS;
  let left = folders;
  for (;;) {
    for (const folder of left) killGroup(folder);
    left = left.filter((folder) => !removeGroup(folder));
    if (left.length === 0 || performance.now() > deadlineMs) return;
    await delay(DESTROY_POLL_MS);
  }
}

function killGroup(folder: string): void {
  if (tryWrite(folder, 'cgroup.kill', 1)) return;
  for (const pid of readText(path.join(folder, 'cgroup.procs'))?.split('\n').filter(Boolean) ?? []) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}

/** True when the group is gone. */
function removeGroup(folder: string): boolean {
  try {
    fs.rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function readNumber(folder: string, file: string): number | null {
  const text = readText(path.join(folder, file));
  const number = Number(text);
  return text === null || !Number.isFinite(number) ? null : number;
}

/** `name 12` on a line of its own; 0 when it is not there. */
function readField(folder: string, file: string, name: string): number {
  const line = readText(path.join(folder, file))?.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

function write(folder: string, file: string, value: string | number): void {
  fs.writeFileSync(path.join(folder, file), String(value));
}

function tryWrite(folder: string, file: string, value: string | number): boolean {
  try {
    // A file that does not exist must not come to be: in tests the folder is an ordinary one.
    fs.accessSync(path.join(folder, file), fs.constants.W_OK);
    write(folder, file, value);
    return true;
  } catch {
    return false;
  }
}
