/** A Unix socket that only this user can open, and the connections that came in by it. */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

export class PrivateSocket {
  readonly #server: net.Server;
  readonly #connections = new Set<net.Socket>();

  /** `serve` gets each connection as it comes; its `error` is dealt with, its end is the server's to notice. Any number of them unless `maxConnections` is given. */
  constructor(serve: (socket: net.Socket) => void, { maxConnections }: { maxConnections?: number } = {}) {
    this.#server = net.createServer((socket) => {
      this.#connections.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#connections.delete(socket));
      serve(socket);
    });
    if (maxConnections !== undefined) this.#server.maxConnections = maxConnections;
  }

  /** A socket that a killed process left is replaced; two never share a data directory. */
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
}
