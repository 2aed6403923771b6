import { type AddressInfo, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import { startTestDatabase } from '#tests/support/database.ts';
import { watchDatabase } from './database-watch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
const EVERY_MS = 5;
const QUICKLY = { everyMs: 20, patienceMs: 300 };

async function silentServer(): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `postgres://spool@127.0.0.1:${(server.address() as AddressInfo).port}/spool`;
}

test('a database that takes connections and answers nothing is told of', async () => {
  const onSilent = vi.fn();
  stops.push(watchDatabase({ url: await silentServer(), onSilent, ...QUICKLY }));
  await vi.waitFor(() => expect(onSilent).toHaveBeenCalled(), { timeout: 10_000 });
});

test('one that answers, and one that is gone, are left to themselves', async () => {
  const database = await startTestDatabase();
  stops.push(() => database.close());
  const onSilent = vi.fn();
  for (const url of [database.url, 'postgres://spool@127.0.0.1:1/spool']) {
    let rounds = 0;
    const clock: Clock = {
      ...systemClock,
      schedule(ms, run) {
        if (ms === EVERY_MS) rounds += 1;
        return systemClock.schedule(ms, run);
      },
    };
    stops.push(watchDatabase({ url, onSilent, clock, everyMs: EVERY_MS, patienceMs: 15_000 }));
    await vi.waitFor(() => expect(rounds).toBeGreaterThan(3), { timeout: 15_000 });
  }
  expect(onSilent).not.toHaveBeenCalled();
});

test('one that falls silent right after it answered is told of, too', async () => {
  const sockets = new Set<Socket>();
  const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
  // Half open: a process that was stopped does not notice that the other side says goodbye.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (sockets.size > 1) return;
    socket.once('data', () => {
      socket.write(Buffer.concat([Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]), ready]));
      socket.once('data', () => socket.write(Buffer.concat([Buffer.from([0x43, 0, 0, 0, 13]), Buffer.from('SELECT 1\0'), ready])));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const onSilent = vi.fn();
  stops.push(watchDatabase({ url: `postgres://spool@127.0.0.1:${(server.address() as AddressInfo).port}/spool`, onSilent, ...QUICKLY, patienceMs: 2_000 }));
  await vi.waitFor(() => expect(onSilent).toHaveBeenCalled(), { timeout: 15_000 });
});
