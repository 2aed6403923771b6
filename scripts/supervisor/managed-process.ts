/** One process that is kept running: started, waited for until ready, restarted when it dies, stopped within a budget. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Clock } from '#domain/clock.ts';
import { systemClock } from '#domain/clock.ts';
import { LogFile } from './log-file.ts';
import { lineForPerson } from './log-line.ts';
import { HEALTHY_AFTER_MS, MAX_ATTEMPTS_BEFORE_READY, restartDelayMs } from './restart-policy.ts';

/** How often a process that announces itself by HTTP is asked. */
const READY_POLL_MS = 100;
const READY_REQUEST_TIMEOUT_MS = 2_000;
/** A process that is not ready by then is taken for stuck. Models load in under a second, PGlite's first boot takes three. */
const DEFAULT_READY_TIMEOUT_MS = 90_000;

export interface ProcessSpec {
  /** Also the name of its log file. */
  name: string;
  command: string;
  args: string[];
  environment: NodeJS.ProcessEnv;
  folder: string;
  /** `message`: it sends `{type: 'ready'}` over IPC. `http`: this address answers 200. */
  ready: { kind: 'message' } | { kind: 'http'; url: string };
  readyTimeoutMs?: number;
}

export type ReadyMessage = { type: 'ready' } & Record<string, unknown>;

export interface ProcessEvents {
  /** Words for the person: a restart, a readiness after one, a warning from its log. */
  say(text: string): void;
  /** The process's number or its count of restarts changed. */
  changed(): void;
}

/** Thrown by `start` when a process was never ready. The message holds the end of its log. */
export class ProcessFailed extends Error {
  override name = 'ProcessFailed';
}

type State = 'idle' | 'starting' | 'ready' | 'waiting' | 'stopping' | 'stopped';

export class ManagedProcess {
  readonly name: string;
  restarts = 0;
  readonly #spec: ProcessSpec;
  readonly #events: ProcessEvents;
  readonly #clock: Clock;
  readonly #log: LogFile;
  #state: State = 'idle';
  #child: ChildProcess | null = null;
  #failures = 0;
  #hasBeenReady = false;
  /** What it serves has changed since it was launched. */
  #outdated = false;
  #readyAtMs = 0;
  #lastReady: ReadyMessage = { type: 'ready' };
  #cancelTimers: (() => void)[] = [];
  #settleStart: { resolve(message: ReadyMessage): void; reject(error: Error): void } | null = null;

