/** A proxy on loopback in front of a server, which lets requests fail as a test says. */
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * `cut`: the connection ends and the server is not asked. `lost`: it ends when the server has done what was asked. `slowMs`:
 * asked so much later. `reply`: this instead of asking, JSON unless it has a type. `change`: the server's answer, changed.
 */
export type Fault = 'cut' | 'lost' | { slowMs?: number; reply?: { status: number; body: unknown; type?: string }; change?(body: string): string };
/** What a request is called in protocols that name it in the header `X-Amz-Target`, without the service. */
export type Decide = (target: string, body: string) => Fault | null | undefined;

export interface FaultyProxy {
  url: string;
  /** Decides about each request from now on, when it has come whole; by default all pass. */
  decide: Decide;
  /** Resolves when the server has answered all it was asked, also for those who no longer listen. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

export async function startFaultyProxy(serverUrl: string): Promise<FaultyProxy> {
  const under = new Set<Promise<unknown>>();
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer(async (request, response) => {
    const body = await buffer(request).catch(() => null);
    if (!body) return;
    const fault = proxy.decide(String(request.headers['x-amz-target'] ?? '').split('.').at(-1)!, body.toString());
    if (fault === 'cut') return void request.socket.destroy();
    const { slowMs, reply, change } = typeof fault === 'object' && fault ? fault : {};
    if (reply) {
      const { status, body: words, type = 'application/x-amz-json-1.0' } = reply;
      return void response.writeHead(status, { 'content-type': type }).end(typeof words === 'string' ? words : JSON.stringify(words));
    }
    if (slowMs) await new Promise((resolve) => setTimeout(resolve, slowMs));
    const asked = ask(agent, serverUrl, request, body);
    under.add(asked);
    const answer = await asked;
    under.delete(asked);
    if (!answer || fault === 'lost') return void request.socket.destroy();
    const said = change ? Buffer.from(change(answer.body.toString())) : answer.body;
    const { 'content-length': length, 'transfer-encoding': _chunked, ...headers } = answer.headers;
    // The answer to HEAD tells the length of what it does not bring.
    response.writeHead(answer.status, { ...headers, 'content-length': request.method === 'HEAD' ? length : said.byteLength }).end(said);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    decide: () => null,
    quiet: async () => void (await Promise.all(under)),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      agent.destroy();
    },
  };
  return proxy;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** Null when the server does not answer. */
function ask(agent: http.Agent, serverUrl: string, { method, url, headers }: http.IncomingMessage, body: Buffer): Promise<Answer | null> {
  const { 'transfer-encoding': _chunked, connection: _connection, ...rest } = headers;
  return new Promise((resolve) => {
    const asking = http.request(`${serverUrl}${url}`, { agent, method, headers: { ...rest, 'content-length': body.byteLength } }, (answer) => {
      buffer(answer).then((all) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: all }), () => resolve(null));
    });
    asking.once('error', () => resolve(null));
    asking.end(body);
  });
}
