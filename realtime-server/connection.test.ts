import { EventEmitter } from 'node:events';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { sha256Hex } from '#domain/hash.ts';
import { decodeUplinkFrame, encodeUplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE, HELLO_TIMEOUT_MS, type ServerMessage, type StreamRole } from '#domain/stream/protocol.ts';
import { type Room, openRoom, turnOfTheLoop } from '#tests/support/session-room.ts';
import { CHECK_WATCHER_MS, Connection, MAX_BUFFERED_BYTES } from './connection.ts';
import { IDLE_TIMEOUT_MS } from './live-session.ts';
import { Observation } from './observation.ts';

/** What a connection uses of `ws`, with a reader that reads or does not. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  paused = false;
  reads = true;
  closedWith: number | null = null;
  readonly messages: ServerMessage[] = [];
  readonly frames: Uint8Array[] = [];

  send(data: string | Uint8Array): void {
    if (!this.reads) this.bufferedAmount += data.length;
    if (typeof data === 'string') this.messages.push(JSON.parse(data) as ServerMessage);
    else this.frames.push(data);
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  close(code: number): void {
    if (this.readyState !== 1) return;
    this.readyState = 2;
    this.closedWith = code;
  }
  terminate(): void {
    this.closedWith ??= 1006;
    this.goes();
  }
  /** The other side is gone. */
  goes(): void {
    this.readyState = 3;
    this.emit('close');
  }
  says(message: object): void {
    this.emit('message', Buffer.from(JSON.stringify(message)), false);
  }
  sends(firstSample: number, samples = new Int16Array(1_600)): void {
    this.emit('message', Buffer.from(encodeUplinkFrame({ seq: 0, firstSample, samples })), true);
  }
  types(): string[] {
    return this.messages.map((message) => message.type);
  }
}

function connect(room: Room, hearsPerson = false): FakeSocket {
  const socket = new FakeSocket();
  const { registry, store, audio, clock, metrics } = room;
  new Connection({ socket: socket as unknown as WebSocket, hearsPerson, registry, observation: new Observation({ registry, store, audio, clock }), store, clock, log: pino({ level: 'silent' }), metrics });
  return socket;
}
async function hello(room: Room, sessionId: string, role: StreamRole = 'participant', personName = 'Ada') {
  const ticket = newId();
  room.store.tickets.set(await sha256Hex(ticket), { sessionId, personId: personName, personName, role });
  return { type: 'hello', protocol: 1, ticket, audio: { encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 } };
}
async function joined(room: Room, sessionId: string, role?: StreamRole, { name = 'Ada', hearsPerson = false } = {}): Promise<FakeSocket> {
  const socket = connect(room, hearsPerson);
  socket.says(await hello(room, sessionId, role, name));
  await room.passes(100);
  expect(socket.types()[0]).toBe('ready');
  return socket;
}

