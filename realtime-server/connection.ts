/** One WebSocket: hello, then messages and frames, each parsed at the door; misuse is answered, counted and bounded. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import type { LiveSessionStore } from '#domain/session/ports.ts';
import { MAX_FRAME_BYTES, decodeUplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE, type ClientMessage, type CloseCode, HELLO_TIMEOUT_MS, type Hello, type ServerMessage, type StreamRole, parseClientMessage } from '#domain/stream/protocol.ts';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { RawData, WebSocket } from 'ws';
import { Allowance } from './allowance.ts';
import { IDLE_TIMEOUT_MS, type LiveSession, type Peer } from './live-session.ts';
import type { Metrics } from './metrics.ts';
import type { Observation } from './observation.ts';
import type { SessionRegistry } from './session-registry.ts';

/** Malformed or unexpected messages after which the connection is closed with 4400. */
const MAX_MISUSES = 20;
/** JSON messages: a client sends about ten playback reports a second, and now and then what was typed or pasted. */
const MESSAGES = { burst: 200, perSecond: 50 };
const MESSAGE_BYTES = { burst: 4 * 1024 * 1024, perSecond: 256 * 1024 };
/** Audio frames: the minute a sender may be ahead, in frames of 10 ms, and ten times real time in frames of 5 ms. */
const FRAMES = { burst: 6_000, perSecond: 2_000 };
/** How long somebody who was let out may go on watching, at most, beside the time between two pings. */
export const CHECK_WATCHER_MS = 10_000;
/** Bytes a slow reader may leave in the socket's buffer: two minutes of speech. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

let arrivals = 0;

export interface ConnectionOptions {
  socket: WebSocket;
  /** What was asked for in the address: an observer wants the person's voice as well. */
  hearsPerson?: boolean;
  registry: SessionRegistry;
  observation: Observation;
  store: LiveSessionStore;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

