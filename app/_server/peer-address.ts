/**
 * The address at the other end of the socket. Next only hands on X-Forwarded-For, which it fills from the socket when
 * the client sent none, so a client can claim any address there. Instead Node's own HTTP server tells us of each request
 * before Next sees it, and the socket's address goes into a header whose name nobody outside can guess.
 */
const KEY = Symbol.for('spool.peer-header');
const shared = globalThis as { [KEY]?: string };

/** Name of the header, one per process. */
export function peerHeader(): string {
  shared[KEY] ??= `x-spool-peer-${crypto.randomUUID()}`;
  return shared[KEY];
}

/** Called once when the server starts (instrumentation.ts), before the first request. */
export async function recordPeerAddresses(): Promise<void> {
  const { subscribe } = await import('node:diagnostics_channel');
  const header = peerHeader();
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: { headers: Record<string, string | string[] | undefined>; socket: { remoteAddress?: string } } };
    if (request.socket.remoteAddress) request.headers[header] = request.socket.remoteAddress;
  });
}
