/** What is prepared before Next sees a request, on Node's own HTTP server with real sockets. */
import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepLength, methodHeader, peerHeader, prepareIncomingRequests } from '#app/_server/incoming-requests.ts';

let server: Server;
let port: number;
beforeAll(async () => {
  prepareIncomingRequests();
  prepareIncomingRequests();
  server = createServer((incoming, response) => {
    const headers = new Headers({ 'content-length': '5' });
    keepLength(headers);
    headers.delete('content-length'); // as Next does
    for (const [name, value] of headers) response.setHeader(name, value);
    response.end(incoming.method === 'HEAD' ? undefined : 'hello');
    seen.push({ peer: incoming.headers[peerHeader()], was: incoming.headers[methodHeader()], method: incoming.method, url: incoming.url });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const seen: unknown[] = [];
function send(method: string, path: string, headers: Record<string, string> = {}): Promise<{ length: string | undefined; names: string[] }> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
      response.resume().on('end', () => resolve({ length: response.headers['content-length'], names: Object.keys(response.headers) }));
    }).on('error', reject).end();
  });
}

test('the address comes from the socket, whatever a client writes', async () => {
  await send('GET', '/api/health', { 'x-forwarded-for': '10.0.0.1', [peerHeader()]: '10.0.0.2' });
  expect(seen.at(-1)).toEqual({ peer: '127.0.0.1', was: undefined, method: 'GET', url: '/api/health' });
});

test('a method no route knows arrives as one that is refused by name', async () => {
  await send('PROPFIND', '/api/sessions');
  expect(seen.at(-1)).toMatchObject({ was: 'PROPFIND', method: 'POST', url: '/api/sessions' });
  await send('PROPFIND', '/');
  expect(seen.at(-1)).toMatchObject({ was: undefined, method: 'PROPFIND' });
});

test('an address that cannot be decoded is an address nobody has', async () => {
  const socket = connect(port, '127.0.0.1');
  socket.end('GET /api/sessions/%E0%A4%A HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await new Promise((resolve) => socket.resume().on('close', resolve));
  expect(seen.at(-1)).toMatchObject({ method: 'GET', url: '/api/undecodable' });
});

test.each(['GET', 'HEAD'])('the answer to %s keeps its length, and no secret name leaves the process', async (method) => {
  const { length, names } = await send(method, '/api/sessions/x/audio');
  expect(length).toBe('5');
  expect(names.filter((name) => name.startsWith('x-spool'))).toEqual([]);
});