describe('joining', () => {
  test('what comes right behind hello waits until the session is there, in order', async () => {
    const room = openRoom();
    const socket = connect(room);
    socket.says(await hello(room, room.createSession('dictation')));
    socket.sends(0);
    socket.says({ type: 'ping', id: 1 });
    expect(socket.paused).toBe(true);
    await room.passes(100);
    expect(socket.paused).toBe(false);
    expect(socket.types()).toEqual(expect.arrayContaining(['ready', 'pong', 'ack']));
    expect(socket.types()[0]).toBe('ready');
  });

  test.each(['consumeTicket', 'acquireLease', 'load'] as const)('somebody who leaves during %s leaves nothing behind, and the older connection alone', async (during) => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const older = during === 'consumeTicket' ? await joined(room, id) : null;
    const waiting = Promise.withResolvers<void>();
    room.store.before = (method) => (method === during ? waiting.promise : Promise.resolve());
    const socket = connect(room);
    socket.says(await hello(room, id));
    await room.passes(100);
    socket.goes();
    waiting.resolve();
    await room.passes(100);
    expect(older?.closedWith ?? null).toBeNull();
    older?.goes();
    await room.passes(70_000);
    expect([room.registry.size, room.clock.pending]).toEqual([0, 0]);
  });

  // A page gives up after 8 s and comes again; the old connection's end is not read while it joins.
  test('a connection that is let in later than a newer one does not show it out', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const slow = Promise.withResolvers<void>();
    room.store.before = (method) => (method === 'consumeTicket' ? slow.promise : Promise.resolve());
    const older = connect(room);
    older.says(await hello(room, id));
    await room.passes(100);
    room.store.before = async () => {};
    const newer = await joined(room, id);
    slow.resolve();
    await room.passes(100);
    expect([older.closedWith, newer.closedWith]).toEqual([CLOSE.replaced, null]);
    newer.sends(0);
    await room.passes(100);
    expect(newer.types()).toContain('ack');
  });

  test('an observer who leaves while joining is not followed for', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const waiting = Promise.withResolvers<void>();
    room.store.before = (method) => (method === 'load' ? waiting.promise : Promise.resolve());
    const socket = connect(room);
    socket.says(await hello(room, id, 'observer'));
    await room.passes(100);
    socket.goes();
    waiting.resolve();
    await room.passes(10_000);
    expect(room.clock.pending).toBe(0);
  });

  test('a refused connection reads on, so that it can be closed', async () => {
    const room = openRoom();
    const socket = connect(room);
    socket.says({ ...(await hello(room, 'x')), ticket: 'guessed' });
    await room.passes(100);
    expect([socket.closedWith, socket.paused]).toEqual([CLOSE.badTicket, false]);
  });

  test('a person and an observer of the same session hear the same', async () => {
    const room = openRoom();
    const id = room.createSession();
    const person = await joined(room, id);
    const observer = await joined(room, id, 'observer');
    person.says({ type: 'text', text: 'I like volcanoes' });
    await room.passes(100);
    expect(observer.messages.some((message) => message.type === 'transcript.final' && message.text === 'I like volcanoes')).toBe(true);
    observer.says({ type: 'text', text: 'So do I' });
    expect(observer.messages.at(-1)).toMatchObject({ type: 'error', code: 'protocol.unexpected' });
    observer.goes();
    person.goes();
  });
});

