/** Streams by RTMP: nginx writes down what senders send, one file for each time they come. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { asSpoolError } from '#domain/errors.ts';
import type { SpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import { APPEARS_WITHIN_MS } from '#domain/meetings/ingest/claims.ts';
import type { IncomingStream, StreamIntake, StreamStatus } from '#domain/meetings/ingest/ports.ts';
import { ingestFolder, prepareIngestFolder } from './availability.ts';
import { decodeAudio } from './decode-audio.ts';
import { NginxProcess } from './nginx-process.ts';
import { openPublishDoor } from './publish-door.ts';
import type { PublishDoor } from './publish-door.ts';
import { isNoSound, waitsTooMuch } from './recording-size.ts';
import type { RtmpTools } from './rtmp-tools.ts';
import { tailFlv } from './tail-flv.ts';
import { unprivileged } from './unprivileged.ts';

const LOOK_EVERY_MS = 500;
/** Between two attempts to start an nginx that does not. */
const START_AGAIN_MS = 2_000;
/** `<session>-<ms>.flv`: what is known of a stream survives any of us. */
const FILE_NAME = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-(\d{12,14})\.flv$/;
const MAX_SOCKET_PATH_BYTES = 85;

export interface RtmpIntakeOptions {
  tools: RtmpTools;
  dataDir: string;
  host: string;
  port: number;
  clock: Clock;
  log: Log;
  /** The session the key belongs to; null: the sender is refused. */
  admit: (key: string) => Promise<string | null>;
  /** nginx runs, or why it does not. */
  onState: (problem: SpoolError | null) => void;
}

interface Known extends StreamStatus {
  stream: IncomingStream;
  file: string;
  admittedAtMs: number;
}

export class RtmpIntake implements StreamIntake {
  readonly #options: RtmpIntakeOptions;
  readonly #recordings: string;
  readonly #nginx: NginxProcess;
  readonly #socket: string;
  readonly #known = new Map<string, Known>();
  readonly #listeners: (() => void)[] = [];
  #door: PublishDoor | null = null;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #restarting = false;
  #stopped = false;
  #lastProblem: string | null = null;
  #cancel: () => void = () => {};
  #cancelStart: () => void = () => {};

