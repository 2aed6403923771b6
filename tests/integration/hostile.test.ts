/**
 * Hostile input against the real socket of a real server. After every storm the server lives, its memory is bounded, and
 * somebody in another session of the same server is heard, understood and told nothing of what others said.
 */
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newSecret } from '#domain/ids.ts';
import { sha256Hex } from '#domain/hash.ts';
import { FRAME_HEADER_BYTES, decodeUplinkFrame, encodeUplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE, type ServerMessage, parseClientMessage } from '#domain/stream/protocol.ts';
import { count } from '#tests/support/counts.ts';
import { openRealtimeWorld, type RealtimeServer, type RealtimeWorld } from '#tests/support/realtime.ts';
import { concatSamples, fixtureSamples, silence, wordErrorRate } from '#tests/support/speech.ts';
import { RawConnection, connectRaw } from '#tests/support/stream-client.ts';

/** Said by attackers only: must never reach anybody else. */
const SECRET = 'xylophone';
const MAX_GROWTH_BYTES = 200 * 1024 * 1024;
/** A bystander's audio is acknowledged within this, the machine's other tests included. */
const ACK_WITHIN_MS = 3_000;

let world: RealtimeWorld;
let server: RealtimeServer;
let bystander: RawConnection;
let bystanderSample = 0;
let restBytes = 0;
const open = new Set<RawConnection>();

beforeAll(async () => {
  world = await openRealtimeWorld();
  server = await world.startServer();
  const grace = await world.newPerson('Grace Hopper');
  const session = await world.createSession('dictation', grace);
  bystander = (await connectRaw(server.url, await world.ticket(session.id, 'participant', grace))).connection;
  await expectCalm();
  restBytes = await residentBytes();
});
afterAll(() => world.close());
afterEach(async () => {
  for (const connection of open) connection.cut();
  open.clear();
  await expectCalm();
  expect((await residentBytes()) - restBytes).toBeLessThan(MAX_GROWTH_BYTES);
});

async function residentBytes(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)![1]);
}

/** The bystander speaks; its audio is stored and understood, and nothing of anybody else has come. */
async function expectCalm(): Promise<void> {
  expect(server.process.exitCode, server.log()).toBeNull();
  expect((await fetch(`http://127.0.0.1:${server.port}/health`)).status).toBe(200);
  const from = bystander.messages.length;
  const words = concatSamples(fixtureSamples('guitar'), silence(300));
  for (let at = 0; at < words.length; at += 3_200) bystander.audio(bystanderSample + at, words.subarray(at, at + 3_200));
  bystanderSample += words.length;
  await bystander.message('ack', (ack) => ack.durableThroughSample === bystanderSample, { from, timeoutMs: ACK_WITHIN_MS });
  bystander.json({ type: 'flush', id: bystanderSample });
  await bystander.message('flushed', (flushed) => flushed.id === bystanderSample, { from, timeoutMs: 60_000 });
  const text = bystander.messages.slice(from).flatMap((message) => (message.type === 'transcript.final' ? [message.text] : [])).join(' ');
  expect(wordErrorRate('I started playing the guitar two years ago.', text)).toBeLessThan(0.4);
  expect(JSON.stringify(bystander.messages)).not.toContain(SECRET);
  expect(bystander.closed).toBeNull();
}

async function attack(kind: 'onboarding' | 'dictation' | 'code' = 'onboarding'): Promise<RawConnection & { sessionId: string }> {
  const session = await world.createSession(kind);
  const { connection } = await connectRaw(server.url, await world.ticket(session.id));
  open.add(connection);
  return Object.assign(connection, { sessionId: session.id });
}
async function stranger(): Promise<RawConnection> {
  const connection = await new RawConnection(server.url).open();
  open.add(connection);
  return connection;
}
const errorsOf = (connection: RawConnection) => connection.messages.filter((message) => message.type === 'error');
/** Every answer to misuse says what it is, in words, and whether trying again helps. */
function expectWords(connection: RawConnection): void {
  for (const error of errorsOf(connection)) {
    expect(error.code).toMatch(/^[a-z]+\.[a-z_]+$/);
    expect(error.message.length).toBeGreaterThan(10);
  }
}
let pings = 0;
/** Everything sent before has been dealt with. @returns what it was answered */
async function dealtWith(connection: RawConnection, from: number): Promise<ServerMessage[]> {
  const id = `done-${(pings += 1)}`;
  connection.json({ type: 'ping', id });
  await connection.until('an answer', () => connection.closed ?? connection.messages.some((message) => message.type === 'pong' && message.id === id));
  return connection.messages.slice(from);
}

