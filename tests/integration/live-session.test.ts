/** Conversations with the real server: real sockets, real engines, a real database. */
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Interest } from '#domain/interests/interest.ts';
import { mentionsOf } from '#domain/interview/take-up.ts';
import { encodeUplinkFrame } from '#domain/stream/frames.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import { MAX_AHEAD_SAMPLES } from '#domain/stream/uplink.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { openRealtimeWorld, type RealtimeServer, type RealtimeWorld } from '#tests/support/realtime.ts';
import { concatSamples, fixtureSamples, silence, wordErrorRate } from '#tests/support/speech.ts';
import { connectRaw, type Participant, RawConnection } from '#tests/support/stream-client.ts';

let world: RealtimeWorld;
let server: RealtimeServer;
beforeAll(async () => {
  world = await openRealtimeWorld();
  server = await world.startServer();
});
afterAll(() => world.close());

/** A microphone that is always on: room silence, until something is said. */
class Microphone {
  #queue: { samples: Int16Array; done: () => void }[] = [];
  #open = true;
  readonly #participant: Participant;

  constructor(participant: Participant) {
    this.#participant = participant;
    void this.#run();
  }
  say(samples: Int16Array): Promise<void> {
    return new Promise((done) => this.#queue.push({ samples, done }));
  }
  close(): void {
    this.#open = false;
  }
  async #run(): Promise<void> {
    let dueMs = performance.now();
    while (this.#open) {
      // A microphone is never late: what a busy machine kept from this one was silence.
      const lateMs = Math.max(0, Math.floor(performance.now() - dueMs));
      if (lateMs > 0) await this.#participant.silence(lateMs, { speed: Infinity });
      const next = this.#queue.shift();
      const samples = next?.samples ?? silence(80);
      await this.#participant.speak(samples);
      next?.done();
      dueMs += lateMs + samplesToMs(samples.length);
    }
  }
}
async function interview(): Promise<{ participant: Participant; microphone: Microphone; sessionId: string }> {
  const session = await world.createSession('onboarding');
  const participant = await world.join(server, session.id);
  await participant.live();
  return { participant, microphone: new Microphone(participant), sessionId: session.id };
}
async function connect(kind: 'onboarding' | 'dictation' | 'code' = 'dictation', owner = world.person) {
  const session = await world.createSession(kind, owner);
  return { sessionId: session.id, ...(await connectRaw(server.url, await world.ticket(session.id, 'participant', owner))) };
}

