/**
 * One sandbox: bubblewrap started into its control group under its own user number, its pipes, its end. Used once. The
 * host never opens anything by path that the program inside could have made: all that goes in and out goes through pipes.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import type { BareMachine } from './bare-machine.ts';
import { ENVIRONMENT, WORK_FOLDER } from './bubblewrap.ts';
import type { Cgroups, Group } from './cgroups.ts';
import { sampleBelow, sampleMachine } from './memory-sampler.ts';
import type { MemorySampler } from './memory-sampler.ts';
import type { OpenPipes, Slot, Slots } from './slots.ts';
import { openPipes } from './slots.ts';

export interface SandboxLimits {
  memoryBytes: number;
  processes: number;
  diskBytes: number;
  processors: number;
  /** Where no group counts memory, a process may map this much more than the limit: runtimes map more than they use. */
  reservedBytes: number;
}

/** What makes two sandboxes interchangeable: the same view, the same command, the same fixed limits. */
export interface Recipe {
  /** Of the language and the purpose; only for reading. */
  name: string;
  /** File with bubblewrap's arguments, separated by NUL: what stands there is not in any process's command line. */
  argumentsFile: string;
  command: readonly string[];
  /** Only where no sandbox sets it. */
  environment?: Readonly<Record<string, string>>;
  limits: SandboxLimits;
}

export interface SandboxHost {
  bubblewrap: string;
  slots: Slots;
  cgroups: Cgroups | null;
  /** The machine is the wall: no bubblewrap, one program at a time, nothing stands ready beside it. */
  bare?: BareMachine;
  filterFile: string;
}

export interface Ending {
  exitCode: number | null;
  signal: string | null;
}