/** Types `text` as a person does: who is told to wait a second and send it again does so. */
async function saysAgainIfAsked(connection: RawConnection, text: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const from = connection.messages.length;
    connection.json({ type: 'text', text });
    const answer = await connection.until('an answer to what was typed', () =>
      connection.messages.slice(from).find((message) => (message.type === 'transcript.final' && message.text === text) || (message.type === 'error' && message.code === 'rate.limited')),
    );
    if (answer.type === 'transcript.final') return;
    await setTimeout(1_000);
  }
  throw new Error('What was typed was refused five times.');
}

describe('messages', () => {
  const valid: object[] = [
    { type: 'playback', utterance: 1, playedSamples: 5 },
    { type: 'text', text: SECRET },
    { type: 'control', action: 'repeat' },
    { type: 'editor', path: 'a.py', version: 1, changes: [] },
    { type: 'flush', id: 1 },
    { type: 'ping', id: 1 },
    { type: 'hello', protocol: 1, ticket: 'x', audio: { encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 } },
  ];
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom<unknown>(null, -1, 1.5, 1e308, 2 ** 53, '', 'end', '\u0000', '\ud800', [], {}, [[]], '__proto__', 'x'.repeat(20_000)),
  );
  const mutated = fc.tuple(fc.constantFrom(...valid), fc.constantFrom('replace', 'remove', 'add'), fc.nat(5), odd).map(([message, how, at, value]) => {
    const entries = Object.entries(message);
    const key = entries[at % entries.length]![0];
    if (how === 'remove') return JSON.stringify(Object.fromEntries(entries.filter(([name]) => name !== key)));
    return JSON.stringify({ ...message, [how === 'add' ? `extra${at}` : key]: value });
  });
  const text = fc.oneof(
    { weight: 4, arbitrary: mutated },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.tuple(mutated, fc.nat(30)).map(([message, cut]) => message.slice(0, -1 - cut)) },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', 'null', '[]', '{"type":"text","type":"ping"}', '{"__proto__":{"type":"ping"}}', '{"type":"constructor"}', '[' .repeat(100_000), `{"type":"editor","path":"a","version":1,"changes":${'['.repeat(5_000)}${']'.repeat(5_000)}}`) },
  );

  test('whatever is sent, what does not fit is answered with a code and words', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), fc.constantFrom('onboarding' as const, 'code' as const), async (texts, kind) => {
        const connection = await attack(kind);
        for (const one of texts) {
          if (connection.closed) break;
          const from = connection.messages.length;
          connection.text(one);
          const answers = await dealtWith(connection, from);
          const parsed = parseClientMessage(one);
          if ('problem' in parsed) expect(answers).toContainEqual(expect.objectContaining({ type: 'error', code: 'protocol.malformed' }));
          else if (parsed.message.type === 'hello') expect(answers).toContainEqual(expect.objectContaining({ type: 'error', code: 'protocol.unexpected' }));
        }
        expectWords(connection);
        connection.cut();
      }),
      { numRuns: count(10, 400) },
    );
  });

  test('text that is not UTF-8, and more than a mebibyte, cost the connection only', async () => {
    const garbled = await attack();
    garbled.socket.send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { binary: false });
    expect((await garbled.closing()).code).toBe(1007);
    const huge = await attack();
    huge.text('x'.repeat(1024 * 1024 + 1));
    expect((await huge.closing()).code).toBe(1009);
  });

  test('somebody who goes on talking nonsense is shown out with 4400', async () => {
    const connection = await attack();
    for (let sent = 0; sent < 25; sent += 1) connection.text('nonsense');
    expect((await connection.closing()).code).toBe(CLOSE.misuse);
    expect(errorsOf(connection).length).toBeGreaterThanOrEqual(10);
    expectWords(connection);
  });

  test.each([
    ['many small ones', () => Array.from({ length: 2_000 }, (_, index) => JSON.stringify({ type: 'ping', id: index }))],
    ['huge ones', () => Array.from({ length: 20 }, () => JSON.stringify({ type: 'editor', path: 'a', version: 1, changes: ['x'.repeat(900_000)] }))],
    ['flushes', () => Array.from({ length: 2_000 }, (_, index) => JSON.stringify({ type: 'flush', id: index }))],
    ['answers', () => Array.from({ length: 2_000 }, () => JSON.stringify({ type: 'text', text: SECRET }))],
  ])('a flood of messages is stopped with 4429: %s', async (_name, messages) => {
    const connection = await attack('code');
    for (const message of messages()) connection.text(message);
    expect((await connection.closing(20_000)).code).toBe(CLOSE.tooFast);
    expect(errorsOf(connection).at(-1)).toMatchObject({ code: 'stream.too_fast' });
  });

  test.each<[string, (index: number) => object]>([
    ['pause and resume', (index) => ({ type: 'control', action: index % 2 === 0 ? 'pause' : 'resume' })],
    ['skip, undo and repeat', (index) => ({ type: 'control', action: (['skip', 'undo', 'repeat'] as const)[index % 3] })],
    ['flushes of nothing', (index) => ({ type: 'flush', id: index })],
    ['playback of what never was', (index) => ({ type: 'playback', utterance: (index * 977) % 65_536, playedSamples: Number.MAX_SAFE_INTEGER })],
    ['short answers', (index) => ({ type: 'text', text: `${SECRET} ${index}` })],
  ])('a storm within the limits leaves a session that still works: %s', { timeout: 240_000 }, async (_name, message) => {
    const connection = await attack();
    const from = connection.messages.length;
    for (let index = 0; index < 150; index += 1) connection.json(message(index));
    await dealtWith(connection, from);
    await expectCalm();
    connection.json({ type: 'control', action: 'resume' });
    await saysAgainIfAsked(connection, 'After the storm');
    connection.json({ type: 'control', action: 'end' });
    connection.json({ type: 'control', action: 'end' });
    expect((await connection.closing(20_000)).code).toBe(CLOSE.ended);
    const utterances = connection.messages.flatMap((one) => (one.type === 'agent.text' ? [one.utterance] : []));
    expect(utterances).toEqual(utterances.toSorted((a, b) => a - b));
    expect(connection.messages.at(-1)?.type).toBe('session.ended');
  });
});

