/**
 * javac that stays warm: a JVM in a sandbox of its own takes sources and gives classes. It serves several sessions one after
 * the other (it never loads what it compiled), and is replaced after some use, after anything unexpected, and when idle.
 */
import type { Clock } from '#domain/clock.ts';
import type { RunLimit } from '#domain/code/run.ts';
import { ChannelBroken, MessageReader, sendJson } from '../channel.ts';
import type { Message } from '../channel.ts';
import { COMPILE_LIMITS, COMPILE_WALL_MS } from '../compile-sandbox.ts';
import { Sandbox } from '../sandbox.ts';
import type { Recipe, SandboxHost } from '../sandbox.ts';

/** Then a fresh one takes its place, so that nothing gathers in it. */
const MAX_USES = 100;
/** More than one only while a compilation takes long. */
const MAX_SERVERS = 3;
const IDLE_MS = 15 * 60_000;
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

export interface JavaCompilation {
  exitCode: number | null;
  stderr: string;
  classes: Buffer | null;
  limit?: RunLimit;
}

interface Server {
  sandbox: Sandbox;
  answers: MessageReader;
  ready: Promise<boolean>;
  uses: number;
  busy: boolean;
}

export class JavaCompiler {
  readonly #host: SandboxHost;
  readonly #recipe: Recipe;
  readonly #clock: Clock;
  readonly #servers = new Set<Server>();
  readonly #waiting: (() => void)[] = [];
  readonly #ending = new Set<Promise<void>>();
  #cancelIdle: (() => void) | null = null;
  #stopped = false;

  constructor(host: SandboxHost, recipe: Recipe, clock: Clock) {
    this.#host = host;
    this.#recipe = recipe;
    this.#clock = clock;
  }

  /** Starts one ahead of time. */
  warmUp(): void {
    if (!this.#stopped && this.#servers.size === 0 && !this.#host.bare) this.#start();
    this.#used();
  }

  async compile(job: { main: string; files: { path: string; content: string }[] }, signal: AbortSignal): Promise<JavaCompilation> {
    const server = await this.#lend(signal);
    let ended: 'wall' | 'abort' | undefined;
    const end = (why: 'wall' | 'abort') => {
      ended ??= why;
      server.sandbox.kill();
    };
    const cancel = this.#clock.schedule(COMPILE_WALL_MS, () => end('wall'));
    const abort = (): void => end('abort');
    signal.addEventListener('abort', abort, { once: true });
    let sound = false;
    try {
      if (!(await server.ready)) return { exitCode: null, stderr: '', classes: null };
      sendJson(server.sandbox.pipes.control, job);
      const told = await server.answers.next();
      if (told?.kind !== 'json') return await this.#dead(server, ended);
      const { exit, stderr } = JSON.parse(told.text) as { exit?: unknown; stderr?: unknown };
      const classes: Message | null = exit === 0 ? await server.answers.next() : null;
      if (typeof exit !== 'number' || typeof stderr !== 'string' || (exit === 0 && classes?.kind !== 'bytes')) return await this.#dead(server, ended);
      sound = ended === undefined;
      return { exitCode: exit, stderr, classes: classes?.kind === 'bytes' ? classes.bytes : null };
    } catch (error) {
      if (!(error instanceof ChannelBroken) && !(error instanceof SyntaxError)) throw error;
      return await this.#dead(server, ended);
    } finally {
      cancel();
      signal.removeEventListener('abort', abort);
      this.#giveBack(server, sound && !this.#host.bare);
      // The program comes to the same machine next.
      if (this.#host.bare) await Promise.all(this.#ending);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelIdle?.();
    for (const server of this.#servers) this.#end(server);
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all(this.#ending);
  }

  /** What it died of; only the limits have a name. */
  async #dead(server: Server, ended: 'wall' | 'abort' | undefined): Promise<JavaCompilation> {
    const { sandbox } = server;
    if (ended === undefined) sandbox.kill();
    const { exitCode } = await sandbox.ended;
    const limit: RunLimit | undefined = sandbox.outOfMemory() || exitCode === 3 ? 'memory' : ended === 'wall' ? 'wall' : undefined;
    const words = limit === 'memory' ? 'The compiler ran out of memory.\n' : limit === 'wall' ? `The compiler took longer than ${COMPILE_WALL_MS / 1000} s and was ended.\n` : '';
    return { exitCode: null, stderr: words, classes: null, ...(limit ? { limit } : {}) };
  }

  async #lend(signal: AbortSignal): Promise<Server> {
    this.#used();
    for (;;) {
      signal.throwIfAborted();
      const idle = [...this.#servers].find(({ busy }) => !busy) ?? (this.#servers.size < MAX_SERVERS && !this.#stopped ? this.#start() : undefined);
      if (idle) {
        idle.busy = true;
        idle.uses += 1;
        return idle;
      }
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  #giveBack(server: Server, sound: boolean): void {
    server.busy = false;
    const others = this.#servers.size - 1;
    if (!sound || server.uses >= MAX_USES || others > 0) {
      this.#end(server);
      if (others === 0) this.warmUp();
    }
    this.#waiting.shift()?.();
  }

  #start(): Server {
    const sandbox = new Sandbox(this.#host, this.#recipe);
    sandbox.pipes.stdout.resume();
    sandbox.pipes.stderr.resume();
    const answers = new MessageReader(sandbox.pipes.answers, MAX_MESSAGE_BYTES);
    const server: Server = { sandbox, answers, ready: answers.next().then((message) => message !== null, () => false), uses: 0, busy: false };
    this.#servers.add(server);
    return server;
  }

  #end(server: Server): void {
    this.#servers.delete(server);
    const ended = server.sandbox.destroy().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  #used(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = this.#clock.schedule(IDLE_MS, () => {
      for (const server of this.#servers) if (!server.busy) this.#end(server);
    });
  }
}

export const JAVA_COMPILE_LIMITS = { ...COMPILE_LIMITS, diskBytes: 16 * 1024 * 1024 };
