/** A stream server on loopback that keeps the protocol's rules for audio and breaks everything else on request. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { decodeUplinkFrame } from '#domain/stream/frames.ts';
import type { UplinkFrame } from '#domain/stream/frames.ts';
import type { ClientMessage, ServerMessage } from '#domain/stream/protocol.ts';

export interface ScriptedServerOptions {
  maxAheadSamples?: number;
  downlinkRate?: number;
  /** `eager` acknowledges each frame, `manual` waits for `acknowledge`. */
  acks?: 'eager' | 'manual';
}
/** What to do with an uplink frame. */
export type FrameFault = 'keep' | 'lose' | 'cut';

export class ScriptedStreamServer {
  /** Every sample kept, first copies only. */
  samples: number[] = [];
  received: ClientMessage[] = [];
  frames: { firstSample: number; length: number; atMs: number }[] = [];
  hellos = 0;
  connections: WebSocket[] = [];
  /** How far the server says its storage reaches; with `eager` acknowledgements always everything. */
  durable = 0;
  faultOf: (frame: UplinkFrame, index: number) => FrameFault = () => 'keep';
  /** Called instead of answering hello with ready. */
  onHello: ((socket: WebSocket, count: number) => 'ready' | 'handled') | null = null;
  onMessage: ((message: ClientMessage, socket: WebSocket) => void) | null = null;
  #server: WebSocketServer;
  #tickets = new Set<string>();
  #issued = 0;
  readonly #options: Required<ScriptedServerOptions>;

  private constructor(server: WebSocketServer, options: ScriptedServerOptions) {
    this.#server = server;
    this.#options = { maxAheadSamples: 480_000, downlinkRate: 16_000, acks: 'eager', ...options };
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async start(options: ScriptedServerOptions = {}): Promise<ScriptedStreamServer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    return new ScriptedStreamServer(server, options);
  }
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/stream`;
  }
  /** For `getTicket`: each is good once. */
  issueTicket = async (): Promise<{ url: string; ticket: string }> => {
    const ticket = `ticket-${++this.#issued}`;
    this.#tickets.add(ticket);
    return { url: this.url, ticket };
  };
  send(message: ServerMessage | Record<string, unknown>): void {
    this.connections.at(-1)?.send(JSON.stringify(message));
  }
  acknowledge(through = this.samples.length): void {
    this.durable = Math.max(this.durable, through);
    this.send({ type: 'ack', durableThroughSample: this.durable });
  }
  /** Forgets what was not acknowledged, as a crash of the server would. */
  crash(): void {
    for (const socket of this.connections) socket.terminate();
    this.samples.length = this.durable;
  }
  cut(): void {
    this.connections.at(-1)?.terminate();
  }
  close(code: number): void {
    this.connections.at(-1)?.close(code);
  }
  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: WebSocket): void {
    let said = false;
    socket.on('error', () => {});
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) {
        this.#frame(socket, data);
        return;
      }
      const message = JSON.parse(data.toString()) as ClientMessage;
      if (message.type === 'hello' && !said) {
        said = true;
        this.hellos += 1;
        this.connections.push(socket);
        if (this.onHello && this.onHello(socket, this.hellos) === 'handled') return;
        if (!this.#tickets.delete(message.ticket)) {
          socket.close(4401);
          return;
        }
        this.ready(socket);
        return;
      }
      this.received.push(message);
      if (message.type === 'ping') socket.send(JSON.stringify({ type: 'pong', id: message.id }));
      this.onMessage?.(message, socket);
    });
  }

  ready(socket: WebSocket): void {
    const durable = this.#options.acks === 'eager' ? this.samples.length : this.durable;
    // What was not durable is gone with the connection in these tests: the strictest reading of the contract.
    this.samples.length = Math.min(this.samples.length, durable);
    socket.send(
      JSON.stringify({
        type: 'ready', protocol: 1, sessionId: '00000000-0000-4000-8000-000000000000', role: 'participant', status: 'live', durableThroughSample: durable,
        downlink: { encoding: 'pcm_s16le', sampleRate: this.#options.downlinkRate },
        limits: { maxFrameBytes: 6_416, maxAheadSamples: this.#options.maxAheadSamples, idleTimeoutMs: 60_000 },
      }),
    );
  }

  #frame(socket: WebSocket, data: Buffer): void {
    const frame = decodeUplinkFrame(new Uint8Array(data));
    if ('problem' in frame) {
      socket.send(JSON.stringify({ type: 'error', code: frame.problem, message: frame.problem, retryable: false }));
      return;
    }
    const fault = this.faultOf(frame, this.frames.length);
    this.frames.push({ firstSample: frame.firstSample, length: frame.samples.length, atMs: performance.now() });
    if (fault === 'cut') socket.terminate();
    if (fault !== 'keep') return;
    if (frame.firstSample > this.samples.length) {
      socket.send(JSON.stringify({ type: 'error', code: 'audio.gap', message: 'Audio is missing.', retryable: true, fromSample: this.samples.length }));
      return;
    }
    for (let i = this.samples.length - frame.firstSample; i < frame.samples.length; i += 1) this.samples.push(frame.samples[i]!);
    if (this.#options.acks === 'eager') {
      this.durable = this.samples.length;
      socket.send(JSON.stringify({ type: 'ack', durableThroughSample: this.durable }));
    }
  }
}
