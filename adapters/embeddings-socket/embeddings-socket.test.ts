import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scriptedEmbedder } from '#adapters/embedder-contract/scripted-embedder.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { ANSWER_WITHIN_MS, socketQueryReader } from './socket-client.ts';
import { embedderSocketPath } from './socket-path.ts';
import { EmbedderSocketServer } from './socket-server.ts';

let folder: string;
let file: string;
let server: EmbedderSocketServer;
const embedder = scriptedEmbedder({ roof: 1 });
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'spool-embed-'));
  file = embedderSocketPath(folder);
  server = new EmbedderSocketServer(embedder);
  await server.start(file);
});
afterEach(async () => {
  embedder.fail = undefined;
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a query gets the vector of the worker’s model, through a door that only this user can open', async () => {
  const { model, vector } = await socketQueryReader(file, systemClock)('the roof "leaks"\n');
  expect(model).toBe('scripted-1');
  expect(vector).toEqual((await embedder.embed(['the roof "leaks"\n']))[0]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
test('a model that fails, a worker that is not there, one that says nonsense and one that says nothing: each is an error of its own kind, soon', async () => {
  embedder.fail = new SpoolError('engine.busy');
  await expect(socketQueryReader(file, systemClock)('roof')).rejects.toMatchObject({ code: 'engine.failed' });
  await server.stop();
  await expect(socketQueryReader(file, systemClock)('roof')).rejects.toMatchObject({ code: 'unavailable' });
  for (const [said, code] of [['hello\n', 'engine.failed'], ['{"model":"m","vector":[1]}\n', 'engine.failed'], [`${'x'.repeat(40_000)}\n`, 'engine.failed'], [null, 'unavailable']] as const) {
    const other = path.join(folder, 'other.sock');
    const strange = net.createServer((socket) => (socket.on('error', () => {}).resume(), said === null ? socket.destroy() : socket.end(said)));
    await new Promise<void>((resolve) => strange.listen(other, resolve));
    await expect(socketQueryReader(other, systemClock)('roof')).rejects.toMatchObject({ code });
    await new Promise<void>((resolve) => strange.close(() => resolve()));
  }
  const clock = new ManualClock();
  const asked = Promise.withResolvers<net.Socket>();
  const mute = net.createServer((socket) => asked.resolve(socket.resume()));
  await new Promise<void>((resolve) => mute.listen(path.join(folder, 'mute.sock'), resolve));
  const waiting = expect(socketQueryReader(path.join(folder, 'mute.sock'), clock)('roof')).rejects.toMatchObject({ code: 'engine.timeout' });
  await asked.promise;
  await clock.advance(ANSWER_WITHIN_MS);
  await waiting;
  await new Promise<void>((resolve) => mute.close(() => resolve()));
});
test('whoever sends too much, or no question, learns nothing; the socket of a dead worker is replaced', async () => {
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = net.connect(file, () => socket.write(text));
      let heard = '';
      socket.on('data', (piece) => (heard += String(piece)));
      socket.on('error', () => {});
      socket.on('close', () => resolve(heard));
    });
  expect(await say('x'.repeat(10_000))).toBe('');
  expect(await say('{"text": 7}\n')).toBe('{"failed":true}\n');
  await server.stop();
  await new Promise<void>((resolve) => net.createServer().listen(file).once('listening', () => resolve()));
  expect(existsSync(file)).toBe(true);
  server = new EmbedderSocketServer(embedder);
  await server.start(file);
  expect((await socketQueryReader(file, systemClock)('roof')).model).toBe('scripted-1');
});
