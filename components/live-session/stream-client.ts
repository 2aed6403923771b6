/**
 * The participant's side of the stream: tickets, connecting and reconnecting, sending audio out of the outbox within the
 * server's limits, and telling a listener what arrives. It never gives up while the person wants the session, and it
 * never sends a sample under an index that another sample had.
 */
import { ProblemError } from '#components/api/problem-error.ts';
import type { Clock } from '#domain/clock.ts';
import { BYTES_PER_SAMPLE, MAX_FRAME_SAMPLES, UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { FRAME_HEADER_BYTES, encodeUplinkFrame } from '#domain/stream/frames.ts';
import type { DownlinkFrame } from '#domain/stream/frames.ts';
import type { ClientMessage, ControlAction, EndReason, ServerMessage } from '#domain/stream/protocol.ts';
import type { ConnectionState, Problem } from './live-session-types.ts';
import type { Outbox } from './outbox.ts';
import { clientProblem, requestProblem, streamProblem } from './problems.ts';
import { CLOSE_CODE, PROTOCOL, parseDownlink, parseServerMessage } from './server-messages.ts';
import { TypedAnswers } from './typed-answers.ts';
import { UplinkPace } from './uplink-pace.ts';

/** From asking for a ticket, or from opening the socket, to the answer. */
export const CONNECT_TIMEOUT_MS = 8_000;
/** A dead connection is noticed within PING_INTERVAL_MS + its round trip … DEAD_AFTER_MS + LIVENESS_TICK_MS = 5 s. */
export const DEAD_AFTER_MS = 4_500;
export const PING_INTERVAL_MS = 1_500;
export const LIVENESS_TICK_MS = 500;
/** First try at once, then doubling from here. A server that restarts is back within a second or two. */
export const RETRY_BASE_MS = 250;
export const RETRY_MAX_MS = 5_000;
/** After 1013 the server wants to be left alone for a while. */
export const OVERLOADED_RETRY_MS = 2_000;
/** A server that slept takes a minute or two to come up: how often it is looked whether it is there. */
export const WARMING_RETRY_MS = 3_000;
/** A connection that lived this long was a good one: the next failure starts with a fast try again. */
export const STABLE_AFTER_MS = 5_000;
/** Gaps reported for the same sample within this time answer frames already under way; acknowledgements come once per second. */
export const GAP_REPEAT_MS = 1_500;
/** Audio that was sent and stays unacknowledged so long is sent again, then after twice the time, and so on: a server that is merely slow is not drowned. */
export const STALLED_AFTER_MS = 5_000;
/** 2 s of audio waiting in the browser's own socket buffer: the network is slower than speech. */
const MAX_SOCKET_BUFFER_BYTES = 2 * UPLINK_SAMPLE_RATE_HZ * BYTES_PER_SAMPLE;
const PUMP_RETRY_MS = 20;
/** `readyState` of a WebSocket that takes messages; one that is being closed complains about each. */
const OPEN = 1;
/** Failed tries in a row after which the person is told. */
const TELL_AFTER_FAILURES = 2;
const MAX_TICKET_REFUSALS = 3;

type Message<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;
export type Ready = Message<'ready'>;
export type StreamEnd = { reason: EndReason | 'replaced' | 'over' | 'erased'; summary: unknown };

/** What the client uses of a WebSocket; the browser's and `ws`'s both fit. */
export interface StreamSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  readonly readyState: number;
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}
export interface StreamClientPorts {
  clock: Clock;
  /** In [0, 1). */
  random(): number;
  openSocket(url: string): StreamSocket;
  /** @throws ProblemError */
  getTicket(signal: AbortSignal): Promise<{ url: string; ticket: string; warmingUp?: boolean }>;
  /** The person's items the server has, to find out which typed answers arrived before a cut. Optional: then none is sent twice. */
  loadAnswers?(signal: AbortSignal): Promise<{ itemId: string; text: string }[]>;
  /** False when the device knows that it has no network. */
  online(): boolean;
}
export interface StreamClientListener {
  onConnection?(state: ConnectionState): void;
  /** `pendingSamples`: kept audio that is sent from here on. `again`: this page had been connected before. */
  onReady?(ready: Ready, info: { again: boolean; pendingSamples: number }): void;
  /** Every message but `ready`, after the client has acted on it. */
  onMessage?(message: ServerMessage): void;
  onAudio?(frame: DownlinkFrame): void;
  /** Something for the person to know; null: the last one is settled. */
  onProblem?(problem: Problem | null): void;
  onEnded?(end: StreamEnd): void;
}