describe('frames', () => {
  const header = fc.record({ type: fc.constantFrom(0, 1, 2, 255), flags: fc.constantFrom(0, 0, 1, 255), reserved: fc.nat(0xffff), seq: fc.constantFrom(0, 1, 0xffffffff), firstSample: fc.constantFrom(0n, 1n, 3_200n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n) });
  const sizes = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 1, 2, 3, 640, 6_399, 6_400) }, { weight: 1, arbitrary: fc.constantFrom(6_401, 6_402, 100_000) });
  const frame = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(header, sizes).map(([fields, size]) => {
      const bytes = new Uint8Array(FRAME_HEADER_BYTES + size).fill(0x11);
      const view = new DataView(bytes.buffer);
      view.setUint8(0, fields.type);
      view.setUint8(1, fields.flags);
      view.setUint16(2, fields.reserved, true);
      view.setUint32(4, fields.seq, true);
      view.setBigUint64(8, fields.firstSample, true);
      return bytes;
    }) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 64 }) },
  );

  test('whatever arrives, it is kept, known, missed or refused, and said so', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 12 }), async (frames) => {
        const connection = await attack('dictation');
        for (const bytes of frames) {
          if (connection.closed) break;
          const from = connection.messages.length;
          const decoded = decodeUplinkFrame(bytes);
          connection.bytes(bytes);
          const answers = await dealtWith(connection, from);
          if ('problem' in decoded) expect(answers).toContainEqual(expect.objectContaining({ type: 'error', code: decoded.problem }));
          if ('problem' in decoded && decoded.problem === 'frame.too_large') expect((await connection.closing()).code).toBe(CLOSE.frameTooLarge);
        }
        expectWords(connection);
        connection.cut();
      }),
      { numRuns: count(10, 400) },
    );
  });

  test('overlaps, holes and repetitions in any order: what is stored is what was sent', { timeout: 240_000 }, async () => {
    const sent = Int16Array.from({ length: 32_000 }, (_, index) => (index * 31) % 3_000);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at: fc.nat(31_000), length: fc.integer({ min: 1, max: 3_200 }) }), { minLength: 5, maxLength: 60 }), async (pieces) => {
        const connection = await attack('dictation');
        for (const { at, length } of pieces) connection.audio(at, sent.subarray(at, Math.min(sent.length, at + length)));
        // Then as a well-behaved client does: from what is acknowledged on.
        for (let at = 0; at < sent.length; at += 3_200) connection.audio(at, sent.subarray(at, at + 3_200));
        await connection.message('ack', (ack) => ack.durableThroughSample === sent.length);
        expect(await world.audio.read(connection.sessionId, 0, 40_000)).toEqual(sent);
        connection.cut();
      }),
      { numRuns: count(5, 100) },
    );
  });

  test('too large a frame is 4413, above a mebibyte the transport says 1009', async () => {
    const large = await attack();
    large.bytes(encodeUplinkFrame({ seq: 0, firstSample: 0, samples: new Int16Array(3_201) }));
    expect((await large.closing()).code).toBe(CLOSE.frameTooLarge);
    const mebibyte = await attack();
    mebibyte.bytes(new Uint8Array(1024 * 1024));
    expect((await mebibyte.closing()).code).toBe(CLOSE.frameTooLarge);
    const more = await attack();
    more.bytes(new Uint8Array(1024 * 1024 + 1));
    expect((await more.closing()).code).toBe(1009);
  });

  test('a flood of single samples is stopped with 4429, before it costs others their voice', async () => {
    const connection = await attack('dictation');
    for (let sample = 0; sample < 50_000; sample += 1) connection.audio(sample, new Int16Array(1));
    expect((await connection.closing(20_000)).code).toBe(CLOSE.tooFast);
  });

  test('audio for a session that has just ended changes nothing any more', async () => {
    const connection = await attack('dictation');
    connection.audio(0, fixtureSamples('yes').subarray(0, 3_200));
    connection.json({ type: 'control', action: 'end' });
    for (let at = 3_200; at < 64_000; at += 3_200) connection.audio(at, new Int16Array(3_200));
    expect((await connection.closing(20_000)).code).toBe(CLOSE.ended);
    const acknowledged = connection.messages.flatMap((message) => (message.type === 'ack' ? [message.durableThroughSample] : [])).at(-1) ?? 0;
    expect(await world.audio.durableThrough(connection.sessionId)).toBeGreaterThanOrEqual(acknowledged);
  });
});