/** bubblewrap tells a signal as 128 + its number, like a shell; these are the ones a program dies of. */
const DEADLY = new Set(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGUSR1', 'SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGXCPU', 'SIGXFSZ', 'SIGSYS']);
const SIGNAL_OF_CODE = new Map(Object.entries(os.constants.signals).filter(([name]) => DEADLY.has(name)).map(([name, number]) => [128 + number, name]));

/** bubblewrap's two processes and the shell that becomes them. */
const OWN_PROCESSES = 2;
const OPEN_FILES = 512;
const STACK_KB = 65_536;

/** Joins its groups, takes its limits, becomes bubblewrap. `$$` stays the same through every exec. */
const START = `while [ "$1" != -- ]; do echo $$ > "$1" || exit 96; shift; done; shift
ulimit -c 0; ulimit -n ${OPEN_FILES}; ulimit -f "$1"; shift
[ "$1" = - ] || ulimit -s "$1"; shift
[ "$1" = - ] || ulimit -u "$1" 2>/dev/null || ulimit -p "$1"; shift
[ "$1" = - ] || ulimit -d "$1"; shift
exec "$@"`;

/** The same from inside, where neither a group nor a user number of its own counts processes: in the sandbox's user namespace only its own do. Shells call the option by two names. */
const LIMIT_INSIDE = 'ulimit -u "$0" 2>/dev/null || ulimit -p "$0"; exec "$@"';

let count = 0;

export class Sandbox {
  readonly recipe: Recipe;
  readonly pipes: OpenPipes;
  /** Resolves when the program inside has ended, whoever ended it. */
  readonly ended: Promise<Ending>;
  readonly #host: SandboxHost;
  readonly #slot: Slot;
  readonly #group: Group | null;
  readonly #sampler: MemorySampler | null;
  readonly #child: ChildProcess;
  #destroyed: Promise<void> | null = null;
  #finalPeakBytes: number | null = null;
  #finalKills = 0;
  #finalRefused = 0;
  #finalCpuMs: number | null = null;

  constructor(host: SandboxHost, recipe: Recipe) {
    this.#host = host;
    this.recipe = recipe;
    const { limits } = recipe;
    host.bare?.fresh();
    this.#slot = host.slots.take();
    let opened: OpenPipes | undefined;
    const extra: number[] = [];
    let group: Group | null = null;
    try {
      opened = openPipes(this.#slot);
      group = host.cgroups?.create(`${++count}`, { memoryBytes: limits.memoryBytes, processes: limits.processes + OWN_PROCESSES, processors: limits.processors }) ?? null;
      if (!host.bare) extra.push(fs.openSync(recipe.argumentsFile, 'r'), fs.openSync(host.filterFile, 'r'));
      const { uid } = this.#slot;
      const command = uid === null && !group ? ['/bin/sh', '-c', LIMIT_INSIDE, String(limits.processes + OWN_PROCESSES), ...recipe.command] : recipe.command;
      const drop = uid === null ? [] : ['/usr/bin/setpriv', '--reuid', String(uid), '--regid', String(uid), '--clear-groups'];
      // Without a group of processes a number nobody else has makes the per-user limit one per sandbox.
      const processLimit = uid === null ? '-' : String(limits.processes + OWN_PROCESSES + 4);
      this.#child = host.bare ? startBare(host.bare, recipe, opened) : spawn(
        '/bin/sh',
        [
          '-c', START, 'sandbox', ...(group?.joinFiles ?? []), '--',
          String(Math.ceil(limits.diskBytes / 512)), group ? String(STACK_KB) : '-', processLimit,
          group ? '-' : String(Math.ceil((limits.memoryBytes + limits.reservedBytes) / 1024)),
          ...drop, host.bubblewrap, '--args', '5', '--seccomp', '6', '--', ...command,
        ],
        { env: {} as NodeJS.ProcessEnv, cwd: '/', stdio: [...opened.inside, ...extra] },
      );
    } catch (error) {
      void group?.destroy();
      // The slot is lost when its pipes are in an unknown state, which costs a number.
      void opened?.close().then(() => host.slots.give(this.#slot));
      throw error;
    } finally {
      for (const fd of [...(opened?.inside ?? []), ...extra]) fs.closeSync(fd);
    }
    this.#group = group;
    this.pipes = opened;
    const child = this.#child;
    this.#sampler = group || child.pid === undefined ? null : host.bare ? sampleMachine(host.bare, limits, () => this.kill()) : sampleBelow(child.pid, () => this.kill());
    this.ended = new Promise((resolve) => {
      const end = (ending: Ending) => void (host.bare?.sweep() ?? Promise.resolve()).then(() => resolve(ending));
      child.once('error', () => end({ exitCode: null, signal: 'SIGKILL' }));
      child.once('exit', (code, signal) => end(endingOf(code, signal)));
    });
  }

  /** Only before the candidate's code has arrived. */
  setMemory(bytes: number): void {
    this.#group?.setMemory(bytes);
    this.#sampler?.setLimit(bytes);
  }

  get limitedByGroup(): boolean {
    return this.#group !== null;
  }

  peakBytes(): number | null {
    return this.#finalPeakBytes ?? this.#group?.peakBytes() ?? this.#sampler?.peakBytes ?? null;
  }
  /** The kernel, or the sampler in its place, ended something because memory was used up. */
  outOfMemory(): boolean {
    return this.#finalKills > 0 || (this.#group?.outOfMemoryKills() ?? 0) > 0 || (this.#sampler?.exceeded ?? false);
  }
  /** Only the sampler counts them; a group counts what the kernel keeps of them as memory. */
  tooManyFiles(): boolean {
    return this.#sampler?.tooManyFiles ?? false;
  }
  refusedProcesses(): number {
    return Math.max(this.#finalRefused, this.#group?.refusedProcesses() ?? 0);
  }
  cpuMs(): number | null {
    return this.#finalCpuMs ?? this.#group?.cpuMs() ?? this.#sampler?.cpuMs ?? null;
  }

  /** SIGKILL to bubblewrap, and with it to everything inside; `ended` follows. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Ends it if it still runs, removes its group, closes its pipes, gives its slot back. Resolves when nothing is left. */
  destroy(): Promise<void> {
    return (this.#destroyed ??= this.#destroy());
  }

  async #destroy(): Promise<void> {
    this.kill();
    await this.ended;
    this.#sampler?.stop();
    this.#finalPeakBytes = this.peakBytes();
    this.#finalKills = this.#group?.outOfMemoryKills() ?? 0;
    this.#finalRefused = this.refusedProcesses();
    this.#finalCpuMs = this.cpuMs();
    await this.#group?.destroy();
    await this.#sampler?.gone();
    await this.pipes.close();
    this.#host.slots.give(this.#slot);
  }
}

/** Without bubblewrap: the same limits, the bare environment, a group of its own so that signals to it reach nobody else. */
function startBare(bare: BareMachine, { command, environment, limits }: Recipe, { inside }: OpenPipes): ChildProcess {
  const rlimits = [Math.ceil(limits.diskBytes / 512), '-', limits.processes + bare.ownThreads() + OWN_PROCESSES, Math.ceil((limits.memoryBytes + limits.reservedBytes) / 1024)].map(String);
  const filtered = bare.filter ? [bare.filter.program, String(inside.length), ...command] : command;
  return spawn('/bin/sh', ['-c', START, 'sandbox', '--', ...rlimits, ...filtered], { env: { ...ENVIRONMENT, ...environment } as unknown as NodeJS.ProcessEnv, cwd: WORK_FOLDER, detached: true, stdio: [...inside, ...(bare.filter ? [bare.filter.fd] : [])] });
}

function endingOf(code: number | null, signal: NodeJS.Signals | null): Ending {
  if (signal) return { exitCode: null, signal };
  const told = code === null ? undefined : SIGNAL_OF_CODE.get(code);
  return told ? { exitCode: null, signal: told } : { exitCode: code, signal: null };
}