export class StreamClient {
  readonly #ports: StreamClientPorts;
  readonly #listener: StreamClientListener;
  readonly #outbox: Outbox;
  readonly #pace: UplinkPace;
  readonly #answers = new TypedAnswers();
  #state: ConnectionState = 'idle';
  #socket: StreamSocket | null = null;
  #ready: Ready | null = null;
  #abort: AbortController | null = null;
  #timers = new Set<() => void>();
  #pumpScheduled = false;
  #gapCheckScheduled = false;
  #wanted = false;
  #everReady = false;
  /** The server is being started, as the newest ticket said. */
  #warming = false;
  #failures = 0;
  #ticketRefusals = 0;
  #liveSinceMs = 0;
  #lastHeardMs = 0;
  #lastPingMs = 0;
  #pingId = 0;
  #frameSeq = 0;
  #durable = 0;
  #sent = 0;
  #lastGap = { fromSample: -1, atMs: 0 };
  /** When sent audio was last acknowledged or sent again, and how long to wait this time. */
  #stall = { sinceMs: 0, patienceMs: STALLED_AFTER_MS };
  /** Controls that must not overtake audio, in order. */
  #controls: ControlAction[] = [];
  #ending = false;
  /** On this connection it is still asked which typed answers arrived before a cut; newer ones and the end wait for that. */
  #recovering = false;
  /** The end was asked for on this connection; if that is lost first, the end is asked for again. */
  #endSent = false;
  #told = false;
  #slower = false;
  /** The server said that the session is no more; a closed connection follows. */
  #erased = false;

  constructor(ports: StreamClientPorts, outbox: Outbox, listener: StreamClientListener) {
    this.#ports = ports;
    this.#outbox = outbox;
    this.#listener = listener;
    this.#pace = new UplinkPace(ports.clock);
  }

  get state(): ConnectionState {
    return this.#state;
  }
  get durableThroughSample(): number {
    return this.#durable;
  }
  /** Samples kept here that the server has not acknowledged. */
  get unacknowledgedSamples(): number {
    return this.#outbox.endSample - Math.max(this.#durable, this.#outbox.firstSample);
  }

  /** Connects and stays connected until `close` or the end of the session. Again after `closed`: tries anew. */
  open(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#failures = 0;
    this.#ticketRefusals = 0;
    void this.#connect();
  }

