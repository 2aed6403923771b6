/**
 * Sentence vectors of this machine, as `Embedder` and `TopicPlacer`. The model runs in a child process that starts at the
 * first request and ends when nobody has asked for a while. When it dies, what it was asked fails and the next request,
 * after a pause, starts another: everything here is a help that its callers do without.
 */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChild } from '#adapters/child-process/end-child.ts';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';
import type { Embedder, TopicPlacer } from '#domain/interests/ports.ts';
import type { Log } from '#domain/log.ts';
import type { EmbedAnswer, EmbeddingRequest, FromChild, PlaceAnswer, ToChild } from './messages.ts';
import { missingPackages, MODEL_NAME } from './sentence-model.ts';

/** Requests under way and waiting, all callers together; a sentence with topics is one. */
const MAX_WAITING = 64;
/** Texts of one request: more than any profile or sentence has topics; about 3 s of work. */
export const MAX_TEXTS = 1_000;
/** Starting takes about half a second and a full queue some seconds; a child that takes longer hangs. */
const ANSWER_WITHIN_MS = 20_000;
/** Gives back its 240 MB when nobody talks about interests. */
export const IDLE_END_MS = 10 * 60_000;
/** After a death; the next follows later. One that answered begins anew. */
export const PAUSES_AFTER_DEATH_MS = [1_000, 5_000, 30_000, 300_000] as const;
/** A child leaves by itself when its channel closes, unless it computes; then it is killed. */
const EXIT_GRACE_MS = 300;

interface Pending {
  resolve(value: EmbedAnswer | PlaceAnswer): void;
  reject(error: unknown): void;
}
export interface LocalEmbeddingsOptions {
  /** Absolute; vectors of the listed topics are kept in `<dataDir>/cache/`. */
  dataDir: string;
  clock: Clock;
  log: Log;
}

export interface EmbeddingProbe {
  engine: string;
  available: boolean;
  /** One sentence: why it is there or not. */
  why: string;
  improveWith?: string;
}
/** What doctor shows. Looks at files only. */
export function probeLocalEmbeddings(): EmbeddingProbe {
  const [missing] = missingPackages();
  if (missing) return { engine: MODEL_NAME, available: false, why: `The package ${missing} is not installed: topics are placed by spelling, and profiles get no summary.`, improveWith: './spool up' };
  return { engine: MODEL_NAME, available: true, why: 'The Universal Sentence Encoder (lite, English) comes with the npm packages and places topics by what they mean.' };
}

export class LocalEmbeddings implements Embedder, TopicPlacer {
  readonly name = MODEL_NAME;
  readonly #cacheFolder: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | undefined;
  #nextId = 1;
  #deathsInRow = 0;
  #restsUntilMs = -Infinity;
  #cancelIdle: (() => void) | undefined;
  #stopped = false;

  constructor({ dataDir, clock, log }: LocalEmbeddingsOptions) {
    this.#cacheFolder = path.join(dataDir, 'cache');
    this.#clock = clock;
    this.#log = log;
  }

