/** The worker's door to its sentence model: a Unix socket that only this user can open. */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { Embedder } from '#domain/interests/ports.ts';
import { type EmbedderAnswer, MAX_QUESTION_BYTES, questionSchema } from './messages.ts';

/** Nobody asks for nothing. */
const SILENCE_MS = 30_000;
/** More at once than a machine's people search. */
const MAX_CONNECTIONS = 32;

export class EmbedderSocketServer {
  readonly #embedder: Embedder;
  readonly #server: net.Server;
  readonly #connections = new Set<net.Socket>();

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
    this.#server = net.createServer((socket) => this.#serve(socket));
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /** A socket that a killed worker left is replaced; two workers never share a data directory. */
  async start(file: string): Promise<void> {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.rmSync(file, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(file, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    fs.chmodSync(file, 0o600);
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  #serve(socket: net.Socket): void {
    this.#connections.add(socket);
    const gone = new AbortController();
    let asked = '';
    socket.setEncoding('utf8');
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#connections.delete(socket);
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
