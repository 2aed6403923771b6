/** One process of one run: a sandbox with its output, its channel, its clock, and why it ended. */
import { setTimeout as delay } from 'node:timers/promises';
import type { EntryPoint } from '#domain/code/entry-point.ts';
import type { RunRequest } from '#domain/code/ports.ts';
import type { RunLimit } from '#domain/code/run.ts';
import { MessageReader, sendBytes, sendJson } from './channel.ts';
import type { Artefact, Job, LanguageModule } from './languages/language.ts';
import { OutputStream } from './output.ts';
import type { OutputBudget } from './output.ts';
import type { Ending, Sandbox } from './sandbox.ts';

/** One answer; a million integers are 8 MB. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/**
 * The kernel has told us of the end, and with the first process of its namespace every other is gone: the rest of the pipes
 * and their ends come as soon as this process gets to read them, which on a busy machine is no moment. Only against hanging.
 */
const DRAIN_MS = 10_000;

/** Why we ended it. */
export type Stopped = 'wall' | 'output' | 'channel' | 'abort' | 'done';

export interface Death {
  status: 'memory_limit' | 'output_limit' | 'time_limit' | 'runtime_error';
  limit?: RunLimit;
}

export class Attempt {
  readonly sandbox: Sandbox;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly answers: MessageReader;
  stopped: Stopped | null = null;
  ending: Ending | null = null;
  readonly #module: LanguageModule;
  #timer: NodeJS.Timeout | null = null;

  constructor(sandbox: Sandbox, module: LanguageModule, budget: OutputBudget, tell: { stdout: (text: string) => void; stderr: (text: string) => void } | null) {
    this.sandbox = sandbox;
    this.#module = module;
    this.stdout = new OutputStream(sandbox.pipes.stdout, budget, tell?.stdout ?? null);
    this.stderr = new OutputStream(sandbox.pipes.stderr, budget, tell?.stderr ?? null);
    this.answers = new MessageReader(sandbox.pipes.answers, MAX_ANSWER_BYTES);
    void sandbox.ended.then((ending) => {
      this.ending = ending;
    });
  }

  /** From here on candidate code is inside. */
  begin(request: RunRequest, entry: EntryPoint | null, artefact: Artefact | null, moduleSource: boolean): void {
    const { control } = this.sandbox.pipes;
    // Before the job: a program may look at its input at once.
    if (!entry && request.stdin) this.sandbox.pipes.fillStdin(request.stdin);
    const job: Job = { mode: entry ? 'tests' : 'program', files: request.files, main: request.fileName, args: request.args ?? [], isModule: moduleSource, entry, signature: signatureFor(request, entry) };
    if (this.#module.pack) sendBytes(control, this.#module.pack(job, artefact));
    else {
      sendJson(control, { ...job, ...artefact?.details });
      if (artefact) sendBytes(control, artefact.bytes);
    }
    if (!entry) control.end();
  }

  /** Ends it after this time unless the limit is set anew. */
  limit(ms: number | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = ms === null ? null : setTimeout(() => this.stop('wall'), ms);
  }

  stop(why: Stopped): void {
    this.stopped ??= why;
    this.sandbox.kill();
  }

  /** Waits for the end and for the rest of the output. */
  async finish(): Promise<Ending> {
    const ending = await this.sandbox.ended;
    this.limit(null);
    await Promise.race([Promise.all([this.stdout.finished, this.stderr.finished]), delay(DRAIN_MS)]);
    return ending;
  }

  async destroy(): Promise<void> {
    this.limit(null);
    if (this.ending === null) this.stopped ??= 'done';
    await this.sandbox.destroy();
  }

  /** What it died of; null when it ended by itself with 0. `stderr` is evidence where the kernel has none. */
  deathBy(stderr: string): Death | null {
    const { ending, stopped, sandbox } = this;
    if (stopped === 'output') return { status: 'output_limit', limit: 'output' };
    const outOfMemory = sandbox.outOfMemory() || (ending !== null && this.#module.ranOutOfMemory(ending, stderr));
    if (outOfMemory) return { status: 'memory_limit', limit: 'memory' };
    if (sandbox.tooManyFiles()) return { status: 'runtime_error', limit: 'disk' };
    if (stopped === 'wall') return { status: 'time_limit', limit: 'wall' };
    if (ending?.exitCode === 0 && stopped === null) return null;
    const limit = diskLimit(ending, stderr) ? 'disk' : sandbox.refusedProcesses() > 0 || NO_PROCESS.test(stderr.slice(-4_000)) ? 'processes' : undefined;
    return { status: 'runtime_error', ...(limit ? { limit } : {}) };
  }
}

/** The template's signature says nothing about another function of the candidate's own. */
function signatureFor(request: RunRequest, entry: EntryPoint | null): Job['signature'] {
  const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
  const signature = request.tests?.signature;
  return signature && entry && plain(signature.name) === plain(entry.name) ? signature : undefined;
}

const NO_SPACE = /No space left on device|ENOSPC|File too large|EFBIG|Disk quota exceeded/;
const NO_PROCESS = /can't start new thread|unable to create (?:new )?native thread|Resource temporarily unavailable|EAGAIN|BlockingIOError: \[Errno 11\]/;

function diskLimit(ending: Ending | null, stderr: string): boolean {
  return ending?.signal === 'SIGXFSZ' || NO_SPACE.test(stderr.slice(-4_000));
}
