import { expect, it } from 'vitest';
import { pino } from 'pino';
import { LOAD_BALANCER_IDLE_S } from '#domain/operations/idle-connections.ts';
import { HttpServer } from './http-server.ts';
import { createMetrics } from './metrics.ts';

it.each([
  ['behind proxies, silent connections stay open for longer than a load balancer keeps them', 2, (seconds: number) => seconds > LOAD_BALANCER_IDLE_S],
  ['without one, those of anybody end after seconds', 0, (seconds: number) => seconds === 5],
])('%s', async (_what, trustedProxies, isRight) => {
  const server = new HttpServer({
    host: '127.0.0.1', port: 0, allowedOrigins: [], maxConnections: 1, trustedProxies, ready: async () => true,
    metrics: createMetrics({ sessions: () => 0, connections: () => 0 }), log: pino({ level: 'silent' }), onConnection: () => {},
  });
  try {
    const { status, headers } = await fetch(`http://127.0.0.1:${await server.start()}/health`);
    expect(status).toBe(200);
    expect(isRight(Number(/^timeout=(\d+)$/.exec(headers.get('keep-alive')!)![1]))).toBe(true);
  } finally {
    await server.stop();
  }
});
