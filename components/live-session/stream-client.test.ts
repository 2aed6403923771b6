import { expect, test } from 'vitest';
import { ProblemError, unreachable } from '#components/api/problem-error.ts';
import { decodeUplinkFrame } from '#domain/stream/frames.ts';
import type { UplinkFrame } from '#domain/stream/frames.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import type { ConnectionState, Problem } from './live-session-types.ts';
import { Outbox } from './outbox.ts';
import { DEAD_AFTER_MS, LIVENESS_TICK_MS, StreamClient, WARMING_RETRY_MS } from './stream-client.ts';
import type { StreamClientPorts, StreamEnd, StreamSocket } from './stream-client.ts';

class FakeSocket implements StreamSocket {
  binaryType = '';
  bufferedAmount = 0;
  readyState = 1;
  onopen: ((event: never) => unknown) | null = null;
  onmessage: ((event: never) => unknown) | null = null;
  onclose: ((event: never) => unknown) | null = null;
  onerror: ((event: never) => unknown) | null = null;
  closed = false;
  json: Record<string, unknown>[] = [];
  frames: UplinkFrame[] = [];
  send(data: string | Uint8Array): void {
    if (typeof data === 'string') this.json.push(JSON.parse(data) as Record<string, unknown>);
    else this.frames.push(decodeUplinkFrame(data) as UplinkFrame);
  }
  close(): void {
    this.closed = true;
  }
  say(message: Record<string, unknown>): void {
    this.onmessage?.({ data: JSON.stringify(message) } as never);
  }
  ready(durableThroughSample = 0, maxAheadSamples = 480_000): void {
    this.onopen?.({} as never);
    this.say({
      type: 'ready', protocol: 1, sessionId: 's', role: 'participant', status: 'live', durableThroughSample,
      downlink: { encoding: 'pcm_s16le', sampleRate: 16_000 }, limits: { maxFrameBytes: 6_416, maxAheadSamples, idleTimeoutMs: 60_000 },
    });
  }
  end(code: number): void {
    this.onclose?.({ code } as never);
  }
}

function page(overrides: Partial<StreamClientPorts> = {}) {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const states: ConnectionState[] = [];
  const problems: (Problem | null)[] = [];
  const ends: StreamEnd[] = [];
  const outbox = new Outbox();
  const client = new StreamClient(
    {
      clock, random: () => 0.5, online: () => true,
      openSocket: () => {
        sockets.push(new FakeSocket());
        return sockets.at(-1)!;
      },
      getTicket: async () => ({ url: 'ws://x', ticket: 't' }),
      ...overrides,
    },
    outbox,
    { onConnection: (state) => states.push(state), onProblem: (problem) => problems.push(problem), onEnded: (end) => ends.push(end) },
  );
  return { clock, sockets, states, problems, ends, outbox, client, socket: () => sockets.at(-1)! };
}
async function livePage(overrides: Partial<StreamClientPorts> = {}) {
  const it = page(overrides);
  it.client.open();
  await settle();
  it.socket().ready();
  return it;
}
const sent = (socket: FakeSocket) => socket.frames.reduce((sum, frame) => sum + frame.samples.length, 0);

test('a silent connection is noticed within five seconds and replaced at once', async () => {
  const { clock, sockets, states } = await livePage();
  await clock.advance(DEAD_AFTER_MS - LIVENESS_TICK_MS);
  expect(sockets[0]!.json.filter((message) => message.type === 'ping').length).toBeGreaterThan(0);
  expect(sockets[0]!.closed).toBe(false);
  await clock.advance(2 * LIVENESS_TICK_MS);
  expect(sockets[0]!.closed).toBe(true);
  expect(sockets).toHaveLength(2);
  expect(states).toEqual(['connecting', 'live', 'reconnecting']);
});

test('a connection that answers pings stays', async () => {
  const { clock, sockets } = await livePage();
  for (let second = 0; second < 30; second += 1) {
    await clock.advance(1_000);
    sockets[0]!.say({ type: 'pong', id: second });
  }
  expect(sockets).toHaveLength(1);
});

test('the first try after a cut comes at once, later ones back off to five seconds at most, and never stop', async () => {
  let asked = 0;
  const { clock, problems, states, client } = page({
    getTicket: async () => {
      asked += 1;
      throw unreachable();
    },
  });
  client.open();
  await clock.advance(10);
  expect(asked).toBe(2);
  await clock.advance(300);
  expect(asked).toBe(3);
  await clock.advance(60_000);
  const inAMinute = asked;
  expect(inAMinute).toBeGreaterThan(12);
  await clock.advance(3_600_000);
  expect(asked - inAMinute).toBeGreaterThan(3_600 / 5 - 1);
  expect(problems.map((problem) => problem?.code)).toEqual(['server.unreachable']);
  expect(states).toEqual(['connecting']);
});

