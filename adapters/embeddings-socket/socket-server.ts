/** The worker's door to its sentence model: a Unix socket that only this user can open. */
import type net from 'node:net';
import { PrivateSocket } from '#adapters/unix-socket/private-socket.ts';
import type { Embedder } from '#domain/interests/ports.ts';
import { type EmbedderAnswer, MAX_QUESTION_BYTES, questionSchema } from './messages.ts';

/** Nobody asks for nothing. */
const SILENCE_MS = 30_000;
/** More at once than a machine's people search. */
const MAX_CONNECTIONS = 32;

export class EmbedderSocketServer {
  readonly #embedder: Embedder;
  readonly #door: PrivateSocket;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
    this.#door = new PrivateSocket((socket) => this.#serve(socket), { maxConnections: MAX_CONNECTIONS });
  }

  start(file: string): Promise<void> {
    return this.#door.start(file);
  }

  stop(): Promise<void> {
    return this.#door.stop();
  }

  #serve(socket: net.Socket): void {
    const gone = new AbortController();
    let asked = '';
    socket.setEncoding('utf8');
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    socket.on('close', () => {
      gone.abort();
    });
    socket.on('data', (piece: string) => {
      const waiting = !asked.includes('\n');
      asked += piece;
      if (asked.length > MAX_QUESTION_BYTES) socket.destroy();
      else if (waiting && asked.includes('\n')) void this.#answer(socket, asked.slice(0, asked.indexOf('\n')), gone.signal);
    });
  }

  async #answer(socket: net.Socket, line: string, signal: AbortSignal): Promise<void> {
    let answer: EmbedderAnswer = { failed: true };
    try {
      const { text } = questionSchema.parse(JSON.parse(line));
      const [vector] = await this.#embedder.embed([text], signal);
      answer = { model: this.#embedder.name, vector: [...vector!] };
    } catch {
      // The embedder has said in its own log why; who asked searches by words.
    }
    if (socket.writable) socket.end(`${JSON.stringify(answer)}\n`);
  }
}
