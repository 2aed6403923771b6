/**
 * Zoom's own streams behind the ingest's port: what comes is mixed and written to a file at once, so it is read as often as
 * asked, like a recording of nginx. Never run against Zoom itself; docs/meetings-ingest.md says what is missing for that.
 */
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import type { IncomingStream, SpokenSpan, StreamIntake, StreamStatus } from '#domain/meetings/ingest/ports.ts';
import { BYTES_PER_SAMPLE, bytesToSamples, samplesToBytes } from '#domain/stream/audio-format.ts';
import type { RtmsCredentials, RtmsStarted } from './messages.ts';
import { ParticipantMixer } from './participant-mixer.ts';
import { RtmsConnection } from './rtms-connection.ts';

const LOOK_EVERY_MS = 100;
const READ_BYTES = 65_536;
const FILE_NAME = /^([0-9a-f-]{36})-(\d{12,14})\.s16le$/;

export interface RtmsIntakeOptions {
  /** Recordings lie here. */
  folder: string;
  credentials: RtmsCredentials;
  clock: Clock;
  log: Log;
}

interface Known extends StreamStatus {
  stream: IncomingStream;
  file: string;
  connection: RtmsConnection | null;
  mixer: ParticipantMixer;
}

export class RtmsIntake implements StreamIntake {
  readonly #options: RtmsIntakeOptions;
  readonly #known = new Map<string, Known>();
  readonly #listeners: (() => void)[] = [];

  /** What an earlier process left is there to be read; its connection died with it. */
  constructor(options: RtmsIntakeOptions) {
    this.#options = options;
    fs.mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    for (const name of fs.readdirSync(options.folder)) {
      const found = FILE_NAME.exec(name);
      if (found) this.#learn({ sessionId: found[1]!, publishedAtMs: Number(found[2]) }, { live: false, brokeDown: true });
    }
  }

  /** Joins a stream that Zoom has announced (`meeting.rtms_started`) for the meeting. */
  join(sessionId: string, started: RtmsStarted): void {
    const { clock, credentials, log } = this.#options;
    const known = this.#learn({ sessionId, publishedAtMs: clock.nowMs() }, { live: true, brokeDown: false });
    const file = fs.openSync(known.file, 'wx', 0o600);
    const write = (samples: Int16Array) => {
      if (samples.length > 0) fs.writeSync(file, samplesToBytes(samples));
      known.lastArrivalMs = clock.nowMs();
    };
    known.connection = new RtmsConnection({
      started,
      credentials,
      onPacket: (packet) => write(known.mixer.push(packet)),
      onEnd: (problem) => {
        if (problem) log.warn({ sessionId, ...traceOf(problem), code: problem.code }, 'A stream of Zoom ended before its time.');
        write(known.mixer.flush());
        fs.closeSync(file);
        known.live = false;
        known.connection = null;
        this.#changed();
      },
    });
    this.#changed();
  }

  streams(): IncomingStream[] {
    return [...this.#known.values()].map(({ stream }) => stream).toSorted((a, b) => a.publishedAtMs - b.publishedAtMs);
  }

  status(stream: IncomingStream): StreamStatus {
    const { live = false, lastArrivalMs = stream.publishedAtMs, brokeDown = false } = this.#known.get(nameOf(stream)) ?? {};
    return { live, lastArrivalMs, brokeDown };
  }

  async *read(stream: IncomingStream, fromSample: number, signal: AbortSignal): AsyncGenerator<Int16Array> {
    const known = this.#known.get(nameOf(stream));
    if (!known) return;
    const file = await open(known.file, 'r');
    try {
      for (let position = fromSample * BYTES_PER_SAMPLE; !signal.aborted; ) {
        const last = !known.live;
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, position);
        const whole = bytesRead - (bytesRead % BYTES_PER_SAMPLE);
        position += whole;
        if (whole > 0) yield bytesToSamples(buffer.subarray(0, whole));
        else if (last) return;
        else await new Promise<void>((resolve) => this.#options.clock.schedule(LOOK_EVERY_MS, resolve));
      }
      signal.throwIfAborted();
    } finally {
      await file.close();
    }
  }

  spoken(stream: IncomingStream): SpokenSpan[] {
    return this.#known.get(nameOf(stream))?.mixer.spoken() ?? [];
  }

  cut(stream: IncomingStream): void {
    this.#known.get(nameOf(stream))?.connection?.close(null);
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

  #learn(stream: IncomingStream, { live, brokeDown }: { live: boolean; brokeDown: boolean }): Known {
    const file = path.join(this.#options.folder, `${nameOf(stream)}.s16le`);
    const known: Known = { stream, file, live, brokeDown, connection: null, mixer: new ParticipantMixer(), lastArrivalMs: fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? stream.publishedAtMs };
    this.#known.set(nameOf(stream), known);
    return known;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function nameOf({ sessionId, publishedAtMs }: IncomingStream): string {
  return `${sessionId}-${publishedAtMs}`;
}
