/**
 * What Next keeps from a route, told by Node's own HTTP server, which announces each request before Next sees it:
 *   the address at the other end of the socket (Next only hands on X-Forwarded-For, where a client can claim any address)
 *   methods and addresses that Next itself would answer with a bare 400 or 500
 *   the Content-Length of an answer, which Next takes away because it cannot know whether it still holds
 * Each travels in a header whose name nobody outside can guess.
 */
const KEY = Symbol.for('spool.secret-headers');
type SecretHeaders = Record<'peer' | 'method' | 'length', string> & { prepared: boolean };
const secretName = () => `x-spool-${crypto.randomUUID()}`;

/** Next may load this file more than once; the names are the process's. */
function secretHeaders(): SecretHeaders {
  const shared = globalThis as { [KEY]?: SecretHeaders };
  shared[KEY] ??= { peer: secretName(), method: secretName(), length: secretName(), prepared: false };
  return shared[KEY];
}
/** Name of the request header with the peer's IP address. */
export const peerHeader = () => secretHeaders().peer;
/** Name of the request header with the method as it was sent, where Next was given another. */
export const methodHeader = () => secretHeaders().method;

/** Keeps the answer's Content-Length through Next. For bodies that nothing compresses on the way. */
export function keepLength(headers: Headers): void {
  const length = headers.get('content-length');
  const { length: name, prepared } = secretHeaders();
  if (length !== null && prepared) headers.set(name, length);
}

/** Those Next hands to a route. */
const ROUTED_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

interface IncomingRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  socket: { remoteAddress?: string };
}
interface OutgoingResponse {
  setHeader(name: string, value: string | number | readonly string[]): unknown;
}

/** Called once when the server starts (instrumentation.ts), before the first request. */
export function prepareIncomingRequests(): void {
  const headers = secretHeaders();
  if (headers.prepared) return;
  headers.prepared = true;
  // Not an import: Next compiles this for its edge runtime as well, which has no such module and never runs it.
  const { subscribe } = globalThis.process.getBuiltinModule('node:diagnostics_channel');
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingRequest; response: OutgoingResponse };
    prepareRequest(request);
    prepareResponse(response);
  });
}

export function prepareRequest(request: IncomingRequest): void {
  const { peer, method } = secretHeaders();
  if (request.socket.remoteAddress) request.headers[peer] = request.socket.remoteAddress;
  if (!isDecodable(request.url)) request.url = request.url.startsWith('/api') ? '/api/undecodable' : '/undecodable';
  if (request.url.startsWith('/api') && !ROUTED_METHODS.includes(request.method)) {
    request.headers[method] = request.method;
    request.method = 'POST';
  }
}

export function prepareResponse(response: OutgoingResponse): void {
  const setHeader = response.setHeader.bind(response);
  const { length } = secretHeaders();
  response.setHeader = (name, value) => setHeader(name.toLowerCase() === length ? 'content-length' : name, value);
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
