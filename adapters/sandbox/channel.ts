/**
 * Messages between the runner and the harness inside a sandbox: a length (u32, little endian) and a kind (`J` JSON,
 * `B` bytes), then that many bytes. What comes from inside is the candidate's to forge, so every reading is bounded.
 */
import type net from 'node:net';

const HEADER_BYTES = 5;
const JSON_KIND = 0x4a;
const BYTES_KIND = 0x42;

export type Message = { kind: 'json'; text: string } | { kind: 'bytes'; bytes: Buffer };

export class ChannelBroken extends Error {
  override name = 'ChannelBroken';
}

function frame(kind: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt8(kind, 4);
  return Buffer.concat([header, payload]);
}

export function sendJson(socket: net.Socket, value: unknown): void {
  if (socket.writable) socket.write(frame(JSON_KIND, Buffer.from(JSON.stringify(value), 'utf8')));
}

export function sendBytes(socket: net.Socket, bytes: Buffer): void {
  if (socket.writable) socket.write(frame(BYTES_KIND, bytes));
}

/** Reads messages one at a time; what is not asked for waits in the pipe. */
export class MessageReader {
  readonly #socket: net.Socket;
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #bufferedBytes = 0;
  #ended = false;
  #broken: string | null = null;
  #wake: (() => void) | null = null;

  constructor(socket: net.Socket, maxBytes: number) {
    this.#socket = socket;
    this.#maxBytes = maxBytes;
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#bufferedBytes += chunk.length;
      // More than one message's worth that nobody asked for: stop reading, the pipe holds the rest back.
      if (this.#bufferedBytes > this.#maxBytes + HEADER_BYTES) socket.pause();
      this.#wake?.();
    });
    const end = () => {
      this.#ended = true;
      this.#wake?.();
    };
    socket.on('end', end);
    socket.on('close', end);
    socket.on('error', end);
  }

  /** The next message, or null when the other side has closed. @throws ChannelBroken for anything that is no message. */
  async next(): Promise<Message | null> {
    for (;;) {
      const message = this.#take();
      if (message) return message;
      if (this.#broken) throw new ChannelBroken(this.#broken);
      if (this.#ended) {
        if (this.#bufferedBytes > 0) throw new ChannelBroken('The channel ended within a message.');
        return null;
      }
      this.#socket.resume();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }

  #take(): Message | null {
    if (this.#broken || this.#bufferedBytes < HEADER_BYTES) return null;
    if (this.#chunks.length > 1 && this.#chunks[0]!.length < HEADER_BYTES) this.#chunks = [Buffer.concat(this.#chunks)];
    const head = this.#chunks[0]!;
    const length = head.readUInt32LE(0);
    const kind = head.readUInt8(4);
    if ((kind !== JSON_KIND && kind !== BYTES_KIND) || length > this.#maxBytes) {
      this.#broken = length > this.#maxBytes ? 'A message is larger than allowed.' : 'What came over the channel is no message.';
      return null;
    }
    if (this.#bufferedBytes < HEADER_BYTES + length) return null;
    const all = this.#chunks.length === 1 ? head : Buffer.concat(this.#chunks);
    const payload = all.subarray(HEADER_BYTES, HEADER_BYTES + length);
    const rest = all.subarray(HEADER_BYTES + length);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#bufferedBytes = rest.length;
    if (kind === BYTES_KIND) return { kind: 'bytes', bytes: Buffer.from(payload) };
    return { kind: 'json', text: payload.toString('utf8') };
  }
}
