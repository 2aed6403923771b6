/**
 * The port parts of uploads are sent to. Each goes from the socket to its place in the file, no faster than the disk
 * takes it, and counts once it is synced. Who may send what stands in the link (`PartLinks`); nothing else is served but `/health`.
 */
import http from 'node:http';
import type { Clock } from '#domain/clock.ts';
import { ERRORS, SpoolError, asSpoolError } from '#domain/errors.ts';
import { uuidSchema } from '#domain/ids.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import type { PartLinks, UploadRecords, UploadStorage } from '#domain/meetings/uploads/ports.ts';
import { partRange } from '#domain/meetings/uploads/limits.ts';
import type { Upload } from '#domain/meetings/uploads/upload.ts';
import { keepAliveMs } from '#domain/operations/idle-connections.ts';

/** Silence within a part, and without a proxy between two parts, for this long ends a connection. */
const IDLE_MS = 30_000;
/** A part takes this long at most: 8 MiB at 9.5 kB/s, slower than any connection a recording would be sent over. */
const PART_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** At 64 kB of buffers each, 4 MB; a browser sends three at a time. */
const MAX_RECEIVING = 64;
const MAX_RECEIVING_PER_UPLOAD = 6;
const MAX_CONNECTIONS = 256;
const RETRY_AFTER_S = 2;
/** What is refused is read to its end up to this size, or a browser would see a broken connection instead of the reason. */
const MAX_DRAINED_BYTES = 16 * 1024 ** 2;
const PREFLIGHT_MAX_AGE_S = '600';
const HEALTH_PATH = '/health';
const PART_PATH = /^\/v1\/uploads\/([0-9a-f-]{36})\/parts\/([1-9]\d{0,4})$/;

export interface PartServerOptions {
  host: string;
  port: number;
  /** Origins whose pages may send parts; a request without Origin is no browser and brings its link. */
  allowedOrigins: string[];
  /** SPOOL_TRUSTED_PROXIES: behind one, connections between two parts stay open for longer than it keeps them. */
  trustedProxies: number;
  records: Pick<UploadRecords, 'find' | 'partReceived'>;
  storage: Pick<UploadStorage, 'writePart' | 'remove'>;
  links: Pick<PartLinks, 'allows'>;
  clock: Clock;
  log: Log;
}

export class PartServer {
  readonly #options: PartServerOptions;
  readonly #server: http.Server;
  readonly #receiving = new Map<string, number>();
  #total = 0;

