/**
 * What Next would not tell a route, told by Node's own HTTP server, which announces each request before Next sees it:
 * the address at the other end of the socket (Next only hands on X-Forwarded-For, where a client can claim any address),
 * and methods and addresses that Next itself would answer with a bare 400 or 500. Both travel in headers whose names
 * nobody outside can guess.
 */
const KEY = Symbol.for('spool.incoming-request-header');
const shared = globalThis as { [KEY]?: string };
const secretName = () => (shared[KEY] ??= `x-spool-${crypto.randomUUID()}`);

/** Names of the headers, new in each process: the peer's IP address, and the method as it was sent. */
export const peerHeader = () => `${secretName()}-peer`;
export const methodHeader = () => `${secretName()}-method`;

/** Those Next hands to a route. */
const ROUTED_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

interface IncomingRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  socket: { remoteAddress?: string };
}

/** Called once when the server starts (instrumentation.ts), before the first request. */
export function prepareIncomingRequests(): void {
  // Not an import: Next compiles this for its edge runtime as well, which has no such module and never runs it.
  const { subscribe } = globalThis.process.getBuiltinModule('node:diagnostics_channel');
  subscribe('http.server.request.start', (message) => prepare((message as { request: IncomingRequest }).request));
}

export function prepare(request: IncomingRequest): void {
  if (request.socket.remoteAddress) request.headers[peerHeader()] = request.socket.remoteAddress;
  if (!isDecodable(request.url)) request.url = request.url.startsWith('/api') ? '/api/undecodable' : '/undecodable';
  if (request.url.startsWith('/api') && !ROUTED_METHODS.includes(request.method)) {
    request.headers[methodHeader()] = request.method;
    request.method = 'POST';
  }
}

/** False for an address with a broken percent sign, which names nothing. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0]!);
    return true;
  } catch {
    return false;
  }
}