describe('watching', () => {
  test('whoever asked for it hears the person, each sample once and on its place; nobody else does', async () => {
    const room = openRoom();
    const id = room.createSession('code');
    const person = await joined(room, id);
    const [listening, reading] = [await joined(room, id, 'observer', { name: 'Omar', hearsPerson: true }), await joined(room, id, 'observer', { name: 'Ines' })];
    const samples = Int16Array.from({ length: 1_600 }, (_, index) => index);
    person.sends(0, samples);
    person.sends(0, samples);
    person.sends(1_600, samples);
    await room.passes(200);
    const uplink = (socket: FakeSocket) => socket.frames.filter((frame) => frame[0] === 1).map((frame) => decodeUplinkFrame(frame));
    expect(uplink(listening)).toMatchObject([{ firstSample: 0, samples }, { firstSample: 1_600, samples }]);
    expect([uplink(reading), uplink(person)]).toEqual([[], []]);
    for (const socket of [listening, reading, person]) socket.goes();
  });

  test('those who watch know of each other, and the person of none of them', async () => {
    const room = openRoom();
    const id = room.createSession('code');
    const person = await joined(room, id);
    const watching = [await joined(room, id, 'observer', { name: 'Omar' }), await joined(room, id, 'observer', { name: 'Ines' }), await joined(room, id, 'observer', { name: 'Ines' })];
    const seen = async (socket: FakeSocket) => {
      socket.says({ type: 'ping', id: 1 });
      await room.passes(0);
      return socket.messages.findLast((message) => message.type === 'pong');
    };
    expect(await seen(watching[0]!)).toEqual({ type: 'pong', id: 1, watching: ['Ines', 'Omar'] });
    watching[0]!.goes();
    expect(await seen(watching[1]!)).toEqual({ type: 'pong', id: 1, watching: ['Ines'] });
    expect(await seen(person)).toEqual({ type: 'pong', id: 1 });
    expect(JSON.stringify(person.messages)).not.toMatch(/Omar|Ines/);
    for (const socket of [...watching, person]) socket.goes();
  });

  test('whoever is let out while they watch is told so and leaves; the others stay, and so do all when the database is away', async () => {
    const room = openRoom();
    const id = room.createSession('code');
    const person = await joined(room, id);
    const [omar, ines] = [await joined(room, id, 'observer', { name: 'Omar' }), await joined(room, id, 'observer', { name: 'Ines' })];
    const beat = async () => {
      await room.passes(CHECK_WATCHER_MS);
      for (const socket of [omar, ines, person]) socket.says({ type: 'ping', id: 1 });
      await room.passes(0);
    };
    room.store.failure = new SpoolError('unavailable');
    await beat();
    room.store.failure = null;
    expect(omar.closedWith).toBeNull();
    room.store.letOut.add('Omar');
    await beat();
    expect(omar.closedWith).toBe(CLOSE.sessionOver);
    expect(omar.messages.at(-1)).toMatchObject({ type: 'error', code: 'session.not_found' });
    expect([ines.closedWith, person.closedWith]).toEqual([null, null]);
    for (const socket of [ines, person]) socket.goes();
  });

  test('whoever watches neither types, speaks, pauses nor ends, and takes nobody’s place', async () => {
    const room = openRoom();
    const id = room.createSession('code');
    const person = await joined(room, id);
    const observer = await joined(room, id, 'observer', { name: 'Omar', hearsPerson: true });
    const before = person.messages.length;
    for (const message of [{ type: 'editor', path: 'a.py', version: 1, changes: [] }, { type: 'text', text: 'Hello' }, { type: 'control', action: 'end' }, { type: 'playback', utterance: 0, playedSamples: 1 }]) {
      observer.says(message);
      expect(observer.messages.at(-1)).toMatchObject({ type: 'error', code: 'protocol.unexpected' });
    }
    observer.sends(0);
    expect(observer.messages.at(-1)).toMatchObject({ type: 'error', code: 'protocol.unexpected' });
    await room.passes(300);
    expect(person.closedWith).toBeNull();
    expect(person.messages.slice(before).filter(({ type }) => type === 'error' || type === 'session.ended')).toEqual([]);
    expect((await room.store.eventsSince(id, 0)).filter(({ type }) => type === 'editor')).toEqual([]);
    for (const socket of [observer, person]) socket.goes();
  });
});

describe('time', () => {
  test('somebody without a hello is shown out; somebody silent too, and nobody who pings', async () => {
    const room = openRoom();
    const silent = connect(room);
    await room.passes(HELLO_TIMEOUT_MS);
    expect(silent.closedWith).toBe(CLOSE.noHello);
    const asleep = await joined(room, room.createSession('dictation'));
    const awake = await joined(room, room.createSession('dictation'));
    for (let minute = 0; minute < 3; minute += 1) {
      await room.passes(IDLE_TIMEOUT_MS / 2);
      awake.says({ type: 'ping', id: minute });
    }
    expect([asleep.closedWith, awake.closedWith]).toEqual([CLOSE.restarting, null]);
  });
});

describe('memory', () => {
  test('somebody who never reads is cut off, and the session waits for them without their socket', async () => {
    const room = openRoom({ replies: [{ steps: Array.from({ length: 200 }, () => 'This sentence takes about four seconds to say, or so they say. ') }] });
    const id = room.createSession();
    const socket = await joined(room, id);
    socket.reads = false;
    for (let second = 0; second < 600 && socket.closedWith === null; second += 1) {
      socket.says({ type: 'ping', id: 'x'.repeat(100) });
      for (let again = 0; again < 5; again += 1) socket.says({ type: 'control', action: 'repeat' });
      await room.passes(1_000);
      expect(socket.bufferedAmount).toBeLessThan(MAX_BUFFERED_BYTES + 100_000);
    }
    expect(socket.closedWith).toBe(1006);
    await turnOfTheLoop();
    expect(room.registry.local(id)?.hasPeers).toBe(false);
  });
});
