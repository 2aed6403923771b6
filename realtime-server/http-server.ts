/** The port of the live sessions: health, readiness, metrics, and the upgrade to `/v1/stream`; also under `/interview`. */
import http from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import { keepAliveMs } from '#domain/operations/idle-connections.ts';
import type { Metrics } from './metrics.ts';

/** Above the largest frame by far; a larger message is closed by the transport with 1009. */
const MAX_PAYLOAD_BYTES = 1024 * 1024;
const STREAM_PATH = '/v1/stream';
/** A request that is not whole by then is given up, so that nobody holds connections by sending a byte now and then. */
const REQUEST_TIMEOUT_MS = 5_000;
/** Plain requests beside the streams: health checks and scrapes. */
const MAX_OTHER_CONNECTIONS = 500;

export interface HttpServerOptions {
  host: string;
  port: number;
  /** Origins whose pages may open the stream; a request without Origin is no browser and brings its ticket. */
  allowedOrigins: string[];
  maxConnections: number;
  /** SPOOL_TRUSTED_PROXIES: behind one, connections stay open for longer than it keeps them. */
  trustedProxies: number;
  ready: () => Promise<boolean>;
  metrics: Metrics;
  log: Logger;
  /** `query`: of the address that was connected to. */
  onConnection: (socket: WebSocket, query: URLSearchParams) => void;
}

export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #server: http.Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES, perMessageDeflate: false, clientTracking: true });
  #stopping = false;

  constructor(options: HttpServerOptions) {
    this.#options = options;
    // The first two count from the first byte of a request, so they end no connection that is idle.
    const limits = { headersTimeout: REQUEST_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: keepAliveMs(options.trustedProxies, REQUEST_TIMEOUT_MS), connectionsCheckingInterval: 1_000 };
    this.#server = http.createServer(limits, (request, response) => void this.#request(request, response));
    this.#server.maxConnections = options.maxConnections + MAX_OTHER_CONNECTIONS;
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket as Socket, head));
  }

  get connections(): number {
    return this.#sockets.clients.size;
  }

  /** @returns the port listened on (useful when 0 was asked for). */
  start(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, this.#options.host, () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as { port: number }).port);
      });
    });
  }

  /** No new connections from now on; those open are the caller's to close. */
  refuse(): void {
    this.#stopping = true;
  }

  async stop(): Promise<void> {
    this.refuse();
    for (const socket of this.#sockets.clients) socket.terminate();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #request(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, { code: 'route.method' });
    if (path === '/health') return answer(response, 200, { status: 'ok' });
    if (path === '/ready') {
      const ready = !this.#stopping && (await this.#options.ready().catch(() => false));
      return answer(response, ready ? 200 : 503, { status: ready ? 'ready' : 'starting' });
    }
    if (path === '/metrics' && isLoopback(request.socket.remoteAddress) && request.headers['x-forwarded-for'] === undefined) {
      response.writeHead(200, { 'content-type': this.#options.metrics.registry.contentType });
      response.end(await this.#options.metrics.registry.metrics());
      return;
    }
    answer(response, 404, { code: 'route.unknown' });
  }

  #upgrade(request: http.IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (pathOf(request) !== STREAM_PATH) return refuse(socket, 404, 'Not Found');
    const { origin } = request.headers;
    if (origin !== undefined && !this.#options.allowedOrigins.includes(origin)) return refuse(socket, 403, 'Forbidden');
    if (this.#stopping || this.connections >= this.#options.maxConnections) return refuse(socket, 503, 'Service Unavailable');
    socket.setNoDelay(true);
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#options.onConnection(webSocket, new URLSearchParams((request.url ?? '').split('?', 2)[1])));
  }
}

/** The path below the optional prefix of a path-routing load balancer. */
function pathOf(request: http.IncomingMessage): string {
  const path = (request.url ?? '/').split('?', 1)[0]!;
  return path.startsWith('/interview/') ? path.slice('/interview'.length) : path;
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.'));
}

function answer(response: http.ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function refuse(socket: Socket, status: number, reason: string): void {
  // Whoever does not close its side in turn would hold the connection for ever.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