  /** Tries now instead of waiting, e.g. when the network is back or the person asks. */
  retryNow(): void {
    if (!this.#wanted) this.open();
    else if (!this.#socket && !this.#abort) {
      this.#clearTimers();
      void this.#connect();
    }
  }

  /** The device has lost its network: says so at once. The connection itself is judged by its silence. */
  networkLost(): void {
    if (this.#wanted && this.#state !== 'live') this.#setState('offline');
  }

  /** Leaves without ending the session. What is unacknowledged stays in the outbox. */
  close(): void {
    this.#wanted = false;
    this.#drop();
    this.#setState('closed');
  }

  /** Leaves because the session goes on elsewhere. */
  replaced(): void {
    this.#finish({ reason: 'replaced', summary: null });
  }

  /** Captured samples, in order. False: the outbox is full and they were not kept. */
  sendAudio(samples: Int16Array): boolean {
    const kept = this.#outbox.append(samples);
    this.#pump();
    return kept;
  }

  /** A typed answer; kept until the server shows that it has it. */
  sendText(text: string): void {
    this.#answers.add(text);
    if (this.#ready && !this.#recovering) this.#sendAnswers();
  }

  /** Items that were there before anything was typed here; they confirm nothing. */
  knowItems(items: { itemId: string; text: string }[]): void {
    for (const item of items) this.#answers.seen(item.itemId, item.text);
  }

  /** How far the interviewer's utterance was heard. Dropped without a connection: the server then goes by its own clock. */
  sendPlayback(utterance: number, playedSamples: number): void {
    if (this.#ready?.role === 'participant') this.#sendJson({ type: 'playback', utterance, playedSamples });
  }

  /** Sends a control after the audio that was captured before it. False: it needs a connection and there is none. */
  control(action: ControlAction): boolean {
    if (action === 'end') {
      this.#ending = true;
    } else if (action === 'pause' || action === 'resume') {
      this.#controls = this.#controls.filter((queued) => queued !== 'pause' && queued !== 'resume');
      this.#controls.push(action);
    } else {
      if (!this.#ready) return false;
      this.#sendJson({ type: 'control', action });
    }
    this.#pump();
    return true;
  }

  /** Any further message of the protocol, e.g. `editor` or `flush`. False: not connected. */
  send(message: ClientMessage): boolean {
    if (!this.#ready) return false;
    this.#sendJson(message);
    return true;
  }

  async #connect(): Promise<void> {
    this.#drop();
    if (!this.#wanted) return;
    this.#setState(this.#waitingState());
    const abort = new AbortController();
    this.#abort = abort;
    const cancelTimeout = this.#later(CONNECT_TIMEOUT_MS, () => abort.abort());
    try {
      const ticket = await this.#ports.getTicket(abort.signal);
      cancelTimeout();
      if (this.#abort !== abort) return;
      this.#abort = null;
      this.#warming = ticket.warmingUp ?? false;
      if (this.#warming) this.#waitForServer();
      else this.#openSocket(ticket);
    } catch (error) {
      cancelTimeout();
      if (this.#abort !== abort) return;
      this.#abort = null;
      this.#ticketFailed(error);
    }
  }

  /** Nobody answers there yet, and that is no failure. */
  #waitForServer(): void {
    this.#failures = 0;
    this.#settle();
    this.#setState(this.#waitingState());
    this.#later(WARMING_RETRY_MS * (1 + this.#ports.random() / 2), () => void this.#connect());
  }

  #openSocket({ url, ticket }: { url: string; ticket: string }): void {
    this.#setState(this.#waitingState());
    let socket: StreamSocket;
    try {
      socket = this.#ports.openSocket(url);
    } catch {
      this.#retryLater();
      return;
    }
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    const cancelTimeout = this.#later(CONNECT_TIMEOUT_MS, () => this.#lost());
    socket.onopen = () => this.#sendJson({ type: 'hello', protocol: PROTOCOL, ticket, audio: { encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 } });
    socket.onmessage = (event: { data: unknown }) => {
      this.#lastHeardMs = this.#ports.clock.monotonicMs();
      if (event.data instanceof ArrayBuffer) {
        const frame = this.#ready && parseDownlink(event.data);
        if (frame) this.#listener.onAudio?.(frame);
        return;
      }
      const message = typeof event.data === 'string' ? parseServerMessage(event.data) : null;
      if (message?.type === 'ready' && !this.#ready) cancelTimeout();
      if (message) this.#receive(message);
    };
    socket.onerror = () => {};
    socket.onclose = (event: { code: number }) => this.#closed(event.code);
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case 'ready':
        if (!this.#ready) this.#becomeLive(message);
        return;
      case 'ack':
        this.#acknowledged(message.durableThroughSample);
        break;
      case 'error':
        this.#serverError(message);
        break;
      case 'transcript.final':
        if (message.speaker === 'user') this.#answers.seen(message.itemId, message.text);
        break;
      case 'session.ended':
        this.#listener.onMessage?.(message);
        this.#finish({ reason: message.reason, summary: message.summary });
        return;
      default:
        break;
    }
    this.#listener.onMessage?.(message);
  }

  #becomeLive(ready: Ready): void {
    const now = this.#ports.clock.monotonicMs();
    const again = this.#everReady;
    this.#ready = ready;
    this.#everReady = true;
    this.#liveSinceMs = now;
    this.#lastPingMs = now;
    this.#ticketRefusals = 0;
    this.#frameSeq = 0;
    this.#lastGap = { fromSample: -1, atMs: 0 };
    this.#stall = { sinceMs: now, patienceMs: STALLED_AFTER_MS };
    this.#pace.start(this.#slower);
    this.#setState('live');
    this.#settle();
    if (ready.role === 'participant') this.#placeClock(ready.durableThroughSample);
    this.#watch(now);
    this.#listener.onReady?.(ready, { again, pendingSamples: ready.role === 'participant' ? this.unacknowledgedSamples : 0 });
    if (ready.role !== 'participant') return;
    if (again) void this.#recoverAnswers();
    else this.#sendAnswers();
    this.#pump();
  }

  #placeClock(durable: number): void {
    this.#durable = durable;
    if (!this.#outbox.anchored) this.#outbox.anchor(durable);
    else if (durable > this.#outbox.endSample && this.#outbox.skipTo(durable) > 0) this.#listener.onProblem?.(clientProblem('session.superseded'));
    this.#outbox.trim(durable);
    this.#sent = durable;
    if (durable < this.#outbox.firstSample) this.#listener.onProblem?.(clientProblem('audio.server_lost'));
  }

  #acknowledged(through: number): void {
    if (through <= this.#durable || through > this.#outbox.endSample) return;
    this.#durable = through;
    this.#stall = { sinceMs: this.#ports.clock.monotonicMs(), patienceMs: STALLED_AFTER_MS };
    if (this.#sent < through) this.#sent = through;
    this.#outbox.trim(through);
    this.#pump();
  }

  #serverError(message: Message<'error'>): void {
    if (message.code === 'audio.gap') {
      this.#gapAt(Number(message.fromSample));
    } else if (message.code === 'stream.too_fast') {
      this.#slower = true;
      this.#pace.slowDown();
    } else if (message.code === 'session.not_found') {
      this.#erased = true;
    } else {
      this.#listener.onProblem?.(streamProblem(message.code, message.message));
    }
  }

  #gapAt(fromSample: number): void {
    if (!Number.isSafeInteger(fromSample) || fromSample < this.#durable || fromSample > this.#sent) return;
    const elapsedMs = this.#ports.clock.monotonicMs() - this.#lastGap.atMs;
    if (fromSample !== this.#lastGap.fromSample || elapsedMs >= GAP_REPEAT_MS) {
      this.#lastGap = { fromSample, atMs: this.#ports.clock.monotonicMs() };
      this.#sent = fromSample;
      this.#pump();
    } else if (!this.#gapCheckScheduled) {
      // If it was no echo of frames under way, the samples are still missing when the time is over.
      this.#gapCheckScheduled = true;
      this.#later(GAP_REPEAT_MS - elapsedMs, () => {
        this.#gapCheckScheduled = false;
        if (this.#durable <= fromSample) this.#gapAt(fromSample);
      });
    }
  }

  /** Sends what the limits allow now; comes back by itself when time, and by an acknowledgement when the server, allows more. */
  #pump(): void {
    const ready = this.#ready;
    if (!ready || ready.role !== 'participant' || this.#socket?.readyState !== OPEN) return;
    const maxFrame = Math.min(MAX_FRAME_SAMPLES, Math.floor((ready.limits.maxFrameBytes - FRAME_HEADER_BYTES) / BYTES_PER_SAMPLE));
    while (this.#sent < this.#outbox.endSample) {
      // One frame of margin, so that the server's count can never be past its limit.
      const ahead = this.#durable + ready.limits.maxAheadSamples - maxFrame - this.#sent;
      if (ahead <= 0) break;
      const wanted = Math.min(maxFrame, ahead, this.#outbox.endSample - this.#sent);
      if (!this.#pace.allows(wanted) || this.#socket.bufferedAmount > MAX_SOCKET_BUFFER_BYTES) {
        this.#pumpSoon();
        return;
      }
      // Samples the server acknowledged and then lost cannot be had again: silence keeps the clock.
      const missing = this.#outbox.firstSample - this.#sent;
      const samples = missing > 0 ? new Int16Array(Math.min(wanted, missing)) : this.#outbox.read(this.#sent, wanted);
      this.#pace.spend(samples.length);
      this.#socket.send(encodeUplinkFrame({ seq: this.#frameSeq++, firstSample: this.#sent, samples }) as Uint8Array<ArrayBuffer>);
      this.#sent += samples.length;
    }
    if (this.#sent >= this.#outbox.endSample) this.#sendControls();
  }

  #pumpSoon(): void {
    if (this.#pumpScheduled) return;
    this.#pumpScheduled = true;
    this.#later(PUMP_RETRY_MS, () => {
      this.#pumpScheduled = false;
      this.#pump();
    });
  }

  #sendControls(): void {
    for (const action of this.#controls.splice(0)) this.#sendJson({ type: 'control', action });
    if (this.#ending && this.#answers.allSent && !this.#recovering) {
      this.#ending = false;
      this.#endSent = true;
      this.#sendJson({ type: 'control', action: 'end' });
    }
  }
  #sendAnswers(): void {
    for (const text of this.#answers.takeUnsent()) this.#sendJson({ type: 'text', text });
    if (this.#ending) this.#pump();
  }

  /** After a cut: typed answers the server does not have are sent again, in order, before newer ones. */
  async #recoverAnswers(): Promise<void> {
    const ready = this.#ready;
    if (this.#answers.unconfirmed && this.#ports.loadAnswers) {
      const abort = new AbortController();
      const cancelTimeout = this.#later(CONNECT_TIMEOUT_MS, () => abort.abort());
      this.#recovering = true;
      try {
        const items = await this.#ports.loadAnswers(abort.signal);
        // A newer connection asks for itself, and knows more.
        if (this.#ready !== ready) return;
        for (const item of items) this.#answers.seen(item.itemId, item.text);
        this.#answers.sendUnconfirmedAgain();
      } catch {
        // Not known whether they arrived: sending twice would be worse than what the captions show anyway.
      }
      cancelTimeout();
    }
    if (this.#ready !== ready) return;
    this.#recovering = false;
    this.#sendAnswers();
  }

  #watch(lastTickMs: number): void {
    this.#later(LIVENESS_TICK_MS, () => {
      const now = this.#ports.clock.monotonicMs();
      // A page that slept hears nothing meanwhile: that is not the connection's fault.
      if (now - lastTickMs > 2 * LIVENESS_TICK_MS + PING_INTERVAL_MS) this.#lastHeardMs = Math.max(this.#lastHeardMs, now - DEAD_AFTER_MS / 2);
      if (now - this.#lastHeardMs >= DEAD_AFTER_MS) {
        this.#lost();
        return;
      }
      this.#checkStall(now);
      if (now - this.#lastPingMs >= PING_INTERVAL_MS) {
        this.#lastPingMs = now;
        this.#sendJson({ type: 'ping', id: ++this.#pingId });
      }
      this.#watch(now);
    });
  }

  #checkStall(now: number): void {
    if (this.#sent <= this.#durable) {
      this.#stall.sinceMs = now;
    } else if (now - this.#stall.sinceMs >= this.#stall.patienceMs) {
      this.#stall = { sinceMs: now, patienceMs: this.#stall.patienceMs * 2 };
      this.#sent = this.#durable;
      this.#pump();
    }
  }

  #closed(code: number): void {
    switch (code) {
      case CLOSE_CODE.ended:
      case CLOSE_CODE.sessionOver:
        this.#finish({ reason: this.#erased ? 'erased' : 'over', summary: null });
        return;
      case CLOSE_CODE.replaced:
        this.#finish({ reason: 'replaced', summary: null });
        return;
      case CLOSE_CODE.misuse:
      case CLOSE_CODE.frameTooLarge:
      case 1009:
        this.#fail(clientProblem('stream.refused'));
        return;
      case CLOSE_CODE.badTicket:
        this.#ticketRefusals += 1;
        if (this.#ticketRefusals >= MAX_TICKET_REFUSALS) this.#fail(clientProblem('ticket.refused'));
        else this.#lost();
        return;
      case CLOSE_CODE.tooFast:
        this.#slower = true;
        this.#listener.onProblem?.(clientProblem('stream.too_fast'));
        this.#lost(RETRY_BASE_MS * 4);
        return;
      case CLOSE_CODE.overloaded:
        this.#told = true;
        this.#listener.onProblem?.(clientProblem('stream.overloaded'));
        this.#lost(OVERLOADED_RETRY_MS);
        return;
      default:
        this.#lost();
    }
  }

  #lost(minimumDelayMs = 0): void {
    const stable = this.#ready !== null && this.#ports.clock.monotonicMs() - this.#liveSinceMs >= STABLE_AFTER_MS;
    if (stable) this.#failures = 0;
    this.#retryLater(minimumDelayMs);
  }

  #ticketFailed(error: unknown): void {
    if (error instanceof ProblemError && !error.retryable) {
      if (error.code === 'session.over') this.#finish({ reason: 'over', summary: null });
      else this.#fail(requestProblem(error, true));
      return;
    }
    const retryAfterMs = error instanceof ProblemError ? (error.retryAfterS ?? 0) * 1000 : 0;
    this.#retryLater(retryAfterMs);
  }

  #retryLater(minimumDelayMs = 0): void {
    this.#drop();
    if (!this.#wanted) return;
    const online = this.#ports.online();
    this.#setState(this.#waitingState());
    const attempt = this.#failures++;
    if (attempt >= TELL_AFTER_FAILURES && !this.#told) {
      this.#told = true;
      this.#listener.onProblem?.(clientProblem(online ? 'server.unreachable' : 'network.offline'));
    }
    const backoffMs = attempt === 0 ? 0 : Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** (attempt - 1));
    // Half fixed, half random: a thousand pages must not come back in the same instant.
    const jittered = backoffMs / 2 + (backoffMs / 2) * this.#ports.random();
    this.#later(Math.max(minimumDelayMs * (1 + this.#ports.random() / 2), jittered), () => void this.#connect());
  }

  #waitingState(): ConnectionState {
    if (!this.#ports.online()) return 'offline';
    if (this.#warming) return 'warming';
    return this.#everReady ? 'reconnecting' : 'connecting';
  }

  #finish(end: StreamEnd): void {
    if (this.#state === 'closed') return;
    this.#wanted = false;
    this.#drop();
    this.#setState('closed');
    this.#settle();
    this.#listener.onEnded?.(end);
  }

  #fail(problem: Problem): void {
    this.#wanted = false;
    this.#drop();
    this.#setState('closed');
    this.#listener.onProblem?.(problem);
  }

  /** Takes back what was said about trouble reaching the server. */
  #settle(): void {
    if (this.#told) this.#listener.onProblem?.(null);
    this.#told = false;
  }

  #drop(): void {
    this.#clearTimers();
    this.#pumpScheduled = false;
    this.#gapCheckScheduled = false;
    this.#abort?.abort();
    this.#abort = null;
    this.#recovering = false;
    if (this.#endSent) {
      this.#endSent = false;
      this.#ending = true;
    }
    this.#ready = null;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    // The browser may take a minute to give up on a dead peer; nothing it says after this matters.
    socket.onopen = socket.onmessage = socket.onclose = null;
    try {
      socket.close();
    } catch {
      // Closing a socket that never opened may throw in some engines; it is gone either way.
    }
  }

  #setState(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#listener.onConnection?.(state);
  }

  #sendJson(message: ClientMessage): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(message));
  }

  #later(delayMs: number, run: () => void): () => void {
    const cancel = this.#ports.clock.schedule(delayMs, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }

  #clearTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }
}