export class Connection implements Peer {
  role: StreamRole = 'participant';
  person?: { id: string; name: string };
  readonly hearsPerson: boolean;
  readonly arrival = ++arrivals;
  readonly #options: ConnectionOptions;
  readonly #socket: WebSocket;
  #session: LiveSession | null = null;
  #leaveObservation: (() => void) | null = null;
  /** The id of the session that is watched. */
  #observed: string | null = null;
  #checkedAtMs = 0;
  #phase: 'waiting' | 'joining' | 'joined' | 'closed' = 'waiting';
  #misuses = 0;
  readonly #messages: Allowance;
  readonly #messageBytes: Allowance;
  readonly #frames: Allowance;
  #lastHeardAtMs: number;
  #cancelTimer: () => void;
  /** Messages that arrived while the ticket was being checked; the socket is paused meanwhile, so they are few. */
  #early: { data: RawData; isBinary: boolean }[] = [];

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#socket = options.socket;
    this.hearsPerson = options.hearsPerson ?? false;
    this.#lastHeardAtMs = options.clock.monotonicMs();
    this.#messages = new Allowance(options.clock, MESSAGES);
    this.#messageBytes = new Allowance(options.clock, MESSAGE_BYTES);
    this.#frames = new Allowance(options.clock, FRAMES);
    this.#cancelTimer = options.clock.schedule(HELLO_TIMEOUT_MS, () => {
      if (this.#phase === 'waiting') this.close(CLOSE.noHello);
    });
    this.#socket.on('message', (data, isBinary) => this.#received(data, isBinary));
    this.#socket.on('close', () => this.#closed());
    // A broken frame or an oversized message: ws closes the socket itself; `close` follows.
    this.#socket.on('error', () => options.metrics.protocolErrors.inc({ code: 'transport' }));
  }

  get closed(): boolean {
    return this.#phase === 'closed';
  }

  send(message: ServerMessage): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify(message));
    this.#boundBuffer();
  }

  sendFrame(frame: Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(frame);
    this.#boundBuffer();
  }

  fail(error: SpoolError): void {
    this.send({ type: 'error', code: error.code, message: error.personMessage, retryable: error.retryable, ...error.fields });
  }

  close(code: CloseCode): void {
    if (this.#phase === 'closed') return;
    // A paused socket would never read the other side's answer to the close.
    this.#socket.resume();
    this.#socket.close(code);
    this.#closed();
  }

  pauseReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    if (this.#phase !== 'closed') this.#socket.resume();
  }

  #received(data: RawData, isBinary: boolean): void {
    if (this.#phase === 'closed') return;
    if (this.#phase === 'joining') {
      this.#early.push({ data, isBinary });
      return;
    }
    this.#lastHeardAtMs = this.#options.clock.monotonicMs();
    try {
      if (isBinary) this.#frame(data as Buffer);
      else this.#text(data as Buffer);
    } catch (error) {
      this.#options.log.error(traceOf(error), 'A message could not be handled.');
      this.fail(asSpoolError(error));
    }
  }

  #frame(bytes: Buffer): void {
    if (!this.#frames.spend(1)) return this.#tooFast('Too many audio frames.');
    if (this.#phase !== 'joined' || !this.#session) return this.#misuse(new SpoolError('protocol.unexpected', 'Audio from a connection that may not send it.'));
    const frame = decodeUplinkFrame(bytes);
    if (!('problem' in frame)) return this.#session.receiveAudio(frame);
    this.#misuse(new SpoolError(frame.problem, undefined, { fields: { maxFrameBytes: MAX_FRAME_BYTES } }));
    if (frame.problem === 'frame.too_large') this.close(CLOSE.frameTooLarge);
  }

  #text(bytes: Buffer): void {
    if (!this.#messages.spend(1) || !this.#messageBytes.spend(bytes.byteLength)) return this.#tooFast('Too many messages.');
    const parsed = parseClientMessage(bytes.toString('utf8'));
    if ('problem' in parsed) return this.#misuse(new SpoolError('protocol.malformed', undefined, { personMessage: parsed.problem }));
    this.#message(parsed.message);
  }

  #message(message: ClientMessage): void {
    if (message.type === 'ping') {
      if (this.#observed !== null) void this.#checkWatcher(this.#observed);
      return this.#pong(message.id);
    }
    if (message.type === 'hello') {
      if (this.#phase !== 'waiting') return this.#misuse(new SpoolError('protocol.unexpected', 'A second hello.'));
      void this.#join(message);
      return;
    }
    if (!this.#session) return this.#misuse(new SpoolError('protocol.unexpected', 'A message from a connection that may not send it.'));
    this.#session.receive(message);
  }

  #pong(id: number | string): void {
    this.send({ type: 'pong', id, ...(this.#observed === null ? {} : { watching: this.#options.observation.watching(this.#observed) }) });
  }

  /** Whoever was let out while they watched is told at one of the next signs of life. */
  async #checkWatcher(sessionId: string): Promise<void> {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - this.#checkedAtMs < CHECK_WATCHER_MS) return;
    this.#checkedAtMs = nowMs;
    // A database that is away for a moment takes nothing from anybody.
    if (await this.#options.store.mayWatch(sessionId, this.person!.id).catch(() => true)) return;
    this.fail(new SpoolError('session.not_found', 'Watching ended: the link was withdrawn.', { personMessage: 'The link that let you watch was withdrawn.' }));
    this.close(CLOSE.sessionOver);
  }

  async #join(hello: Hello): Promise<void> {
    const { store, registry, observation } = this.#options;
    this.#phase = 'joining';
    this.#socket.pause();
    try {
      const claim = await store.consumeTicket(createHash('sha256').update(hello.ticket).digest('hex'));
      if (!claim) throw new SpoolError('ticket.invalid');
      this.role = claim.role;
      this.person = { id: claim.personId, name: claim.personName };
      if (this.closed) return;
      if (claim.role === 'observer') {
        this.#leaveObservation = await observation.join(claim.sessionId, this);
        this.#observed = claim.sessionId;
        this.#checkedAtMs = this.#options.clock.monotonicMs();
      } else {
        const session = await registry.join(claim.sessionId, this);
        if (this.closed) return registry.leave(session, this);
        this.#session = session;
      }
      if (this.closed) return this.#leaveObservation?.();
      this.#phase = 'joined';
      this.#watchIdle();
    } catch (error) {
      this.#refuse(asSpoolError(error));
    } finally {
      const early = this.#early.splice(0);
      this.resumeReading();
      for (const { data, isBinary } of early) this.#received(data, isBinary);
    }
  }

  #refuse(error: SpoolError): void {
    if (error.code === 'internal') this.#options.log.error(traceOf(error), 'A person could not join a session.');
    this.fail(error);
    switch (error.code) {
      case 'ticket.invalid':
        return this.close(CLOSE.badTicket);
      case 'session.over':
      case 'session.not_found':
        return this.close(CLOSE.sessionOver);
      default:
        return this.close(CLOSE.overloaded);
    }
  }

  #misuse(error: SpoolError): void {
    this.#options.metrics.protocolErrors.inc({ code: error.code });
    this.fail(error);
    this.#misuses += 1;
    if (this.#misuses >= MAX_MISUSES) this.close(CLOSE.misuse);
  }

  #tooFast(what: string): void {
    this.#options.metrics.protocolErrors.inc({ code: 'stream.too_fast' });
    this.fail(new SpoolError('stream.too_fast', what, { personMessage: 'Too many messages in a short time. Reconnecting.' }));
    this.close(CLOSE.tooFast);
  }

  #boundBuffer(): void {
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) this.#socket.terminate();
  }

  #watchIdle(): void {
    this.#cancelTimer();
    const leftMs = this.#lastHeardAtMs + IDLE_TIMEOUT_MS - this.#options.clock.monotonicMs();
    if (leftMs <= 0) return this.close(CLOSE.restarting);
    this.#cancelTimer = this.#options.clock.schedule(leftMs, () => this.#watchIdle());
  }

  #closed(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#cancelTimer();
    this.#early = [];
    if (this.#session) this.#options.registry.leave(this.#session, this);
    this.#leaveObservation?.();
    this.#session = null;
  }
}
