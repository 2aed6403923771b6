/**
 * People for tests and benchmarks: a participant made of the browser's own stream client with its outbox in memory, and a
 * raw connection that can say anything, wrong things included. Both speak to a real WebSocket.
 */
import { WebSocket } from 'ws';
import { Outbox } from '#components/live-session/outbox.ts';
import type { OutboxBlock, OutboxStorage } from '#components/live-session/outbox.ts';
import { StreamClient } from '#components/live-session/stream-client.ts';
import type { Ready, StreamClientPorts, StreamEnd, StreamSocket } from '#components/live-session/stream-client.ts';
import type { ConnectionState, Problem } from '#components/live-session/live-session-types.ts';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import { UPLINK_SAMPLE_RATE_HZ, samplesToMs } from '#domain/stream/audio-format.ts';
import { decodeDownlinkFrame, encodeUplinkFrame } from '#domain/stream/frames.ts';
import type { DownlinkFrame } from '#domain/stream/frames.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';

/** 40 ms, as the browser's microphone delivers. */
export const CAPTURE_SAMPLES = 640;
const DEFAULT_WAIT_MS = 60_000;
export type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

/** Waits for conditions over things that arrive; `poke` is called after each. */
class Waiters {
  #waiting = new Set<() => void>();

  poke(): void {
    for (const check of this.#waiting) check();
  }

  /** Resolves with the first value of `find` that is neither undefined, null nor false. @throws when `timeoutMs` pass before */
  until<T>(what: string, find: () => T | undefined | null | false, timeoutMs = DEFAULT_WAIT_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = find();
        if (found === undefined || found === null || found === false) return;
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}.`));
      }, timeoutMs);
      this.#waiting.add(check);
      check();
    });
  }
}

/** Storage of an outbox in memory: what a reload of the tab would find. `failure` makes every write fail. */
export class MemoryOutboxStorage implements OutboxStorage {
  blocks = new Map<number, OutboxBlock>();
  failure: Error | null = null;

  load(): Promise<OutboxBlock[]> {
    return Promise.resolve([...this.blocks.values()].toSorted((a, b) => a.firstSample - b.firstSample).map((block) => ({ ...block, samples: block.samples.slice() })));
  }
  async put(block: OutboxBlock): Promise<void> {
    if (this.failure) throw this.failure;
    this.blocks.set(block.firstSample, block);
  }
  async deleteBefore(sample: number): Promise<void> {
    if (this.failure) throw this.failure;
    for (const key of this.blocks.keys()) if (key < sample) this.blocks.delete(key);
  }
  async replaceFrom(firstSample: number, blocks: OutboxBlock[]): Promise<void> {
    if (this.failure) throw this.failure;
    for (const key of this.blocks.keys()) if (key >= firstSample) this.blocks.delete(key);
    for (const block of blocks) this.blocks.set(block.firstSample, block);
  }
  async clear(): Promise<void> {
    this.blocks.clear();
  }
}

/** A pair of ears: plays at the speed of sound, reports every 100 ms, obeys `agent.state` and `agent.interrupted`. */
export class SimulatedPlayer {
  readonly #clock: Clock;
  readonly #report: (utterance: number, playedSamples: number) => void;
  #rateHz = UPLINK_SAMPLE_RATE_HZ;
  #utterance = -1;
  #received = 0;
  #last = false;
  #played = 0;
  #playingSinceMs: number | null = null;
  #paused = false;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, report: (utterance: number, playedSamples: number) => void) {
    this.#clock = clock;
    this.#report = report;
  }
  get playedSamples(): number {
    return this.#played;
  }
  setRate(rateHz: number): void {
    this.#rateHz = rateHz;
  }
  push(frame: DownlinkFrame): void {
    if (frame.utterance !== this.#utterance) this.#reset(frame.utterance);
    this.#received = Math.max(this.#received, frame.firstSample + frame.samples.length);
    this.#last ||= frame.last;
    if (!this.#paused) this.#play();
  }
  obey(message: ServerMessage): void {
    if (message.type === 'agent.interrupted') this.#reset(-1);
    if (message.type !== 'agent.state') return;
    this.#paused = message.state === 'paused';
    if (this.#paused) this.#stop();
    else if (message.state === 'speaking') this.#play();
  }
  stop(): void {
    this.#reset(-1);
  }
  #play(): void {
    if (this.#utterance < 0 || this.#playingSinceMs !== null || this.#played >= this.#received) return;
    this.#playingSinceMs = this.#clock.monotonicMs();
    this.#tick();
  }
  #tick(): void {
    this.#cancel = this.#clock.schedule(100, () => {
      this.#advance();
      this.#report(this.#utterance, this.#played);
      if (this.#played < this.#received || !this.#last) this.#tick();
      else this.#playingSinceMs = null;
    });
  }
  #advance(): void {
    if (this.#playingSinceMs === null) return;
    const now = this.#clock.monotonicMs();
    this.#played = Math.min(this.#received, this.#played + Math.round(((now - this.#playingSinceMs) * this.#rateHz) / 1000));
    this.#playingSinceMs = now;
  }
  #stop(): void {
    if (this.#playingSinceMs === null) return;
    this.#advance();
    this.#playingSinceMs = null;
    this.#cancel?.();
    this.#report(this.#utterance, this.#played);
  }
  #reset(utterance: number): void {
    this.#cancel?.();
    this.#playingSinceMs = null;
    this.#utterance = utterance;
    this.#received = this.#played = 0;
    this.#last = false;
  }
}

export interface ParticipantOptions {
  /** A fresh ticket for every connection, e.g. from the ticket route or the store. */
  getTicket: StreamClientPorts['getTicket'];
  /** `realtime` (default) hears at the speed of sound, `none` never reports. */
  playback?: 'realtime' | 'none';
  storage?: OutboxStorage;
  clock?: Clock;
  openSocket?: StreamClientPorts['openSocket'];
  loadAnswers?: StreamClientPorts['loadAnswers'];
  random?: () => number;
}

/** Somebody in a session, made of the browser's stream client. Create with `joinSession`. */
export class Participant {
  readonly messages: ServerMessage[] = [];
  readonly frames: DownlinkFrame[] = [];
  readonly states: ConnectionState[] = [];
  readonly problems: Problem[] = [];
  readonly readies: Ready[] = [];
  /** When each message arrived, `performance.now()`; same index as `messages`. */
  readonly arrivedAtMs: number[] = [];
  ended: StreamEnd | null = null;
  readonly outbox: Outbox;
  readonly client: StreamClient;
  readonly player: SimulatedPlayer;
  readonly #clock: Clock;
  readonly #waiters = new Waiters();

  constructor(options: ParticipantOptions, outbox: Outbox) {
    const clock = options.clock ?? systemClock;
    this.#clock = clock;
    this.outbox = outbox;
    this.player = new SimulatedPlayer(clock, (utterance, played) => this.client.sendPlayback(utterance, played));
    const ports: StreamClientPorts = {
      clock,
      random: options.random ?? Math.random,
      openSocket: options.openSocket ?? openSocket,
      getTicket: options.getTicket,
      loadAnswers: options.loadAnswers,
      online: () => true,
    };
    const arrived = <T>(list: T[], value: T) => {
      list.push(value);
      this.#waiters.poke();
    };
    this.client = new StreamClient(ports, outbox, {
      onConnection: (state) => arrived(this.states, state),
      onReady: (ready) => {
        this.player.setRate(ready.downlink.sampleRate);
        arrived(this.readies, ready);
      },
      onMessage: (message) => {
        this.arrivedAtMs.push(performance.now());
        this.player.obey(message);
        arrived(this.messages, message);
      },
      onAudio: (frame) => {
        if (options.playback !== 'none') this.player.push(frame);
        arrived(this.frames, frame);
      },
      onProblem: (problem) => problem && arrived(this.problems, problem),
      onEnded: (end) => {
        this.ended = end;
        this.#waiters.poke();
      },
    });
  }

  /** Resolves when connected (again). */
  live(timeoutMs?: number): Promise<unknown> {
    return this.until('a live connection', () => this.client.state === 'live', timeoutMs);
  }

  /** The first message of a type, from index `from` of `messages` on, that satisfies `matches`. */
  message<T extends ServerMessage['type']>(type: T, matches: (message: MessageOf<T>) => boolean = () => true, options: { from?: number; timeoutMs?: number } = {}): Promise<MessageOf<T>> {
    return this.until(type, () => this.messages.slice(options.from ?? 0).find((m): m is MessageOf<T> => m.type === type && matches(m as MessageOf<T>)), options.timeoutMs);
  }

  until<T>(what: string, find: () => T | undefined | null | false, timeoutMs?: number): Promise<T> {
    return this.#waiters.until(what, find, timeoutMs);
  }

  /** Speaks at `speed` × real time, as a microphone would: 40 ms at a time. `Infinity` hands everything over at once. Resolves when all is captured. */
  async speak(samples: Int16Array, { speed = 1 }: { speed?: number } = {}): Promise<void> {
    const startMs = this.#clock.monotonicMs();
    for (let offset = 0; offset < samples.length; offset += CAPTURE_SAMPLES) {
      if (Number.isFinite(speed)) {
        // Against the start, so that late timers do not add up.
        const dueMs = startMs + samplesToMs(Math.min(offset + CAPTURE_SAMPLES, samples.length)) / speed;
        const waitMs = dueMs - this.#clock.monotonicMs();
        if (waitMs > 0) await new Promise<void>((resolve) => this.#clock.schedule(waitMs, resolve));
      }
      this.client.sendAudio(samples.subarray(offset, offset + CAPTURE_SAMPLES));
    }
  }

  silence(ms: number, options?: { speed?: number }): Promise<void> {
    return this.speak(new Int16Array((ms * UPLINK_SAMPLE_RATE_HZ) / 1000), options);
  }

  /** Resolves when everything captured so far is acknowledged. */
  async delivered(timeoutMs = DEFAULT_WAIT_MS): Promise<number> {
    const wanted = this.outbox.endSample;
    const deadlineMs = performance.now() + timeoutMs;
    while (this.client.durableThroughSample < wanted) {
      if (performance.now() > deadlineMs) throw new Error(`Waited ${timeoutMs} ms in vain for an acknowledgement.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return wanted;
  }

