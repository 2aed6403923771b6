/** A way to a server on loopback on which requests are refused as S3 refuses, answers get lost after the deed, and some take long. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Mishap = 'none' | 'refused' | 'slow-down' | 'lost' | 'slow';
export interface FaultyS3 {
  endpoint: string;
  /** How often each has happened. */
  happened: Record<Mishap, number>;
  stop(): Promise<void>;
}
const SLOW_MS = 30;
const REFUSALS = { refused: [500, 'InternalError'], 'slow-down': [503, 'SlowDown'] } as const;

/** @param choose what happens to the next request, which comes whole before anything does */
export async function startFaultyS3(target: string, choose: () => Mishap): Promise<FaultyS3> {
  const { hostname, port } = new URL(target);
  const happened: FaultyS3['happened'] = { none: 0, refused: 0, 'slow-down': 0, lost: 0, slow: 0 };
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer(async (request, response) => {
    const body = await buffer(request).catch(() => null);
    if (!body) return;
    const mishap = choose();
    happened[mishap] += 1;
    if (mishap === 'refused' || mishap === 'slow-down') {
      const [status, code] = REFUSALS[mishap];
      return void response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code><Message>Please try again.</Message></Error>`);
    }
    if (mishap === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    const { 'transfer-encoding': _chunked, ...headers } = request.headers;
    const forwarded = http.request({ agent, hostname, port, method: request.method, path: request.url, headers: { ...headers, 'content-length': body.byteLength } }, async (answer) => {
      const answered = await buffer(answer).catch(() => null);
      if (mishap === 'lost' || !answered) return void request.socket.destroy();
      response.writeHead(answer.statusCode ?? 502, answer.headers).end(answered);
    });
    forwarded.on('error', () => request.socket.destroy());
    forwarded.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    happened,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}
