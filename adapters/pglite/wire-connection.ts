/** One client of the embedded database: handshake, then whole exchanges cut from its byte stream. */
import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Clock } from '#domain/clock.ts';
import { CANCEL_REQUEST, GSSENC_REQUEST, MAX_MESSAGE_BYTES, PROTOCOL_3, SSL_REQUEST, askForPassword, fatalError, takeMessages } from './wire-messages.ts';

/** A client that has not finished the handshake by then is dropped. */
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** Anybody on this machine can connect; a password is all that is listened to before one was given. */
const MAX_PASSWORD_MESSAGE_BYTES = 1_000;

export interface WireConnectionHooks {
  clock: Clock;
  /** What a client hears once it may query: authentication ok, parameters, ready. */
  welcome: Uint8Array;
  password: string;
  onExchange(connection: WireConnection): void;
  onClose(connection: WireConnection): void;
}

/**
 * An exchange is everything up to a point where the server answers `ReadyForQuery`: one simple query, or
 * Parse…Sync. PGlite has one unnamed statement for all clients, so only whole exchanges may take turns.
 */
export class WireConnection {
  readonly exchanges: Buffer[] = [];
  readonly #socket: Socket;
  readonly #hooks: WireConnectionHooks;
  readonly #cancelHandshakeTimer: () => void;
  #state: 'startup' | 'password' | 'open' | 'closed' = 'startup';
  #chunks: Buffer[] = [];
  #bufferedBytes = 0;
  #wantedBytes = 1;
  #exchange: Buffer[] = [];
  #exchangeBytes = 0;

  constructor(socket: Socket, hooks: WireConnectionHooks) {
    this.#socket = socket;
    this.#hooks = hooks;
    this.#cancelHandshakeTimer = hooks.clock.schedule(HANDSHAKE_TIMEOUT_MS, () => this.end('57P05', 'The handshake took too long.'));
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 5_000);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', () => this.#closed());
    socket.on('close', () => this.#closed());
  }

  get isOpen(): boolean {
    return this.#state !== 'closed';
  }
  /** Whether the password is still to come. */
  get isStranger(): boolean {
    return this.#state === 'startup' || this.#state === 'password';
  }

  send(bytes: Uint8Array): void {
    // A copy: the bytes may be a view into the database's own memory.
    if (this.isOpen && this.#socket.writable) this.#socket.write(Buffer.from(bytes));
  }

  /** Says why, then closes. */
  end(sqlState: string, text: string): void {
    if (!this.isOpen) return;
    this.#socket.end(fatalError(sqlState, text));
    // A client that is stopped or cut off never takes the farewell.
    this.#hooks.clock.schedule(1_000, () => this.#socket.destroy());
    this.#closed();
  }

  #closed(): void {
    if (!this.isOpen) return;
    this.#state = 'closed';
    this.#cancelHandshakeTimer();
    this.#chunks = [];
    this.#exchange = [];
    this.exchanges.length = 0;
    this.#hooks.onClose(this);
    this.#socket.destroySoon();
  }

  #take(chunk: Buffer): void {
    if (!this.isOpen) return;
    this.#chunks.push(chunk);
    this.#bufferedBytes += chunk.length;
    // A large message arrives in many chunks; joining them only when it can be complete keeps this linear.
    if (this.#bufferedBytes < this.#wantedBytes) return;
    let buffer = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    while (this.#state === 'startup' && buffer.length >= 8) {
      const rest = this.#startup(buffer);
      if (rest === null) break;
      buffer = rest;
    }
    if (this.#state === 'password' || this.#state === 'open') buffer = this.#messages(buffer);
    if (!this.isOpen) return;
    this.#chunks = buffer.length > 0 ? [buffer] : [];
    this.#bufferedBytes = buffer.length;
    this.#wantedBytes = this.#state === 'open' && buffer.length >= 5 ? buffer.readInt32BE(1) + 1 : buffer.length + 1;
  }

  #startup(buffer: Buffer): Buffer | null {
    const length = buffer.readInt32BE(0);
    const code = buffer.readInt32BE(4);
    if (length < 8 || length > 10_000) {
      this.end('08P01', 'This is a Postgres server; the client speaks something else.');
      return null;
    }
    if (buffer.length < length) return null;
    const rest = buffer.subarray(length);
    if (code === SSL_REQUEST || code === GSSENC_REQUEST) {
      this.send(Buffer.from('N'));
      return rest;
    }
    if (code === CANCEL_REQUEST) {
      this.#closed();
      return null;
    }
    if (code !== PROTOCOL_3) {
      this.end('08P01', 'Only version 3.0 of the protocol is spoken here.');
      return null;
    }
    this.#state = 'password';
    this.send(askForPassword);
    return rest;
  }

  #messages(buffer: Buffer): Buffer {
    const isStranger = this.#state === 'password';
    const { messages, rest, malformed } = takeMessages(buffer, isStranger ? MAX_PASSWORD_MESSAGE_BYTES : MAX_MESSAGE_BYTES);
    for (const { type, bytes } of messages) {
      if (!this.isOpen) return rest;
      if (this.#state === 'password') this.#checkPassword(type, bytes);
      else this.#collect(type, bytes);
    }
    if (malformed) this.end(isStranger ? '28P01' : '08P01', isStranger ? 'That is no password.' : 'A message has an impossible length.');
    return rest;
  }

  #checkPassword(type: string, bytes: Buffer): void {
    const given = Buffer.from(bytes.subarray(5, -1));
    const wanted = Buffer.from(this.#hooks.password, 'utf8');
    if (type !== 'p' || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      this.end('28P01', 'The password is wrong. The address printed at the start carries the right one.');
      return;
    }
    this.#cancelHandshakeTimer();
    this.#state = 'open';
    this.send(this.#hooks.welcome);
  }

  #collect(type: string, bytes: Buffer): void {
    if (type === 'X') {
      this.#closed();
      return;
    }
    if (type === 'P' && bytes[5] !== 0) {
      this.end('0A000', 'The embedded database shares one session among all clients, so prepared statements must not be named.');
      return;
    }
    if (type === 'H') {
      this.end('0A000', 'The embedded database answers whole exchanges only; Flush is not supported.');
      return;
    }
    this.#exchange.push(bytes);
    this.#exchangeBytes += bytes.length;
    if (this.#exchangeBytes > MAX_MESSAGE_BYTES) {
      this.end('54000', 'The request is larger than 64 MiB.');
      return;
    }
    if (type !== 'Q' && type !== 'S' && type !== 'F') return;
    this.exchanges.push(this.#exchange.length === 1 ? this.#exchange[0]! : Buffer.concat(this.#exchange));
    this.#exchange = [];
    this.#exchangeBytes = 0;
    this.#hooks.onExchange(this);
  }
}