test('when the network is back the page does not wait for its timer', async () => {
  let asked = 0;
  const { clock, client } = page({
    getTicket: async () => {
      asked += 1;
      throw unreachable();
    },
  });
  client.open();
  await clock.advance(20_000);
  const before = asked;
  client.retryNow();
  await settle();
  expect(asked).toBe(before + 1);
});

test('trouble that is over is taken back', async () => {
  let works = false;
  const { clock, client, problems, socket } = page({
    getTicket: async () => {
      if (!works) throw unreachable();
      return { url: 'ws://x', ticket: 't' };
    },
  });
  client.open();
  await clock.advance(5_000);
  works = true;
  await clock.advance(5_000);
  socket().ready();
  expect(problems.map((problem) => problem?.code)).toEqual(['server.unreachable', undefined]);
});

test('audio kept during a long cut is sent faster than speech, but under ten times real time in every second', async () => {
  const { clock, client, sockets, socket } = page();
  client.open();
  await settle();
  client.sendAudio(new Int16Array(60 * 16_000));
  socket().ready();
  let before = 0;
  for (let second = 0; second < 12 && sent(socket()) < 60 * 16_000; second += 1) {
    for (let step = 0; step < 10; step += 1) {
      await clock.advance(100);
      socket().say({ type: 'ack', durableThroughSample: sent(socket()) });
    }
    expect(sent(socket()) - before).toBeLessThanOrEqual(10 * 16_000);
    before = sent(socket());
  }
  expect(before).toBe(60 * 16_000);
  expect(sockets).toHaveLength(1);
  expect(client.unacknowledgedSamples).toBe(0);
});

test('without acknowledgements sending stops inside maxAheadSamples and goes on when one comes', async () => {
  const { clock, client, socket } = await livePage();
  client.sendAudio(new Int16Array(40 * 16_000));
  for (let second = 0; second < 10; second += 1) {
    await clock.advance(1_000);
    socket().say({ type: 'pong', id: second });
  }
  const reached = () => Math.max(...socket().frames.map((frame) => frame.firstSample + frame.samples.length));
  const ahead = reached();
  expect(ahead).toBeLessThanOrEqual(480_000);
  expect(ahead).toBeGreaterThan(480_000 - 2 * 3_200);
  socket().say({ type: 'ack', durableThroughSample: 16_000 });
  await clock.advance(1_000);
  expect(reached()).toBe(ahead + 16_000);
});

test('a slow network is not stuffed: frames wait while the browser has two seconds of audio to send', async () => {
  const { clock, client, socket } = await livePage();
  socket().bufferedAmount = 100_000;
  client.sendAudio(new Int16Array(640));
  expect(sent(socket())).toBe(0);
  socket().bufferedAmount = 0;
  await clock.advance(50);
  expect(sent(socket())).toBe(640);
});

test('the end waits for the audio that was captured before it, and is asked for again after a cut', async () => {
  const { clock, client, socket, sockets } = await livePage();
  client.sendAudio(new Int16Array(20 * 16_000));
  client.control('end');
  expect(socket().json.some((message) => message.type === 'control')).toBe(false);
  await clock.advance(3_000);
  const controls = () => socket().json.filter((message) => message.type === 'control');
  expect(controls()).toEqual([{ type: 'control', action: 'end' }]);
  socket().end(1006);
  await clock.advance(10);
  expect(sockets).toHaveLength(2);
  socket().ready(20 * 16_000);
  expect(controls()).toEqual([{ type: 'control', action: 'end' }]);
});

test.each([
  [4400, 'stream.refused'],
  [4413, 'stream.refused'],
  [1009, 'stream.refused'],
])('close %i stops the page with words and a next step', async (code, problem) => {
  const { clock, socket, problems, states, sockets } = await livePage();
  socket().end(code);
  await clock.advance(60_000);
  expect(problems).toEqual([expect.objectContaining({ code: problem, fatal: true, next: expect.stringMatching(/\w/) })]);
  expect(states.at(-1)).toBe('closed');
  expect(sockets).toHaveLength(1);
});