  constructor(spec: ProcessSpec, logFile: string, events: ProcessEvents, clock: Clock = systemClock) {
    this.name = spec.name;
    this.#spec = spec;
    this.#events = events;
    this.#clock = clock;
    this.#log = new LogFile(logFile, (line) => {
      const words = lineForPerson(line);
      if (words) events.say(`[${spec.name}] ${words}`);
    });
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts it; resolves with its ready message. @throws ProcessFailed after several attempts without readiness. */
  start(): Promise<ReadyMessage> {
    return new Promise((resolve, reject) => {
      this.#settleStart = { resolve, reject };
      this.#launch();
    });
  }

  /** Ends the process and starts it anew at once, e.g. because what it serves has changed; one that is still starting as soon as it is ready. */
  restart(): void {
    if (this.#state === 'ready') this.#signal('SIGTERM');
    else this.#outdated = this.#state === 'starting';
  }

  /** Kills a process that does not answer any more; like any that dies it is started anew. */
  replace(): void {
    if (this.#state === 'ready') this.#signal('SIGKILL');
  }

  /** SIGTERM now, SIGKILL to it and its own children after `budgetMs`. Resolves when it is gone. */
  async stop(budgetMs: number): Promise<void> {
    const child = this.#child;
    this.#state = 'stopping';
    this.#clearTimers();
    this.#settleStart?.reject(new ProcessFailed(`${this.name} was stopped before it was ready.`));
    this.#settleStart = null;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      this.#signal('SIGTERM');
      const cancel = this.#clock.schedule(budgetMs, () => this.#signal('SIGKILL'));
      await gone;
      cancel();
    }
    this.#signal('SIGKILL');
    this.#state = 'stopped';
    this.#log.close();
  }

  /** SIGKILL to the process and everything it started, which are not started again. */
  kill(): void {
    this.#state = 'stopping';
    this.#clearTimers();
    this.#signal('SIGKILL');
  }

  #launch(): void {
    const { command, args, folder, environment } = this.#spec;
    this.#state = 'starting';
    this.#outdated = false;
    this.#log.forget();
    // A group of its own: Ctrl-C in the terminal reaches only the supervisor, which stops the processes in order.
    const child = spawn(command, args, { cwd: folder, env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    const write = (chunk: Buffer) => {
      if (this.#state !== 'stopped') this.#log.write(chunk);
    };
    child.stdout?.on('data', write);
    child.stderr?.on('data', write);
    child.on('message', (message) => {
      if (this.#spec.ready.kind === 'message' && isReady(message)) this.#becameReady(child, message);
    });
    let ended = false;
    const end = (how: string) => {
      if (!ended) this.#ended(how);
      ended = true;
    };
    child.on('error', (error) => end(`could not be started: ${error.message}`));
    // `close` comes after the last output, so that the tail is whole; a grandchild may keep the pipes open for longer.
    child.on('exit', (code, signal) => {
      if (this.#state === 'stopping' || this.#state === 'stopped') return;
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      child.once('close', () => end(how));
      this.#timer(500, () => end(how));
    });
    this.#events.changed();
    if (this.#spec.ready.kind === 'http') void this.#pollUntilReady(child, this.#spec.ready.url);
    this.#timer(this.#spec.readyTimeoutMs ?? DEFAULT_READY_TIMEOUT_MS, () => {
      if (this.#child === child && this.#state === 'starting') {
        this.#log.write('Spool ended this process because it was not ready in time.\n');
        this.#signal('SIGKILL');
      }
    });
  }

  async #pollUntilReady(child: ChildProcess, url: string): Promise<void> {
    while (this.#child === child && this.#state === 'starting') {
      const answered = await fetch(url, { signal: AbortSignal.timeout(READY_REQUEST_TIMEOUT_MS) }).then(
        async (response) => (await response.body?.cancel(), response.status === 200),
        () => false,
      );
      if (answered) return this.#becameReady(child, { type: 'ready' });
      await new Promise<void>((resolve) => this.#clock.schedule(READY_POLL_MS, resolve));
    }
  }

  #becameReady(child: ChildProcess, message: ReadyMessage): void {
    if (this.#child !== child || this.#state !== 'starting') return;
    this.#state = 'ready';
    this.#lastReady = message;
    this.#readyAtMs = this.#clock.monotonicMs();
    this.#clearTimers();
    if (this.#hasBeenReady) this.#events.say(`${this.name} is ready again.`);
    this.#hasBeenReady = true;
    this.#settleStart?.resolve(this.#lastReady);
    this.#settleStart = null;
    this.#events.changed();
    if (this.#outdated) this.#signal('SIGTERM');
  }

  #ended(how: string): void {
    if (this.#state === 'stopping' || this.#state === 'stopped') return;
    this.#clearTimers();
    // Nothing it started may live on beside its successor.
    this.#signal('SIGKILL');
    const wasHealthy = this.#state === 'ready' && this.#clock.monotonicMs() - this.#readyAtMs >= HEALTHY_AFTER_MS;
    this.#failures = wasHealthy ? 1 : this.#failures + 1;
    this.#state = 'waiting';
    const tail = this.#log.tail().map((line) => `    ${line}`).join('\n');
    const because = tail ? `The end of its log (${this.#log.path}):\n${tail}` : `It said nothing; its log is ${this.#log.path}.`;
    if (!this.#hasBeenReady && this.#failures >= MAX_ATTEMPTS_BEFORE_READY) {
      this.#state = 'idle';
      this.#settleStart?.reject(new ProcessFailed(`${this.name} ${how} and was never ready, ${this.#failures} times in a row. ${because}`));
      this.#settleStart = null;
      return;
    }
    const delayMs = restartDelayMs({ failures: this.#failures, hasBeenReady: this.#hasBeenReady });
    const again = `Starting it again in ${delayMs / 1000} s.`;
    this.#events.say(this.#hasBeenReady ? `${this.name} ${how}. ${again}` : `${this.name} ${how} before it was ready. ${again} ${because}`);
    this.restarts += 1;
    this.#events.changed();
    this.#timer(delayMs, () => this.#launch());
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      // SIGTERM goes to the process alone, which knows how to stop its own; SIGKILL to the whole group.
      process.kill(signal === 'SIGKILL' ? -pid : pid, signal);
    } catch {
      // Already gone.
    }
  }

  #timer(delayMs: number, run: () => void): void {
    this.#cancelTimers.push(this.#clock.schedule(delayMs, run));
  }

  #clearTimers(): void {
    for (const cancel of this.#cancelTimers) cancel();
    this.#cancelTimers = [];
  }
}

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && (message as { type?: unknown }).type === 'ready';
}