  constructor(options: RtmpIntakeOptions) {
    this.#options = options;
    const { tools, host, port, clock } = options;
    const folder = path.join(ingestFolder(options.dataDir), 'nginx');
    const sockets = socketPrefix(folder);
    this.#recordings = path.join(folder, 'recordings');
    this.#socket = path.resolve(folder, `${sockets}calls.sock`);
    prepareIngestFolder(options.dataDir);
    makeFolders([folder, this.#recordings, path.dirname(this.#socket)]);
    this.#nginx = new NginxProcess({ tools, folder, sockets, host, port, clock, onExit: () => void this.#nginxIsDown() });
  }

  /** Takes over what an earlier process left: files, and an nginx that goes on writing them. */
  async start(): Promise<void> {
    if (this.#stopped) return;
    const publishing = await this.#nginx.publishing();
    if (this.#stopped) return;
    for (const name of fs.readdirSync(this.#recordings).toSorted()) {
      const stream = streamOf(name);
      if (stream === null) continue;
      const live = publishing?.has(nameOf(stream)) ?? false;
      this.#learn(stream, { live, brokeDown: !live, admittedAtMs: 0 });
    }
    this.#door = await openPublishDoor({ socket: this.#socket, admit: (key) => this.#admit(key), done: () => void this.#look() });
    if (this.#stopped) return this.#door.stop();
    await this.#startNginx();
    if (!this.#stopped) this.#repeat();
  }

  /** Senders lose their connection; what they sent can be read to its end, and what is not removed stays for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    this.#cancelStart();
    await this.#nginx.stop();
    this.#breakDown();
    await this.#door?.stop();
    await this.#looking;
  }

  streams(): IncomingStream[] {
    return [...this.#known.values()].map(({ stream }) => stream).toSorted((a, b) => a.publishedAtMs - b.publishedAtMs);
  }

  status(stream: IncomingStream): StreamStatus {
    const { live = false, lastArrivalMs = stream.publishedAtMs, brokeDown = false } = this.#known.get(nameOf(stream)) ?? {};
    return { live, lastArrivalMs, brokeDown };
  }

  async *read(stream: IncomingStream, fromSample: number, signal: AbortSignal): AsyncGenerator<Int16Array> {
    const { clock, tools } = this.#options;
    const known = this.#known.get(nameOf(stream));
    if (!known) return;
    const left = new AbortController();
    try {
      const tags = tailFlv(known.file, { complete: () => !known.live, clock, signal: AbortSignal.any([signal, left.signal]) });
      yield* decodeAudio({ ffmpeg: tools.ffmpeg, tags, fromSample, signal });
    } finally {
      left.abort();
    }
  }

  cut(stream: IncomingStream): void {
    const known = this.#known.get(nameOf(stream));
    if (!known?.live) return;
    known.live = false;
    void this.#nginx.drop(nameOf(stream));
    this.#changed();
  }

  remove(stream: IncomingStream): void {
    this.cut(stream);
    const known = this.#known.get(nameOf(stream));
    if (!known) return;
    fs.rmSync(known.file, { force: true });
    this.#known.delete(nameOf(stream));
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The one who comes takes the place of one that is still there: who may come was decided before. */
  async #admit(key: string): Promise<string | null> {
    const sessionId = await this.#options.admit(key);
    if (sessionId === null || this.#stopped) return null;
    const others = [...this.#known.values()].filter(({ stream }) => stream.sessionId === sessionId);
    if (waitsTooMuch(others.map(({ file }) => sizeOf(file)))) {
      this.#options.log.warn({ sessionId }, 'A sender was refused: too much of its meeting is not in the session yet.');
      return null;
    }
    for (const { stream } of others) this.cut(stream);
    const nowMs = this.#options.clock.nowMs();
    const stream = { sessionId, publishedAtMs: Math.max(nowMs, ...others.map((other) => other.stream.publishedAtMs + 1)) };
    this.#learn(stream, { live: true, brokeDown: false, admittedAtMs: nowMs });
    this.#changed();
    return nameOf(stream);
  }

  #learn(stream: IncomingStream, { live, brokeDown, admittedAtMs }: { live: boolean; brokeDown: boolean; admittedAtMs: number }): void {
    const file = path.join(this.#recordings, `${nameOf(stream)}.flv`);
    this.#known.set(nameOf(stream), { stream, file, live, brokeDown, admittedAtMs, lastArrivalMs: writtenAtMs(file) ?? stream.publishedAtMs });
  }

  #repeat(): void {
    this.#cancel = this.#options.clock.schedule(LOOK_EVERY_MS, () => void this.#look().finally(() => this.#stopped || this.#repeat()));
  }

  /** Compares what nginx has with what is known; asked for while it runs, it runs once more. */
  async #look(): Promise<void> {
    this.#lookAgain = true;
    this.#looking ??= (async () => {
      while (this.#lookAgain && !this.#stopped) {
        this.#lookAgain = false;
        await this.#compare().catch((error: unknown) => this.#options.log.warn(traceOf(error), 'Looking after incoming streams failed; it is tried again.'));
      }
    })().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #compare(): Promise<void> {
    const { clock } = this.#options;
    const askedAtMs = clock.nowMs();
    // Before asking: nginx may let a sender in between its answer and a look at the files.
    const begun = new Set([...this.#known].flatMap(([name, { file }]) => (writtenAtMs(file) === null ? [] : [name])));
    const publishing = await this.#nginx.publishing();
    if (this.#stopped || this.#restarting) return;
    if (publishing === null) return this.#nginxIsDown();
    let changed = false;
    // Shown out, but still connected.
    for (const name of publishing) if (!this.#known.get(name)?.live) void this.#nginx.drop(name);
    for (const [name, known] of this.#known) {
      known.lastArrivalMs = Math.max(known.lastArrivalMs, writtenAtMs(known.file) ?? 0);
      if (known.live && isNoSound(sizeOf(known.file), known.lastArrivalMs - known.stream.publishedAtMs)) {
        this.#options.log.warn({ sessionId: known.stream.sessionId }, 'A sender sends more than any sound has; it is shown out.');
        this.cut(known.stream);
      }
      if (!known.live || publishing.has(name) || (!begun.has(name) && askedAtMs - known.admittedAtMs < APPEARS_WITHIN_MS)) continue;
      known.live = false;
      if (!begun.has(name)) this.#known.delete(name);
      changed = true;
    }
    if (changed) this.#changed();
  }

  /** Its senders are gone with it; they come back once it runs again. */
  async #nginxIsDown(): Promise<void> {
    if (this.#restarting || this.#stopped) return;
    this.#options.log.warn({ streams: this.#breakDown() }, 'nginx has ended; it is started again.');
    await this.#startNginx();
  }

  /** All senders are gone, and not because they left. @returns how many there were */
  #breakDown(): number {
    const lost = [...this.#known.values()].filter(({ live }) => live);
    for (const known of lost) {
      known.lastArrivalMs = Math.max(known.lastArrivalMs, writtenAtMs(known.file) ?? 0);
      Object.assign(known, { live: false, brokeDown: true });
    }
    if (lost.length > 0) this.#changed();
    return lost.length;
  }

  async #startNginx(): Promise<void> {
    this.#restarting = true;
    try {
      await this.#nginx.start();
    } catch (error) {
      if (this.#stopped) return;
      const problem = asSpoolError(error);
      const reason = String(problem.fields?.reason ?? problem.code);
      // Once, not with every attempt.
      if (reason !== this.#lastProblem) this.#options.log.warn({ code: reason, words: String(problem.fields?.words ?? '') }, 'nginx could not be started, so meetings cannot be streamed; it is tried again.');
      this.#lastProblem = reason;
      this.#options.onState(problem);
      // While attempts go on there is nothing to compare with.
      this.#cancelStart = this.#options.clock.schedule(START_AGAIN_MS, () => void this.#startNginx());
      return;
    }
    this.#restarting = false;
    if (this.#stopped) return this.#nginx.stop();
    this.#lastProblem = null;
    this.#options.onState(null);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function nameOf({ sessionId, publishedAtMs }: IncomingStream): string {
  return `${sessionId}-${publishedAtMs}`;
}

function streamOf(fileName: string): IncomingStream | null {
  const found = FILE_NAME.exec(fileName);
  return found ? { sessionId: found[1]!, publishedAtMs: Number(found[2]) } : null;
}

function writtenAtMs(file: string): number | null {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** A path that is too long for a socket is replaced by one below the temporary folder, the same for every process. */
function socketPrefix(folder: string): string {
  if (Buffer.byteLength(folder) <= MAX_SOCKET_PATH_BYTES) return '';
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return `${path.join(os.tmpdir(), `spool-ingest-${process.getuid?.() ?? 0}-${hash}`)}/`;
}

function makeFolders(folders: string[]): void {
  const owner = unprivileged();
  for (const folder of folders) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if ('uid' in owner) fs.chownSync(folder, owner.uid, owner.gid);
  }
}