test.each([
  [4409, 'replaced'],
  [4410, 'over'],
  [1000, 'over'],
])('close %i ends the session in this page', async (code, reason) => {
  const { clock, socket, ends, sockets } = await livePage();
  socket().end(code);
  await clock.advance(60_000);
  expect(ends).toEqual([{ reason, summary: null }]);
  expect(sockets).toHaveLength(1);
});

test('a session that was erased ends as such, and the announcement of it is no problem to be solved', async () => {
  const { clock, socket, ends, problems, sockets } = await livePage();
  socket().say({ type: 'error', code: 'session.not_found', message: 'The session was erased.', retryable: false });
  socket().end(4410);
  await clock.advance(60_000);
  expect([ends, problems]).toEqual([[{ reason: 'erased', summary: null }], []]);
  expect(sockets).toHaveLength(1);
});

test.each([1006, 1011, 1012, 4408])('close %i reconnects at once', async (code) => {
  const { clock, socket, sockets } = await livePage();
  socket().end(code);
  await clock.advance(1);
  expect(sockets).toHaveLength(2);
});

test('a full server is left alone for two seconds', async () => {
  const { clock, socket, sockets, problems } = await livePage();
  socket().end(1013);
  await clock.advance(1_990);
  expect(sockets).toHaveLength(1);
  expect(problems[0]?.code).toBe('stream.overloaded');
  await clock.advance(1_100);
  expect(sockets).toHaveLength(2);
  socket().ready();
  expect(problems.at(-1)).toBeNull();
});

test('a refused ticket is replaced by a new one; three refusals in a row are told', async () => {
  let asked = 0;
  const { clock, socket, problems, client } = page({
    getTicket: async () => {
      asked += 1;
      return { url: 'ws://x', ticket: `t${asked}` };
    },
  });
  client.open();
  await settle();
  for (const refusal of [1, 2, 3]) {
    expect(asked).toBe(refusal);
    socket().end(4401);
    await clock.advance(1_000);
  }
  expect(asked).toBe(3);
  expect(problems.filter(Boolean).map((problem) => problem?.code)).toEqual(['ticket.refused']);
});

test('after 4429 the page comes back and sends at twice real time at most', async () => {
  const { clock, client, socket } = await livePage();
  client.sendAudio(new Int16Array(10 * 16_000));
  socket().end(4429);
  await clock.advance(2_000);
  socket().ready();
  await clock.advance(1_000);
  expect(sent(socket())).toBeLessThanOrEqual(2.25 * 16_000);
  expect(sent(socket())).toBeGreaterThan(16_000);
});

test('signed out means: stop and say so', async () => {
  const { clock, client, problems, states } = page({
    getTicket: () => Promise.reject(new ProblemError({ status: 401, code: 'auth.required', title: 'Please sign in', detail: 'Sign in and try again.' })),
  });
  client.open();
  await clock.advance(10_000);
  expect(problems).toEqual([{ code: 'auth.required', message: 'Please sign in.', next: 'Sign in and try again.', fatal: true }]);
  expect(states.at(-1)).toBe('closed');
});

test('gap answers to frames already under way do not start the resend anew each time', async () => {
  const { clock, client, socket } = await livePage();
  client.sendAudio(new Int16Array(6_400));
  await clock.advance(10);
  for (let echo = 0; echo < 10; echo += 1) socket().say({ type: 'error', code: 'audio.gap', message: '', retryable: true, fromSample: 1_000 });
  await clock.advance(100);
  expect(sent(socket())).toBe(6_400 + 5_400);
  await clock.advance(1_500);
  expect(sent(socket()), 'still missing after the pause: sent once more').toBe(6_400 + 2 * 5_400);
});

test('audio that is not acknowledged for five seconds is sent again, then less and less often', async () => {
  const { clock, client, socket } = await livePage();
  client.sendAudio(new Int16Array(640));
  for (let second = 0; second < 36; second += 1) {
    await clock.advance(1_000);
    socket().say({ type: 'pong', id: second });
  }
  expect(socket().frames.map((frame) => frame.firstSample)).toEqual([0, 0, 0, 0]);
});

test('garbage from the network changes nothing', async () => {
  const { socket, client, problems, states } = await livePage();
  for (const data of ['', 'no json', '[]', '7', 'null', '{"type":"ack"}', '{"type":"ack","durableThroughSample":-5}', '{"type":"ack","durableThroughSample":99999}', '{"type":"toString"}', new ArrayBuffer(0), new ArrayBuffer(17), new ArrayBuffer(40)]) {
    socket().onmessage?.({ data } as never);
  }
  expect(states).toEqual(['connecting', 'live']);
  expect(problems).toEqual([]);
  expect(client.durableThroughSample).toBe(0);
});