describe('a spoken conversation', () => {
  test('somebody speaks, sees the words, and is answered aloud about what was said', async () => {
    const { participant, microphone, sessionId } = await interview();
    const opening = await participant.message('agent.text', undefined, { timeoutMs: 60_000 });
    expect(opening.text).toContain('Ada');
    await participant.until('the opening to be heard', () => participant.messages.some((message) => message.type === 'agent.done'), 60_000);
    const from = participant.messages.length;
    await microphone.say(concatSamples(fixtureSamples('computers'), silence(1_200)));
    const partial = await participant.message('transcript.partial', undefined, { from });
    const final = await participant.message('transcript.final', (message) => message.speaker === 'user', { from });
    expect(final.itemId).toBe(partial.itemId);
    expect(final.revision).toBeGreaterThan(partial.revision);
    expect(wordErrorRate('I am reading a book about the history of computers.', final.text)).toBeLessThan(0.4);
    await participant.message('turn.metrics', (metrics) => metrics.turn === 1, { from });
    await participant.message('agent.done', undefined, { from, timeoutMs: 60_000 });
    const answer = participant.messages.slice(from).flatMap((message) => (message.type === 'agent.text' ? [message.text] : [])).join('');
    // What the engine heard of a synthetic voice varies; what the interviewer can take up of it, it does.
    expect(answer, final.text).toContain(mentionsOf(final.text).find(({ kind }) => kind !== 'dislikes')?.topic ?? '?');
    expect(participant.frames.length).toBeGreaterThan(10);
    const end = await participant.end();
    microphone.close();
    expect(end).toMatchObject({ reason: 'ended_by_person' });
    const items = await world.transcript(sessionId);
    expect(items.map((item) => item.speaker)).toEqual(['agent', 'user', 'agent']);
    const overlaps = items.slice(1).map((item, index) => items[index]!.endSample - item.startSample);
    expect(Math.max(...overlaps), JSON.stringify(items.map(({ speaker, startMs, endMs }) => ({ speaker, startMs, endMs })))).toBeLessThan(16_000);
    expect((await world.sessions.get(world.person, sessionId))?.status).toBe('completed');
  });

  test('an interruption stops the voice at once; a cough does not cost the interviewer its turn', async () => {
    const { participant, microphone, sessionId } = await interview();
    await participant.until('the interviewer to be heard', () => participant.player.playedSamples > 16_000, 60_000);
    await microphone.say(concatSamples(fixtureSamples('cough'), silence(1_500)));
    expect(participant.messages.filter((message) => message.type === 'agent.interrupted')).toEqual([]);
    const playedAfterCough = participant.player.playedSamples;
    await microphone.say(silence(600));
    expect(participant.player.playedSamples).toBeGreaterThan(playedAfterCough);
    const from = participant.messages.length;
    await microphone.say(concatSamples(fixtureSamples('robots'), silence(1_000)));
    const paused = participant.messages.slice(from).findIndex((message) => message.type === 'agent.state' && message.state === 'paused');
    const interrupted = await participant.message('agent.interrupted', undefined, { from });
    expect(paused).toBeGreaterThanOrEqual(0);
    expect(interrupted.heardText.length).toBeGreaterThan(10);
    const item = await participant.message('transcript.final', (message) => message.speaker === 'agent', { from });
    expect(item.text).toBe(interrupted.heardText);
    await participant.end();
    microphone.close();
    const stored = (await world.transcript(sessionId)).find((one) => one.itemId === item.itemId);
    expect(stored?.unheardText?.length).toBeGreaterThan(10);
  });

  test('a whole conversation can be typed, with no microphone at all', async () => {
    const session = await world.createSession('onboarding');
    const participant = await world.join(server, session.id, { playback: 'none' });
    await participant.live();
    await participant.message('agent.text', undefined, { timeoutMs: 60_000 });
    for (const [index, answer] of ['I love astronomy and telescopes.', 'I watch the moon with my father.', 'I would like to learn about orbits.'].entries()) {
      const from = participant.messages.length;
      participant.client.sendText(answer);
      await participant.message('transcript.final', (message) => message.speaker === 'user' && message.text === answer, { from });
      const reply = await participant.message('agent.text', undefined, { from, timeoutMs: 60_000 });
      expect(reply.text.length, `answer ${index}`).toBeGreaterThan(1);
    }
    await participant.end();
    const said = (await world.transcript(session.id)).filter((item) => item.speaker === 'user').map((item) => item.text);
    expect(said).toEqual(['I love astronomy and telescopes.', 'I watch the moon with my father.', 'I would like to learn about orbits.']);
    expect(participant.outbox.endSample).toBe(0);
  });

  test('a pause stops the interviewer, and it goes on where it was', async () => {
    const { participant, microphone } = await interview();
    await participant.until('the interviewer to be heard', () => participant.player.playedSamples > 16_000, 60_000);
    microphone.close();
    participant.client.control('pause');
    await participant.message('session.status', (message) => message.status === 'paused');
    const playedSamples = participant.player.playedSamples;
    participant.client.control('resume');
    await participant.message('session.status', (message) => message.status === 'live', { from: participant.messages.findIndex((message) => message.type === 'session.status' && message.status === 'paused') });
    await participant.until('the interviewer to go on', () => participant.player.playedSamples > playedSamples + 8_000);
    expect(participant.messages.some((message) => message.type === 'agent.interrupted')).toBe(false);
    await participant.end();
  });
});

describe('interests', () => {
  test('are noticed with the very words, told, and readable when the session has ended; what must not be claimed is not', async () => {
    const session = await world.createSession('onboarding');
    const participant = await world.join(server, session.id, { playback: 'none' });
    await participant.live();
    participant.client.sendText('I really love astronomy, but my brother loves chess.');
    const detected = await participant.message('interest.detected');
    const interest = detected.interest as Interest;
    expect(interest).toMatchObject({ topic: 'astronomy', sentiment: 'positive', status: 'detected' });
    participant.client.sendText("I can't stand maths.");
    const disliked = (await participant.message('interest.detected', (message) => (message.interest as Interest).sentiment === 'negative')).interest as Interest;
    await participant.end();
    const stored = (await world.interests(session.id)).map(({ topic, sentiment, quote }) => ({ topic, sentiment, quote }));
    expect(stored.map(({ topic, sentiment }) => [topic, sentiment])).toEqual([['astronomy', 'positive'], [disliked.topic, 'negative']]);
    const said = (await world.transcript(session.id)).map((item) => item.text).join(' ');
    for (const { quote } of stored) expect(said).toContain(quote);
  });

  test('a command in the person\'s own words is carried out and shown', async () => {
    const session = await world.createSession('onboarding');
    const participant = await world.join(server, session.id, { playback: 'none' });
    await participant.live();
    await participant.message('agent.text', undefined, { timeoutMs: 60_000 });
    participant.client.sendText('Could you repeat that please?');
    expect(await participant.message('command.recognized')).toMatchObject({ command: 'repeat' });
    await participant.end();
  });
});

