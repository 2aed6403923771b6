import { once } from 'node:events';
import net from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { message, simpleQuery, startupMessage, strings } from './wire-messages.ts';
import { TRANSACTION_IDLE_TIMEOUT_MS, WireServer } from './wire-server.ts';

const READY = message('Z', Buffer.from('T'));
/** As much of PGlite as the server uses, for ever in a transaction. */
const db = {
  execProtocolRaw: async () => READY,
  execProtocolRawStream: async (_exchange: Uint8Array, { onRawData }: { onRawData(bytes: Uint8Array): void }) => onRawData(READY),
  isInTransaction: () => true,
} as unknown as PGlite;

// Its timers are due at once when a frozen process wakes, before it reads what came meanwhile.
test('a client that spoke while the process was frozen is not cut off as silent', async () => {
  const clock = new ManualClock();
  const server = new WireServer({ db, host: '127.0.0.1', port: 0, password: 'secret', clock, onFatal: (error) => { throw error; } });
  const socket = net.connect(await server.start(), '127.0.0.1');
  const told = async (what: Buffer) => {
    socket.write(what);
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    return String.fromCharCode(bytes[0]!);
  };
  expect(await told(startupMessage('postgres', 'postgres'))).toBe('R');
  expect(await told(message('p', strings('secret')))).toBe('Z');
  expect(await told(simpleQuery('begin'))).toBe('Z');
  const answer = told(simpleQuery('commit'));
  await clock.advance(TRANSACTION_IDLE_TIMEOUT_MS);
  expect(await answer).toBe('Z');
  const farewell = once(socket, 'data');
  await clock.advance(TRANSACTION_IDLE_TIMEOUT_MS);
  expect(String.fromCharCode(((await farewell) as [Buffer])[0][0]!)).toBe('E');
  socket.destroy();
  await server.stop();
});