describe('the door', () => {
  test('nothing but hello and ping is taken from somebody who has not said hello', async () => {
    const connection = await stranger();
    connection.audio(0, new Int16Array(320));
    connection.json({ type: 'control', action: 'end' });
    connection.json({ type: 'text', text: SECRET });
    connection.json({ type: 'flush', id: 1 });
    await connection.until('four answers', () => errorsOf(connection).length === 4);
    expect(new Set(errorsOf(connection).map((error) => error.code))).toEqual(new Set(['protocol.unexpected']));
    for (let sent = 0; sent < 30; sent += 1) connection.audio(0, new Int16Array(320));
    expect((await connection.closing()).code).toBe(CLOSE.misuse);
  });

  test('a second hello is an error, with or without a good ticket, and moves nobody to another session', async () => {
    const connection = await attack();
    const other = await world.createSession('dictation');
    connection.hello(await world.ticket(other.id));
    await connection.message('error', (error) => error.code === 'protocol.unexpected');
    connection.json({ type: 'text', text: 'Still here' });
    await connection.message('transcript.final', (final) => final.text === 'Still here');
    expect(await world.transcript(other.id)).toEqual([]);
  });

  test('two hellos at once, and audio right behind hello, are taken in order', async () => {
    const session = await world.createSession('dictation');
    const connection = await stranger();
    connection.hello(await world.ticket(session.id));
    connection.hello('another');
    connection.audio(0, new Int16Array(3_200));
    await connection.message('ack', (ack) => ack.durableThroughSample === 3_200);
    expect(connection.messages.map((message) => message.type)).toContain('ready');
    expect(errorsOf(connection)).toMatchObject([{ code: 'protocol.unexpected' }]);
  });

  test('tickets: used, guessed, expired, empty and huge ones open nothing', async () => {
    const session = await world.createSession('dictation');
    const used = await world.ticket(session.id);
    await (await connectRaw(server.url, used)).connection.close();
    const late = newSecret();
    await world.sessions.issueTicket(world.person, session.id, { tokenHash: await sha256Hex(late), role: 'participant', expiresAtMs: Date.now() - 1 });
    for (const ticket of [used, newSecret(), late, session.id, "' or 1=1 --", '\u0000']) {
      const thief = await stranger();
      thief.hello(ticket);
      expect((await thief.closing()).code, 'a bad ticket').toBe(CLOSE.badTicket);
      expect(thief.messages).toMatchObject([{ type: 'error', code: 'ticket.invalid' }]);
    }
    const misfit = await stranger();
    misfit.hello('');
    misfit.hello('x'.repeat(600));
    misfit.hello(newSecret(), { protocol: 2 });
    misfit.hello(newSecret(), { audio: { encoding: 'opus' } });
    await misfit.until('four answers', () => errorsOf(misfit).length === 4);
    expect(new Set(errorsOf(misfit).map((error) => error.code))).toEqual(new Set(['protocol.malformed']));
  });

  test("one ticket in many hands at once lets exactly one in, and nobody gets a ticket to somebody else's session", async () => {
    const session = await world.createSession('dictation');
    const ticket = await world.ticket(session.id);
    const hands = await Promise.all(Array.from({ length: 10 }, () => stranger()));
    for (const hand of hands) hand.hello(ticket);
    await Promise.all(hands.map((hand) => hand.until('an answer', () => hand.messages.length > 0)));
    expect(hands.filter((hand) => hand.messages[0]?.type === 'ready')).toHaveLength(1);
    const mallory = await world.newPerson('Mallory');
    await expect(world.ticket(session.id, 'participant', mallory)).rejects.toThrow();
    await expect(world.ticket(session.id, 'observer', mallory)).rejects.toThrow();
  });

  test('an observer may look on and nothing else, and is shown out with 4400 for insisting', async () => {
    // Learners may not look on at all, so an interviewer watches a session of their own.
    const interviewer = await world.newPerson('Alan Turing', 'interviewer');
    const session = await world.createSession('dictation', interviewer);
    const { connection: participant } = await connectRaw(server.url, await world.ticket(session.id, 'participant', interviewer));
    open.add(participant);
    const { connection: observer } = await connectRaw(server.url, await world.ticket(session.id, 'observer', interviewer));
    open.add(observer);
    observer.audio(0, new Int16Array(3_200));
    for (const message of [{ type: 'text', text: SECRET }, { type: 'control', action: 'end' }, { type: 'flush', id: 1 }, { type: 'playback', utterance: 1, playedSamples: 1 }]) observer.json(message);
    await observer.until('five answers', () => errorsOf(observer).length === 5);
    for (let sent = 0; sent < 20; sent += 1) observer.audio(0, new Int16Array(320));
    expect((await observer.closing()).code).toBe(CLOSE.misuse);
    expect(await world.audio.durableThrough(session.id)).toBe(0);
    expect(participant.closed).toBeNull();
  });

  test('hundreds of connections that come and go, silent or in the middle of a hello, change nothing for others', { timeout: 240_000 }, async () => {
    const ticketless = await Promise.all(Array.from({ length: 200 }, () => stranger()));
    for (const [index, connection] of ticketless.entries()) {
      if (index % 4 === 0) connection.cut();
      else if (index % 4 === 1) connection.hello(newSecret());
      else if (index % 4 === 2) {
        connection.hello(newSecret());
        connection.cut();
      }
    }
    await expectCalm();
    const session = await world.createSession('onboarding');
    for (let round = 0; round < 10; round += 1) {
      const connection = await stranger();
      connection.hello(await world.ticket(session.id));
      if (round % 2 === 0) connection.cut();
    }
    const { connection, ready } = await connectRaw(server.url, await world.ticket(session.id));
    open.add(connection);
    expect(ready.sessionId).toBe(session.id);
    connection.json({ type: 'text', text: 'Here at last' });
    await connection.message('transcript.final', (final) => final.text === 'Here at last');
    for (const one of ticketless) expect([null, CLOSE.noHello, CLOSE.badTicket, 1006]).toContain(one.closed?.code ?? null);
  });

  test('half a request, sent byte by byte or never finished, is given up after five seconds', { timeout: 240_000 }, async () => {
    const starts = ['', 'G', 'GET /v1/stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n', 'POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n'];
    const sockets = Array.from({ length: 100 }, (_, index) => {
      const socket = net.connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      socket.write(starts[index % starts.length]!);
      const drip = setInterval(() => socket.writable && socket.write('X'), 500);
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      void closed.then(() => clearInterval(drip));
      return { socket, closed };
    });
    await expectCalm();
    await Promise.all(sockets.map(({ closed }) => closed));
  });

  test('refused upgrades are closed by the server, even when the other side holds on', async () => {
    for (const [path, headers] of [['/elsewhere', ''], ['/v1/stream', 'Origin: https://evil.example\r\n']] as const) {
      const socket = net.connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => {});
      socket.resume();
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`);
      await new Promise<void>((resolve) => socket.once('end', () => resolve()));
      socket.destroy();
    }
  });

  test('compression is not offered, so there is nothing to blow up', async () => {
    const eager = new WebSocket(server.url, { perMessageDeflate: true });
    await new Promise<void>((resolve) => eager.once('open', () => resolve()));
    expect(eager.extensions).toBe('');
    const closed = new Promise<number>((resolve) => eager.once('close', (code) => resolve(code)));
    eager.on('error', () => {});
    // A text frame with the compression bit set, as a bomb would have.
    (eager as unknown as { _socket: net.Socket })._socket.write(Buffer.from([0xc1, 0x82, 0, 0, 0, 0, 0x78, 0x9c]));
    expect(await closed).toBe(1002);
  });

  test('somebody who never reads, and makes the server speak on and on, costs bounded memory', { timeout: 240_000 }, async () => {
    const connection = await attack();
    await connection.message('agent.text', undefined, { timeoutMs: 60_000 });
    connection.socket.pause();
    // Counted from here: what earlier storms left for the garbage collector is not this one's.
    const before = await residentBytes();
    let highest = 0;
    for (let utterance = 1; utterance <= 50; utterance += 1) {
      // It claims to have heard everything at once, so that nothing is held back for it.
      connection.json({ type: 'playback', utterance, playedSamples: Number.MAX_SAFE_INTEGER });
      connection.json({ type: 'control', action: 'repeat' });
      highest = Math.max(highest, (await residentBytes()) - before);
    }
    expect(highest).toBeLessThan(MAX_GROWTH_BYTES);
  });
});
