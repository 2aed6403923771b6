import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createS3ObjectStore } from './s3-object-store.ts';

it('an answer that falls silent in the middle is given up, so that it is asked for again', async () => {
  const server = http.createServer((_request, response) => {
    response.writeHead(206, { 'content-length': '4' });
    response.write('ab');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = createS3ObjectStore({ bucket: 'sound', client: { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, forcePathStyle: true }, requestTimeoutMs: 50 });
  try {
    await expect(store.get('log/a/0', { from: 0, to: 4 })).rejects.toMatchObject({ name: 'StoreError', retryable: true });
  } finally {
    store.close();
    server.closeAllConnections();
    server.close();
  }
});