describe('the protocol', () => {
  test('hello is answered with ready: the sample to go on from, the downlink rate and the limits', async () => {
    const { connection, ready } = await connect();
    expect(ready).toMatchObject({ protocol: 1, role: 'participant', status: 'live', durableThroughSample: 0, downlink: { encoding: 'pcm_s16le' } });
    expect(ready.limits.maxAheadSamples).toBeGreaterThanOrEqual(30 * 16_000);
    await connection.close();
  });

  test('audio is acknowledged once it is stored, overlaps are kept once, a hole is named', async () => {
    const { connection, sessionId } = await connect();
    const audio = fixtureSamples('yes');
    connection.audio(0, audio.subarray(0, 3_200));
    await connection.message('ack', (ack) => ack.durableThroughSample === 3_200);
    connection.audio(6_400, audio.subarray(6_400, 9_600));
    expect(await connection.message('error', (error) => error.code === 'audio.gap')).toMatchObject({ fromSample: 3_200, retryable: true });
    connection.audio(1_600, audio.subarray(1_600, 4_800));
    connection.audio(4_800, audio.subarray(4_800, 8_000));
    await connection.message('ack', (ack) => ack.durableThroughSample === 8_000);
    expect(await world.audio.read(sessionId, 0, 20_000)).toEqual(audio.slice(0, 8_000));
    await connection.close();
  });

  test('a flush is answered after the final of what was said', async () => {
    const { connection } = await connect('onboarding');
    const audio = fixtureSamples('biology');
    for (let sample = 0; sample < audio.length; sample += 3_200) connection.audio(sample, audio.subarray(sample, sample + 3_200));
    connection.json({ type: 'flush', id: 'here' });
    const flushed = await connection.message('flushed', undefined, { timeoutMs: 60_000 });
    expect(flushed).toEqual({ type: 'flushed', id: 'here', throughSample: audio.length });
    const types = connection.messages.filter((message) => message.type === 'flushed' || (message.type === 'transcript.final' && message.speaker === 'user')).map((message) => message.type);
    expect(types).toEqual(['transcript.final', 'flushed']);
    await connection.close();
  });

  test('at the end come finals, the status, session.ended, and close 1000; the transcript and the audio are complete', async () => {
    const { connection, sessionId } = await connect();
    const audio = concatSamples(fixtureSamples('cooking'), silence(200));
    for (let sample = 0; sample < audio.length; sample += 3_200) connection.audio(sample, audio.subarray(sample, sample + 3_200));
    connection.json({ type: 'control', action: 'end' });
    expect(await connection.closing(20_000)).toMatchObject({ code: CLOSE.ended });
    const types = connection.messages.map((message) => message.type).filter((type) => type === 'transcript.final' || type.startsWith('session.'));
    expect(types.slice(-3)).toEqual(['transcript.final', 'session.status', 'session.ended']);
    expect(await world.audio.durableThrough(sessionId)).toBe(audio.length);
    expect(await world.transcript(sessionId)).toHaveLength(1);
    const again = await new RawConnection(server.url).open();
    again.hello(await world.ticket(sessionId).catch(() => 'gone'));
    expect([CLOSE.sessionOver, CLOSE.badTicket]).toContain((await again.closing()).code);
  });

  test('the end can be asked for over REST', async () => {
    const { connection, sessionId } = await connect();
    await world.sessions.requestEnd(world.person, sessionId);
    expect(await connection.message('session.ended', undefined, { timeoutMs: 10_000 })).toMatchObject({ reason: 'ended_by_request' });
    expect(await connection.closing()).toMatchObject({ code: CLOSE.ended });
  });

  test('a newer connection of the participant closes the older with 4409', async () => {
    const { connection, sessionId } = await connect();
    const newer = await connectRaw(server.url, await world.ticket(sessionId));
    expect(await connection.closing()).toMatchObject({ code: CLOSE.replaced });
    await newer.connection.close();
  });

  test('an observer sees and hears the conversation, and may only ping', async () => {
    const interviewer = await world.newPerson('Grace Hopper', 'interviewer');
    const { connection, sessionId } = await connect('onboarding', interviewer);
    const observer = await connectRaw(server.url, await world.ticket(sessionId, 'observer', interviewer));
    expect(observer.ready.role).toBe('observer');
    connection.json({ type: 'text', text: 'I like volcanoes' });
    await observer.connection.message('transcript.final', (message) => message.text === 'I like volcanoes');
    await observer.connection.until('the interviewer to be heard', () => observer.connection.frames.length > 0);
    observer.connection.json({ type: 'text', text: 'I should not say this' });
    expect(await observer.connection.message('error')).toMatchObject({ code: 'protocol.unexpected' });
    observer.connection.json({ type: 'ping', id: 5 });
    await observer.connection.message('pong', (pong) => pong.id === 5);
    await observer.connection.close();
    await connection.close();
  });

  test('an observer at another server follows through the event log', async () => {
    const other = await world.startServer();
    const interviewer = await world.newPerson('Grace Hopper', 'interviewer');
    const { connection, sessionId } = await connect('onboarding', interviewer);
    const observer = await connectRaw(other.url, await world.ticket(sessionId, 'observer', interviewer));
    connection.json({ type: 'text', text: 'I like glaciers' });
    await observer.connection.message('transcript.final', (message) => message.text === 'I like glaciers');
    connection.json({ type: 'control', action: 'end' });
    await observer.connection.message('session.ended');
    expect(await observer.connection.closing()).toMatchObject({ code: CLOSE.ended });
    await other.stop();
  });

  test('a ticket is good once', async () => {
    const session = await world.createSession('dictation');
    const ticket = await world.ticket(session.id);
    const { connection } = await connectRaw(server.url, ticket);
    const thief = await new RawConnection(server.url).open();
    thief.hello(ticket);
    expect(await thief.closing()).toMatchObject({ code: CLOSE.badTicket });
    expect(thief.messages).toMatchObject([{ type: 'error', code: 'ticket.invalid' }]);
    await connection.close();
  });

  test('somebody who says nothing is shown out after five seconds', async () => {
    const silent = await new RawConnection(server.url).open();
    expect(await silent.closing(8_000)).toMatchObject({ code: CLOSE.noHello });
  });

  test('a frame too large and a sender too fast are told so and closed', async () => {
    const large = await connect();
    large.connection.bytes(encodeUplinkFrame({ seq: 0, firstSample: 0, samples: new Int16Array(3_201) }));
    expect(await large.connection.closing()).toMatchObject({ code: CLOSE.frameTooLarge });
    const fast = await connect();
    for (let sample = 0; sample <= MAX_AHEAD_SAMPLES * 2; sample += 3_200) fast.connection.audio(sample, new Int16Array(3_200));
    expect(await fast.connection.closing(20_000)).toMatchObject({ code: CLOSE.tooFast });
    expect(fast.connection.messages.some((message) => message.type === 'error' && message.code === 'stream.too_fast')).toBe(true);
  });

  test('pages of other websites cannot open the stream; its own can', async () => {
    await expect(new RawConnection(server.url, { origin: 'https://evil.example' }).open()).rejects.toThrow('refused');
    const own = await new RawConnection(server.url, { origin: 'http://localhost:3000' }).open();
    await own.close();
  });

  test('health, readiness and metrics answer, also under /interview', async () => {
    const base = `http://127.0.0.1:${server.port}`;
    for (const path of ['/health', '/interview/health', '/ready', '/interview/ready']) expect((await fetch(base + path)).status).toBe(200);
    expect(await (await fetch(`${base}/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('spool_connections');
    expect((await fetch(`${base}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404);
    const { session, connection } = await (async () => {
      const one = await world.createSession('dictation');
      return { session: one, ...(await connectRaw(server.url.replace('/v1/', '/interview/v1/'), await world.ticket(one.id))) };
    })();
    expect(session.id).toBeTruthy();
    await connection.close();
  });
});

test('[DRAIN-1] on SIGTERM people are told to reconnect, and another server goes on with everything', async () => {
  const leaving = await world.startServer();
  const session = await world.createSession('dictation');
  const { connection } = await connectRaw(leaving.url, await world.ticket(session.id));
  const audio = concatSamples(fixtureSamples('stars'), silence(100));
  for (let sample = 0; sample < audio.length; sample += 3_200) connection.audio(sample, audio.subarray(sample, sample + 3_200));
  await connection.message('ack');
  const code = leaving.stop();
  expect(await connection.closing(10_000)).toMatchObject({ code: CLOSE.restarting });
  expect(await code).toBe(0);
  const again = await connectRaw(server.url, await world.ticket(session.id));
  expect(again.ready.durableThroughSample).toBe(audio.length);
  again.connection.json({ type: 'control', action: 'end' });
  await again.connection.message('session.ended', undefined, { timeoutMs: 60_000 });
  expect(await world.transcript(session.id)).toHaveLength(1);
});

test.each(['SIGTERM', 'the end of its parent'])('[DRAIN-1] a server that still starts leaves in good order on %s, too', async (why) => {
  const port = await freePort();
  const child = spawn(process.execPath, ['realtime-server/main.ts'], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: process.env.HOME, SPOOL_REALTIME_PORT: String(port), SPOOL_LOG_LEVEL: 'warn', DATABASE_URL: world.databaseUrl, SPOOL_DATA_DIR: world.dataDir },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  if (why === 'SIGTERM') {
    await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/health`), { timeout: 60_000, interval: 10 });
    child.kill('SIGTERM');
  } else child.disconnect();
  expect(await ended).toBe(0);
});