  /** Ends the session and resolves when the server has said so. */
  async end(timeoutMs?: number): Promise<StreamEnd> {
    this.client.control('end');
    return this.until('the end of the session', () => this.ended, timeoutMs);
  }

  /** Leaves without ending the session, like a closed tab. */
  leave(): void {
    this.player.stop();
    this.client.close();
  }
}

/** Joins a session and keeps connecting, as the page does. Await `participant.live()` for the first connection. */
export async function joinSession(options: ParticipantOptions): Promise<Participant> {
  const outbox = new Outbox();
  if (options.storage) await outbox.open(options.storage);
  const participant = new Participant(options, outbox);
  participant.client.open();
  return participant;
}

function openSocket(url: string): StreamSocket {
  return new WebSocket(url, { perMessageDeflate: false }) as unknown as StreamSocket;
}

export interface RawClose {
  code: number;
  reason: string;
}
/** A bare WebSocket that records what it hears and says exactly what it is told, right or wrong. */
export class RawConnection {
  readonly messages: ServerMessage[] = [];
  readonly frames: DownlinkFrame[] = [];
  closed: RawClose | null = null;
  readonly socket: WebSocket;
  readonly #waiters = new Waiters();
  #seq = 0;

  constructor(url: string, headers?: Record<string, string>) {
    this.socket = new WebSocket(url, { perMessageDeflate: false, headers });
    this.socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.frames.push(decodeDownlinkFrame(new Uint8Array(data)));
      else this.messages.push(JSON.parse(data.toString()) as ServerMessage);
      this.#waiters.poke();
    });
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#waiters.poke();
    });
    this.socket.on('open', () => this.#waiters.poke());
    // A refused connection closes too, and that is what callers wait for.
    this.socket.on('error', () => {});
  }
  /** Resolves when connected. @throws when the connection is refused */
  async open(): Promise<this> {
    await this.until('an open connection', () => this.socket.readyState === WebSocket.OPEN || this.closed);
    if (this.closed) throw new Error('The connection was refused.');
    return this;
  }
  hello(ticket: string, overrides: Record<string, unknown> = {}): void {
    this.json({ type: 'hello', protocol: 1, ticket, audio: { encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 }, ...overrides });
  }
  json(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }
  text(text: string): void {
    this.socket.send(text);
  }
  bytes(bytes: Uint8Array): void {
    this.socket.send(bytes);
  }
  /** One uplink frame; at most 3,200 samples to be valid. */
  audio(firstSample: number, samples: Int16Array): void {
    this.socket.send(encodeUplinkFrame({ seq: this.#seq++, firstSample, samples }));
  }
  message<T extends ServerMessage['type']>(type: T, matches: (message: MessageOf<T>) => boolean = () => true, options: { from?: number; timeoutMs?: number } = {}): Promise<MessageOf<T>> {
    return this.until(type, () => this.messages.slice(options.from ?? 0).find((m): m is MessageOf<T> => m.type === type && matches(m as MessageOf<T>)), options.timeoutMs);
  }
  close(): Promise<RawClose> {
    this.socket.close();
    return this.closing();
  }
  /** Cuts the connection without a word, like a pulled cable. */
  cut(): void {
    this.socket.terminate();
  }
  closing(timeoutMs?: number): Promise<RawClose> {
    return this.until('the connection to close', () => this.closed, timeoutMs);
  }
  until<T>(what: string, find: () => T | undefined | null | false, timeoutMs?: number): Promise<T> {
    return this.#waiters.until(what, find, timeoutMs);
  }
}

/** Connects and says hello. @returns the connection after `ready`. @throws Error with the close code when it is refused */
export async function connectRaw(url: string, ticket: string, headers?: Record<string, string>): Promise<{ connection: RawConnection; ready: MessageOf<'ready'> }> {
  const connection = await new RawConnection(url, headers).open();
  connection.hello(ticket);
  const ready = await connection.until('ready', () => connection.closed ?? connection.messages.find((message) => message.type === 'ready'));
  if ('code' in ready) throw new Error(`The server closed the connection with ${ready.code}.`);
  return { connection, ready };
}
