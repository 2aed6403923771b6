/**
 * A supervised inference child: spawned on first use, restarted with bounded backoff when it dies. Requests in flight
 * at a crash are sent once more to the next child (inference is pure), then fail with `engine.failed`.
 */
import { fork, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { endChild } from '#adapters/child-process/end-child.ts';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { EngineSpec, FromChild, InferenceNotice, InferenceRequest, LoadAnswer, MemoryAnswer, ToChild } from './inference-messages.ts';
import { nativeLibraryEnvironment } from './model-files.ts';
import type { SpeechLog } from './speech-log.ts';

/** First restart at once, so a single crash costs a load time only; then doubling. */
const RESTART_BACKOFF_MS = [0, 250, 500, 1_000, 2_000, 4_000] as const;
/** A child that lived this long has earned a fresh backoff. */
export const HEALTHY_AFTER_MS = 30_000;
/** A load takes about half a second; a busy small machine may need many times that. */
const LOAD_TIMEOUT_MS = 30_000;
/** Attempts in all for a request that was in flight when its child died. */
const MAX_ATTEMPTS = 2;
/** After the channel is closed a child leaves by itself unless it is in native code; then it is killed. */
const EXIT_GRACE_MS = 500;

interface Pending {
  message: InferenceRequest & { id: number };
  attempts: number;
  sent: boolean;
  onBegin: (() => void) | undefined;
  onChunk: ((samples: Int16Array) => void) | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  cancelTimer(): void;
}

export interface InferenceChildOptions {
  spec: EngineSpec;
  clock: Clock;
  log: SpeechLog;
  /** Runs at low priority. */
  background?: boolean;
}
/** A tenth of the processor against a normal process that wants all of it, all of it when nobody does. */
const BACKGROUND_NICENESS = 10;

export class InferenceChild {
  readonly #spec: EngineSpec;
  readonly #clock: Clock;
  readonly #log: SpeechLog;
  readonly #background: boolean;
  readonly #pending = new Map<number, Pending>();
  #process: ChildProcess | undefined;
  #loaded: LoadAnswer | undefined;
  #whenLoaded: { resolve(answer: LoadAnswer): void; reject(error: unknown): void }[] = [];
  #nextId = 1;
  #failuresInRow = 0;
  #startedAtMs = 0;
  #cancelRestart: (() => void) | undefined;
  #cancelLoadTimer: (() => void) | undefined;
  #stopped = false;

  constructor(options: InferenceChildOptions) {
    this.#spec = options.spec;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#background = options.background ?? false;
  }

  /** Process id while a child runs, for tests and doctor. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts the child if needed and resolves once its engine is loaded. @throws SpoolError `engine.failed` */
  ready(): Promise<LoadAnswer> {
    if (this.#stopped) return Promise.reject(stoppedError());
    if (this.#loaded) return Promise.resolve(this.#loaded);
    return new Promise((resolve, reject) => {
      this.#whenLoaded.push({ resolve, reject });
      this.#start();
    });
  }

  /**
   * Asks the child. `timeoutMs` covers waiting for a (re)start and the work; a child that holds a request longer is
   * taken for hung and killed. `onBegin`: chunks come from the first on, once more after a death. @throws SpoolError `engine.failed`, `engine.timeout`
   */
  request<T>(message: InferenceRequest, options: { timeoutMs: number; onBegin?: () => void; onChunk?: (samples: Int16Array) => void; signal?: AbortSignal }): Promise<T> {
    if (this.#stopped) return Promise.reject(stoppedError());
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      const settle = (): void => {
        this.#pending.delete(id);
        pending.cancelTimer();
        signal?.removeEventListener('abort', onAbort);
      };
      const pending: Pending = {
        message: { ...message, id },
        attempts: 0,
        sent: false,
        onBegin: options.onBegin,
        onChunk: options.onChunk,
        resolve: (value) => (settle(), resolve(value as T)),
        reject: (error) => (settle(), reject(error)),
        cancelTimer: this.#clock.schedule(options.timeoutMs, () => this.#onTimeout(id)),
      };
      const onAbort = (): void => {
        if (pending.sent) this.notify({ op: 'cancel', id });
        pending.reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, pending);
      // A starting child handles its messages in order, the load first, so nothing need wait for `ready` here.
      if (this.#process) this.#send(pending);
      else this.#start();
    });
  }

  /** Sends a message without an answer; nothing happens when no child runs. */
  notify(message: InferenceNotice): void {
    this.#write(message);
  }

  /** Resident memory of the child in bytes; 0 while none runs. */
  async rssBytes(): Promise<number> {
    if (!this.#loaded) return 0;
    return (await this.request<MemoryAnswer>({ op: 'memory' }, { timeoutMs: LOAD_TIMEOUT_MS })).rssBytes;
  }

  /** Ends the child within a second; everything pending fails. Mirrors the lazy start; may be called twice. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRestart?.();
    this.#cancelLoadTimer?.();
    this.#failEverything(stoppedError());
    await endChild(this.#process, this.#clock, EXIT_GRACE_MS);
  }

  #start(): void {
    if (this.#process || this.#cancelRestart || this.#stopped) return;
    this.#startedAtMs = this.#clock.monotonicMs();
    const child = fork(fileURLToPath(new URL('./inference-process.ts', import.meta.url)), [], {
      serialization: 'advanced',
      execArgv: [],
      // Nothing is inherited: native code that reads model files has no use for our keys.
      env: { NODE_ENV: 'production', ...nativeLibraryEnvironment() },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#process = child;
    if (this.#background && child.pid !== undefined) lowerPriority(child.pid);
    // What is still in the pipe of one that is dead is nobody's any more.
    child.on('message', (message) => this.#process === child && this.#onMessage(message as FromChild));
    child.on('error', () => this.#onGone(child, 'spawn'));
    child.on('exit', (_code, signal) => this.#onGone(child, signal ?? 'exit'));
    this.#cancelLoadTimer = this.#clock.schedule(LOAD_TIMEOUT_MS, () => child.kill('SIGKILL'));
    this.#write({ op: 'load', spec: this.#spec });
    for (const pending of [...this.#pending.values()]) this.#send(pending);
  }

  #onMessage(message: FromChild): void {
    if (message.op === 'ready') {
      this.#cancelLoadTimer?.();
      this.#loaded = message;
      this.#log.info({ engine: this.#spec.engine, loadMs: Math.round(message.loadMs) }, 'Inference child is ready.');
      for (const waiter of this.#whenLoaded.splice(0)) waiter.resolve(message);
      return;
    }
    if (message.op === 'load_failed') {
      this.#log.warn({ engine: this.#spec.engine, reason: message.reason }, 'Engine could not be loaded.');
      this.#failEverything(new SpoolError('engine.failed', 'Engine could not be loaded.', { fields: { engine: this.#spec.engine } }));
      this.#process?.kill('SIGKILL');
      return;
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.op === 'chunk') pending.onChunk?.(message.samples);
    else if (message.op === 'answer') pending.resolve(message.value);
    else pending.reject(new SpoolError('engine.failed', 'Engine failed on a request.', { fields: { engine: this.#spec.engine, reason: message.reason } }));
  }

  /** The child is no more: fail what has used up its attempts, keep the rest for the next child. */
  #onGone(child: ChildProcess, how: string): void {
    if (this.#process !== child) return;
    const wasLoaded = this.#loaded !== undefined;
    this.#process = undefined;
    this.#loaded = undefined;
    this.#cancelLoadTimer?.();
    if (this.#stopped) return;
    this.#log.warn({ engine: this.#spec.engine, how, inFlight: this.#pending.size }, 'Inference child ended.');
    const livedMs = this.#clock.monotonicMs() - this.#startedAtMs;
    this.#failuresInRow = livedMs >= HEALTHY_AFTER_MS ? 1 : this.#failuresInRow + 1;
    for (const pending of [...this.#pending.values()]) {
      if (pending.attempts >= MAX_ATTEMPTS) pending.reject(new SpoolError('engine.failed', 'Engine crashed on a request twice.', { fields: { engine: this.#spec.engine } }));
      else pending.sent = false;
    }
    if (this.#failuresInRow >= MAX_ATTEMPTS) {
      for (const waiter of this.#whenLoaded.splice(0)) waiter.reject(new SpoolError('engine.failed', 'Engine crashed while loading.', { fields: { engine: this.#spec.engine } }));
    }
    const delayMs = RESTART_BACKOFF_MS[Math.min(this.#failuresInRow, RESTART_BACKOFF_MS.length) - 1]!;
    this.#cancelRestart = this.#clock.schedule(delayMs, () => {
      this.#cancelRestart = undefined;
      // One that never loaded is tried again only when somebody wants it.
      if (wasLoaded || this.#pending.size > 0 || this.#whenLoaded.length > 0) this.#start();
    });
  }

  #onTimeout(id: number): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    const { sent } = pending;
    pending.reject(
      sent
        ? new SpoolError('engine.timeout', 'Engine did not answer in time.', { fields: { engine: this.#spec.engine } })
        : new SpoolError('engine.failed', 'Engine could not be started in time.', { fields: { engine: this.#spec.engine } }),
    );
    if (sent) this.#process?.kill('SIGKILL');
  }

  #failEverything(error: SpoolError): void {
    for (const waiter of this.#whenLoaded.splice(0)) waiter.reject(error);
    for (const pending of [...this.#pending.values()]) pending.reject(error);
  }

  #send(pending: Pending): void {
    pending.attempts += 1;
    pending.sent = true;
    pending.onBegin?.();
    this.#write(pending.message);
  }

  /** A write to a child that is dying is answered by its exit event, so its error needs no handling of its own. */
  #write(message: ToChild): void {
    if (this.#process?.connected) this.#process.send(message, () => {});
  }
}

function stoppedError(): SpoolError {
  return new SpoolError('engine.failed', 'Speech engines are stopped.');
}

function lowerPriority(pid: number): void {
  try {
    os.setPriority(pid, BACKGROUND_NICENESS);
  } catch {
    // It is gone already, which `exit` tells.
  }
}
