/**
 * Serves one PGlite to many ordinary Postgres clients.
 *
 * PGlite is one session, so clients take turns: by whole exchange (up to ReadyForQuery), and by whole transaction.
 * The socket server that comes with PGlite takes turns by message: a statement longer than one network read lets
 * another client's Parse slip between its Parse and Bind, and answers reach the wrong client
 * (`tests/integration/database-server.test.ts` shows what is promised here).
 */
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import { WireConnection } from './wire-connection.ts';
import { fatalError, simpleQuery, startupMessage } from './wire-messages.ts';

/**
 * A client that holds a transaction open without a word for this long is cut off and rolled back: everybody else is
 * waiting. A transaction awaits nothing but the database, so a healthy one is silent for milliseconds.
 */
export const TRANSACTION_IDLE_TIMEOUT_MS = 3_000;
export const MAX_CONNECTIONS = 200;
/** Exchanges run in a row before sockets get their turn on the event loop. */
const EXCHANGES_PER_TICK = 8;

export interface WireServerOptions {
  db: PGlite;
  host: string;
  /** 0 takes a free one. */
  port: number;
  password: string;
  clock?: Clock;
  /** The database itself failed (not a query): the process should be restarted. */
  onFatal(error: unknown): void;
}

export class WireServer {
  readonly #options: WireServerOptions;
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #connections = new Set<WireConnection>();
  /** Connections with an exchange to run, in order of arrival; each at most once. */
  readonly #waiting: WireConnection[] = [];
  /** Whose transaction is open. */
  #owner: WireConnection | null = null;
  #ownerGone = false;
  #cancelIdleTimer: () => void = () => {};
  #pumping: Promise<void> | null = null;
  #welcome: Uint8Array = new Uint8Array();

  constructor(options: WireServerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#server = createServer((socket) => {
      // Who has the password is never kept out by those who have not given it.
      if (this.#connections.size >= MAX_CONNECTIONS) this.#longestStranger()?.end('53300', 'Others are waiting; try again.');
      if (this.#connections.size >= MAX_CONNECTIONS) {
        socket.on('error', () => socket.destroy());
        socket.end(fatalError('53300', `More than ${MAX_CONNECTIONS} connections are open.`));
        return;
      }
      this.#connections.add(
        new WireConnection(socket, {
          clock: this.#clock,
          welcome: this.#welcome,
          password: options.password,
          onExchange: (connection) => this.#exchangeReady(connection),
          onClose: (connection) => this.#connectionClosed(connection),
        }),
      );
    });
  }

  /** @returns the port listened on. */
  async start(): Promise<number> {
    // A copy: the bytes are a view into the database's memory.
    this.#welcome = (await this.#options.db.execProtocolRaw(startupMessage('postgres', 'postgres'))).slice();
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, this.#options.host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Lets the running exchange finish, tells clients to go, and closes. The database itself stays open. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of [...this.#connections]) connection.end('57P01', 'The database is shutting down.');
    await closed;
    await this.#pumping;
  }

  #longestStranger(): WireConnection | undefined {
    for (const connection of this.#connections) if (connection.isStranger) return connection;
    return undefined;
  }

  #exchangeReady(connection: WireConnection): void {
    if (connection.exchanges.length === 1) this.#waiting.push(connection);
    this.#pump();
  }

  #connectionClosed(connection: WireConnection): void {
    this.#connections.delete(connection);
    const index = this.#waiting.indexOf(connection);
    if (index >= 0) this.#waiting.splice(index, 1);
    if (connection !== this.#owner) return;
    this.#ownerGone = true;
    this.#pump();
  }

  #pump(): void {
    this.#pumping ??= this.#runAll()
      .catch((error: unknown) => this.#options.onFatal(error))
      .finally(() => {
        this.#pumping = null;
        if (this.#next() || this.#ownerGone) this.#pump();
      });
  }

  #next(): WireConnection | undefined {
    return this.#owner ? this.#waiting.find((connection) => connection === this.#owner) : this.#waiting[0];
  }

  async #runAll(): Promise<void> {
    for (let count = 1; ; count += 1) {
      if (this.#ownerGone) await this.#rollBackForTheGone();
      const connection = this.#next();
      if (!connection) return;
      await this.#run(connection);
      if (count % EXCHANGES_PER_TICK === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #run(connection: WireConnection): Promise<void> {
    this.#waiting.splice(this.#waiting.indexOf(connection), 1);
    const exchange = connection.exchanges.shift()!;
    if (connection.exchanges.length > 0) this.#waiting.push(connection);
    this.#cancelIdleTimer();
    await this.#options.db.execProtocolRawStream(exchange, { onRawData: (bytes) => connection.send(bytes) });
    if (!this.#options.db.isInTransaction()) {
      this.#owner = null;
      return;
    }
    this.#owner = connection;
    if (!connection.isOpen) this.#ownerGone = true;
    let said = false;
    const cutOff = () => {
      if (!said && connection.exchanges.length === 0) connection.end('25P03', 'The transaction was idle too long; everybody else was waiting for it.');
    };
    // A process that was frozen finds its timers due before it has read what came meanwhile: two turns read it.
    const cancel = this.#clock.schedule(TRANSACTION_IDLE_TIMEOUT_MS, () => setImmediate(() => setImmediate(cutOff)));
    this.#cancelIdleTimer = () => {
      said = true;
      cancel();
    };
  }

  async #rollBackForTheGone(): Promise<void> {
    this.#ownerGone = false;
    this.#owner = null;
    this.#cancelIdleTimer();
    if (this.#options.db.isInTransaction()) await this.#options.db.execProtocolRaw(simpleQuery('rollback'));
  }
}
