/** A proxy on loopback in front of a server, which lets requests fail as a test says. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** `cut`: the connection ends without an answer. `reply`: this instead of asking the server. `change`: the server's answer, changed. */
export type Fault = 'cut' | { reply: { status: number; body: unknown } } | { change(body: string): string };
/** What a request is called in protocols that name it in the header `X-Amz-Target`, without the service. */
export type Decide = (target: string, body: string) => Fault | null | undefined;

export interface FaultyProxy {
  url: string;
  /** Decides about each request from now on; by default all pass. */
  decide: Decide;
  /** Resolves when the server has answered all it was asked, also for those who no longer listen. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

export async function startFaultyProxy(serverUrl: string): Promise<FaultyProxy> {
  const under = new Set<Promise<unknown>>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const fault = proxy.decide(String(request.headers['x-amz-target'] ?? '').split('.').at(-1)!, body.toString());
    if (fault === 'cut') return void request.socket.destroy();
    if (fault && 'reply' in fault) {
      response.writeHead(fault.reply.status, { 'content-type': 'application/x-amz-json-1.0' });
      return void response.end(JSON.stringify(fault.reply.body));
    }
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const asked = ask(serverUrl + request.url!, { method: request.method, headers: headers as Record<string, string>, body: body.length > 0 ? body : undefined });
    under.add(asked);
    const answer = await asked;
    under.delete(asked);
    if (!answer) return void request.socket.destroy();
    const { text, type } = answer;
    response.writeHead(answer.status, { 'content-type': type });
    response.end(fault ? fault.change(text) : text);
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
    },
  };
  return proxy;
}

/** Null when the server does not answer. */
async function ask(url: string, init: RequestInit): Promise<{ status: number; text: string; type: string } | null> {
  try {
    const answer = await fetch(url, init);
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? 'text/plain' };
  } catch {
    return null;
  }
}