  constructor(options: PartServerOptions) {
    this.#options = options;
    this.#server = http.createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: PART_TIMEOUT_MS, keepAliveTimeout: keepAliveMs(options.trustedProxies, IDLE_MS) }, (request, response) => void this.#answer(request, response));
    this.#server.timeout = IDLE_MS;
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /** @returns the port listened on (useful when 0 was asked for). @throws Error with what to do when the port is taken */
  start(): Promise<number> {
    const { host, port } = this.#options;
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} (files that are sent) is already in use. Stop that program, or choose another port with SPOOL_UPLOAD_PORT.`) : error),
      );
      this.#server.listen(port, host, () => resolve((this.#server.address() as { port: number }).port));
    });
  }

  /** Parts under way are cut off; their clients send them again. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('vary', 'Origin');
    try {
      const { origin } = request.headers;
      if (origin !== undefined) {
        if (!this.#options.allowedOrigins.includes(origin)) throw new SpoolError('origin.forbidden');
        response.setHeader('access-control-allow-origin', origin);
        response.setHeader('access-control-expose-headers', 'Retry-After');
      }
      const url = new URL(request.url ?? '/', 'http://parts.invalid');
      // A load balancer asks whether this process takes parts.
      if (url.pathname === HEALTH_PATH && request.method === 'GET') return answerHealth(response);
      const [, uploadId = '', part = ''] = PART_PATH.exec(url.pathname) ?? [];
      if (!uuidSchema.safeParse(uploadId).success) throw new SpoolError('route.unknown');
      if (request.method === 'OPTIONS') return preflight(response);
      if (request.method !== 'PUT') throw new SpoolError('route.method');
      await this.#put(request, uploadId, Number(part), url.searchParams);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ part: Number(part) }));
    } catch (error) {
      this.#refuse(request, response, error);
    }
  }

  async #put(request: http.IncomingMessage, uploadId: string, part: number, query: URLSearchParams): Promise<void> {
    const { records, storage, links, log } = this.#options;
    if (!links.allows(uploadId, part, query)) throw new SpoolError('upload.link_expired');
    const upload = await records.find(uploadId);
    if (!upload) throw new SpoolError('upload.not_found');
    const range = partRange(upload, part);
    if (!range) throw new SpoolError('upload.not_found');
    checkLength(request, range.sizeBytes);
    if (upload.state !== 'receiving') {
      if (upload.failure === 'upload.expired') throw new SpoolError('upload.expired');
      // Sent again because the answer was lost: it is there, as all of them are.
      return drain(request);
    }
    if (upload.over) throw new SpoolError('session.over');
    const done = this.#enter(uploadId);
    try {
      await storage.writePart(upload, range.offset, bodyOf(request, range.sizeBytes));
      const recorded = await records.partReceived(uploadId, part);
      if (!recorded) {
        // Cancelled, or erased with its session, while the part was on its way.
        await storage.remove(upload);
        throw new SpoolError('upload.not_found');
      }
      if (isWhole(upload, recorded)) log.info({ uploadId, sessionId: upload.sessionId }, 'An upload is whole.');
    } finally {
      done();
    }
  }

  /** @throws SpoolError `upload.busy` */
  #enter(uploadId: string): () => void {
    const here = this.#receiving.get(uploadId) ?? 0;
    if (this.#total >= MAX_RECEIVING || here >= MAX_RECEIVING_PER_UPLOAD) throw new SpoolError('upload.busy', undefined, { retryAfterS: RETRY_AFTER_S });
    this.#total += 1;
    this.#receiving.set(uploadId, here + 1);
    return () => {
      this.#total -= 1;
      const left = this.#receiving.get(uploadId)! - 1;
      if (left > 0) this.#receiving.set(uploadId, left);
      else this.#receiving.delete(uploadId);
    };
  }

  /** A problem document, as the API writes them. */
  #refuse(request: http.IncomingMessage, response: http.ServerResponse, error: unknown): void {
    const known = asSpoolError(error);
    const { status, title } = ERRORS[known.code];
    if (known.code === 'internal' || known.code === 'unavailable' || known.code === 'upload.disk_full') this.#options.log.error({ ...traceOf(error), code: known.code }, 'A part of an upload could not be taken.');
    if (response.destroyed || !response.writable) return;
    const length = Number(request.headers['content-length'] ?? 0);
    const drainable = request.complete || (length <= MAX_DRAINED_BYTES && !request.errored);
    response.writeHead(status, {
      'content-type': 'application/problem+json',
      ...(drainable ? {} : { connection: 'close' }),
      ...(known.code === 'route.method' ? { allow: 'PUT, OPTIONS' } : {}),
      ...(known.retryAfterS === undefined ? {} : { 'retry-after': String(known.retryAfterS) }),
    });
    response.end(JSON.stringify({ type: `urn:spool:problem:${known.code}`, title, status, detail: known.personMessage, code: known.code, retryable: known.retryable }));
    if (drainable) request.resume();
    else response.once('finish', () => request.destroy());
  }
}

const isWhole = (before: Upload, after: Upload) => before.state === 'receiving' && after.state === 'received';

function answerHealth(response: http.ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status: 'ok' }));
}

function preflight(response: http.ServerResponse): void {
  response.writeHead(204, { 'access-control-allow-methods': 'PUT', 'access-control-allow-headers': 'Content-Type', 'access-control-max-age': PREFLIGHT_MAX_AGE_S });
  response.end();
}

/** Node's parser ends the body at what Content-Length says; so once it is right, no part can be longer than its place. */
function checkLength(request: http.IncomingMessage, sizeBytes: number): void {
  const sent = request.headers['content-length'];
  if (sent === undefined || Number(sent) < sizeBytes) throw new SpoolError('upload.part_wrong_size');
  if (Number(sent) > sizeBytes) throw new SpoolError('upload.part_too_large');
}

/** @throws SpoolError `upload.interrupted` when it ends early */
async function* bodyOf(request: http.IncomingMessage, sizeBytes: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      received += chunk.byteLength;
      yield chunk;
    }
  } catch (error) {
    throw new SpoolError('upload.interrupted', 'A part was cut off.', { cause: error });
  }
  if (received !== sizeBytes) throw new SpoolError('upload.interrupted', 'A part ended early.');
}

async function drain(request: http.IncomingMessage): Promise<void> {
  for await (const _chunk of request);
}