test('a typed answer lost with the connection is sent again, one that arrived is not', async () => {
  const { clock, client, socket } = await livePage({ loadAnswers: async () => [{ itemId: 'old', text: 'Yes' }, { itemId: 'a', text: 'Chess' }] });
  client.knowItems([{ itemId: 'old', text: 'Yes' }]);
  client.sendText('Chess');
  client.sendText('Yes');
  socket().end(1006);
  await clock.advance(10);
  client.sendText('And rowing');
  socket().ready();
  await settle();
  expect(socket().json.filter((message) => message.type === 'text').map((message) => message.text)).toEqual(['Yes', 'And rowing']);
});

const texts = (...sockets: FakeSocket[]) => sockets.flatMap((socket) => socket.json.filter((message) => message.type === 'text').map((message) => message.text));

test('an answer typed while the page asks what had arrived before a cut is sent once, behind the lost one', async () => {
  const loaded = Promise.withResolvers<{ itemId: string; text: string }[]>();
  const { clock, client, sockets, socket } = await livePage({ loadAnswers: () => loaded.promise });
  client.sendText('Chess');
  socket().end(1006);
  await clock.advance(10);
  socket().ready();
  client.sendText('And rowing');
  loaded.resolve([]);
  await settle();
  expect(texts(sockets[1]!)).toEqual(['Chess', 'And rowing']);
});

test('what the server had at an earlier cut does not send an answer a second time after the next', async () => {
  const first = Promise.withResolvers<{ itemId: string; text: string }[]>();
  let asked = 0;
  const { clock, client, sockets, socket } = await livePage({ loadAnswers: () => (++asked === 1 ? first.promise : Promise.resolve([])) });
  client.sendText('Chess');
  for (const again of [1, 2]) {
    socket().end(1006);
    await clock.advance(500 * again);
    socket().ready();
    await settle();
  }
  first.resolve([]);
  await settle();
  client.sendText('And rowing');
  expect(texts(sockets[1]!, sockets[2]!)).toEqual(['Chess', 'And rowing']);
});

test('the end that was asked for before a cut waits until a lost answer was sent again', async () => {
  const loaded = Promise.withResolvers<{ itemId: string; text: string }[]>();
  const { clock, client, socket } = await livePage({ loadAnswers: () => loaded.promise });
  client.sendText('Chess');
  client.control('end');
  socket().end(1006);
  await clock.advance(10);
  socket().ready();
  loaded.resolve([]);
  await settle();
  expect(socket().json.filter(({ type }) => type === 'text' || type === 'control').map(({ text, action }) => text ?? action)).toEqual(['Chess', 'end']);
});

test('leaving stops every timer', async () => {
  const { clock, client, socket } = await livePage();
  client.close();
  expect(socket().closed).toBe(true);
  expect(clock.pending).toBe(0);
});

test('a server that slept is waited for, without a word of trouble, and then connected to', async () => {
  let asked = 0;
  const { clock, sockets, states, problems, client, socket } = page({
    getTicket: async () => {
      asked += 1;
      return { url: 'ws://x', ticket: 't', ...(asked <= 20 ? { warmingUp: true } : {}) };
    },
  });
  client.open();
  await clock.advance(15 * WARMING_RETRY_MS);
  expect(asked).toBeGreaterThan(10);
  expect(asked).toBeLessThanOrEqual(16);
  expect(sockets).toHaveLength(0);
  expect([states, problems]).toEqual([['connecting', 'warming'], []]);
  await clock.advance(15 * WARMING_RETRY_MS);
  expect(states).toEqual(['connecting', 'warming', 'connecting']);
  socket().ready();
  expect(states.at(-1)).toBe('live');
  client.close();
});

test('a server that is being started takes back what was said about one that cannot be reached', async () => {
  let warmingUp = false;
  const { clock, problems, client } = page({
    getTicket: async () => {
      if (!warmingUp) throw unreachable();
      return { url: 'ws://x', ticket: 't', warmingUp };
    },
  });
  client.open();
  await clock.advance(10_000);
  expect(problems).toMatchObject([{ code: 'server.unreachable' }]);
  warmingUp = true;
  await clock.advance(10_000);
  expect(problems.at(-1)).toBeNull();
  client.close();
});