  /** Process id while a child runs, for tests. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    if (texts.length === 0) return [];
    const { vectors } = await this.#ask<EmbedAnswer>({ op: 'embed', texts }, texts.length, signal);
    return texts.map((_text, at) => vectors.slice(at * VECTOR_DIMENSIONS, (at + 1) * VECTOR_DIMENSIONS));
  }

  prepare(): void {
    if (this.#mayStart()) this.#write({ op: 'prepare' });
  }

  async place(topics: string[], signal?: AbortSignal): ReturnType<TopicPlacer['place']> {
    signal?.throwIfAborted();
    if (topics.length === 0) return [];
    const { places } = await this.#ask<PlaceAnswer>({ op: 'place', topics }, topics.length, signal);
    if (!places) throw new SpoolError('engine.busy', 'The listed topics have no vectors yet.');
    return places.map((place) => place ?? undefined);
  }

  /** Ends the child within half a second; what was asked fails. May be called twice. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#end();
  }

  #ask<Answer extends EmbedAnswer | PlaceAnswer>(request: EmbeddingRequest, texts: number, signal: AbortSignal | undefined): Promise<Answer> {
    if (texts > MAX_TEXTS) return Promise.reject(new SpoolError('engine.rejected', 'More texts than are embedded at once.', { fields: { texts } }));
    if (this.#pending.size >= MAX_WAITING) return Promise.reject(new SpoolError('engine.busy', 'The embedding queue is full.'));
    if (!this.#mayStart()) return Promise.reject(new SpoolError('engine.failed', 'Embeddings are stopped, or rest after a failure.'));
    const id = this.#nextId++;
    return new Promise<Answer>((resolve, reject) => {
      const settle = (): void => {
        this.#pending.delete(id);
        cancelTimer();
        signal?.removeEventListener('abort', onAbort);
        this.#endWhenIdle();
      };
      const onAbort = (): void => (settle(), reject(signal?.reason));
      const cancelTimer = this.#clock.schedule(ANSWER_WITHIN_MS, () => {
        settle();
        reject(new SpoolError('engine.timeout', 'Embedding took too long.'));
        this.#child?.kill('SIGKILL');
      });
      this.#pending.set(id, { resolve: (value) => (settle(), resolve(value as Answer)), reject: (error) => (settle(), reject(error)) });
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#write({ ...request, id });
    });
  }

  #mayStart(): boolean {
    return !this.#stopped && (this.#child !== undefined || this.#clock.monotonicMs() >= this.#restsUntilMs);
  }

  /** A write to a child that is dying is answered by its exit, so its error needs no handling of its own. */
  #write(message: ToChild): void {
    const child = (this.#child ??= this.#start());
    if (child.connected) child.send(message, () => {});
    this.#endWhenIdle();
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./embedding-process.ts', import.meta.url)), [this.#cacheFolder], {
      serialization: 'advanced',
      execArgv: [],
      // Nothing is inherited: it needs no keys.
      env: { NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (message) => this.#hear(message as FromChild));
    child.on('error', () => this.#died(child, 'spawn'));
    child.on('exit', (code, signal) => this.#died(child, signal ?? `exit ${code}`));
    return child;
  }

  #hear(message: FromChild): void {
    switch (message.op) {
      case 'loaded':
        return this.#log.info({ model: MODEL_NAME, loadMs: Math.round(message.loadMs) }, 'The sentence model is ready.');
      case 'topics':
        return this.#log.info({ texts: message.texts, tookMs: Math.round(message.tookMs), cached: message.cached }, 'The listed topics have their vectors.');
      case 'answer':
        this.#deathsInRow = 0;
        return this.#pending.get(message.id)?.resolve(message.value);
      case 'failed':
        return this.#pending.get(message.id)?.reject(new SpoolError('engine.failed', 'The sentence model failed on a request.', { fields: { reason: message.reason } }));
    }
  }

  #died(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    const pauseMs = PAUSES_AFTER_DEATH_MS[Math.min(this.#deathsInRow, PAUSES_AFTER_DEATH_MS.length - 1)]!;
    this.#deathsInRow += 1;
    this.#restsUntilMs = this.#clock.monotonicMs() + pauseMs;
    this.#log.warn({ how, inFlight: this.#pending.size, pauseMs }, 'The embedding child ended; topics are placed by spelling until it is back.');
    this.#failEverything();
  }

  #endWhenIdle(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = this.#stopped || !this.#child ? undefined : this.#clock.schedule(IDLE_END_MS, () => void this.#end());
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#failEverything();
    this.#cancelIdle?.();
    this.#cancelIdle = undefined;
    await endChild(child, this.#clock, EXIT_GRACE_MS);
  }

  #failEverything(): void {
    for (const pending of [...this.#pending.values()]) pending.reject(new SpoolError('engine.failed', 'The embedding child is gone.'));
  }
}
