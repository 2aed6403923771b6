/** The browser's stream client against a real WebSocket server that fails on purpose. */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Clock } from '#domain/clock.ts';
import { encodeDownlinkFrame } from '#domain/stream/frames.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { ScriptedStreamServer } from '#tests/support/scripted-stream-server.ts';
import type { ScriptedServerOptions } from '#tests/support/scripted-stream-server.ts';
import { MemoryOutboxStorage, joinSession } from '#tests/support/stream-client.ts';
import type { Participant, ParticipantOptions } from '#tests/support/stream-client.ts';

/** Twenty times as fast as the wall clock: backoff in these tests takes milliseconds. */
const HURRY = 20;
const hurriedClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now() * HURRY,
  schedule(delayMs, run) {
    const timer = setTimeout(run, delayMs / HURRY);
    return () => clearTimeout(timer);
  },
};

const open: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.stop();
});
async function server(options?: ScriptedServerOptions): Promise<ScriptedStreamServer> {
  const started = await ScriptedStreamServer.start(options);
  open.push(started);
  return started;
}
async function join(at: ScriptedStreamServer, options: Partial<ParticipantOptions> = {}): Promise<Participant> {
  const participant = await joinSession({ getTicket: at.issueTicket, clock: hurriedClock, ...options });
  open.push({ stop: () => participant.leave() });
  return participant;
}
function noise(length: number, seed = 1): Int16Array {
  let state = seed;
  return Int16Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (state >> 8) & 0xffff;
  });
}

test('speech said before the connection stood arrives whole', async () => {
  const at = await server();
  const person = await join(at);
  const speech = noise(40_000);
  await person.speak(speech, { speed: Infinity });
  await person.delivered();
  expect(at.samples).toEqual([...speech]);
  expect(person.states).toEqual(['connecting', 'live']);
});

test('a cut in the middle of a frame loses and doubles nothing', async () => {
  const at = await server();
  at.faultOf = (_frame, index) => (index === 3 || index === 9 ? 'cut' : 'keep');
  const person = await join(at);
  const speech = noise(64_000);
  await person.speak(speech, { speed: Infinity });
  await person.delivered();
  expect(at.samples).toEqual([...speech]);
  expect(at.hellos).toBe(3);
});

test('a server that crashed gets everything it had not made durable again', async () => {
  const at = await server({ acks: 'manual' });
  const person = await join(at);
  await person.live();
  const speech = noise(32_000);
  await person.speak(speech, { speed: Infinity });
  await expect.poll(() => at.samples.length).toBe(32_000);
  at.acknowledge(8_000);
  at.crash();
  await person.until('a second connection', () => person.readies.length === 2);
  expect(person.readies[1]!.durableThroughSample).toBe(8_000);
  await expect.poll(() => at.samples.length).toBe(32_000);
  at.acknowledge();
  await person.delivered();
  expect(at.samples).toEqual([...speech]);
});

test('a new connection sends from where the server’s disk ends, without waiting to be missed', async () => {
  const clock = new ManualClock();
  const at = await server({ acks: 'manual' });
  const person = await join(at, { clock });
  await person.live();
  await person.speak(noise(16_000), { speed: Infinity });
  await expect.poll(() => at.samples.length).toBe(16_000);
  at.acknowledge(4_000);
  at.crash();
  await expect.poll(async () => (await clock.advance(1), person.readies.length)).toBe(2);
  await expect.poll(() => at.samples.length).toBe(16_000); // no time passes on the client's clock
});

test('a frame the server missed is sent again from where the hole begins', async () => {
  const at = await server();
  at.faultOf = (_frame, index) => (index === 2 ? 'lose' : 'keep');
  const person = await join(at);
  const speech = noise(48_000);
  await person.speak(speech, { speed: Infinity });
  await person.delivered();
  expect(at.samples).toEqual([...speech]);
  expect(at.hellos).toBe(1);
});

test('a restarting server (1012) and a used ticket (4401) cost nothing but a moment', async () => {
  const at = await server();
  at.onHello = (socket, count) => {
    if (count !== 2) return 'ready';
    socket.close(4401);
    return 'handled';
  };
  const person = await join(at);
  const speech = noise(32_000);
  await person.speak(speech.subarray(0, 16_000), { speed: Infinity });
  await person.delivered();
  at.close(1012);
  await person.speak(speech.subarray(16_000), { speed: Infinity });
  await person.delivered();
  expect(at.samples).toEqual([...speech]);
  expect(at.hellos).toBe(3);
  expect(person.problems).toEqual([]);
});

test('taken over elsewhere (4409): this page stops and says so', async () => {
  const at = await server();
  const person = await join(at);
  await person.live();
  at.close(4409);
  await person.until('the end', () => person.ended);
  expect(person.ended).toEqual({ reason: 'replaced', summary: null });
  expect(at.hellos).toBe(1);
});

test('a server that accepts and says nothing is left for a new connection', async () => {
  const at = await server();
  at.onHello = (_socket, count) => (count === 1 ? 'handled' : 'ready');
  const person = await join(at);
  await person.live();
  expect(at.hellos).toBe(2);
});

test('garbage from the server in the middle of speech disturbs nobody', async () => {
  const at = await server();
  const person = await join(at);
  await person.live();
  const speech = noise(32_000);
  await person.speak(speech.subarray(0, 16_000), { speed: Infinity });
  for (const junk of ['{', '{"type":"unknown"}', '{"type":"ack","durableThroughSample":"9"}']) at.connections[0]!.send(junk);
  at.connections[0]!.send(new Uint8Array([1, 2, 3]));
  await person.speak(speech.subarray(16_000), { speed: Infinity });
  await person.delivered();
  expect(at.samples).toEqual([...speech]);
});

test('after a reload of the tab the next page sends what the last one had not delivered, then its own', async () => {
  const at = await server({ acks: 'manual' });
  const storage = new MemoryOutboxStorage();
  const speech = noise(48_000);
  const first = await join(at, { storage });
  await first.live();
  await first.speak(speech.subarray(0, 32_000), { speed: Infinity });
  await expect.poll(() => at.samples.length).toBe(32_000);
  at.acknowledge(20_000);
  await first.until('the acknowledgement', () => first.client.durableThroughSample === 20_000);
  await first.outbox.flush();
  first.leave();
  const second = await join(at, { storage });
  await second.speak(speech.subarray(32_000), { speed: Infinity });
  await second.live();
  await expect.poll(() => at.samples.length).toBe(48_000);
  at.acknowledge();
  await second.delivered();
  expect(at.samples).toEqual([...speech]);
});

test('the end: what was said is delivered, then the session ends and the page stays away', async () => {
  const at = await server();
  at.onMessage = (message, socket) => {
    if (message.type !== 'control' || message.action !== 'end') return;
    socket.send(JSON.stringify({ type: 'session.ended', reason: 'ended_by_person', summary: { samples: at.samples.length } }));
    socket.close(1000);
  };
  const person = await join(at);
  await person.speak(noise(30_000), { speed: Infinity });
  expect(await person.end()).toEqual({ reason: 'ended_by_person', summary: { samples: 30_000 } });
  expect(person.client.state).toBe('closed');
});

test('the interviewer’s speech is heard at the speed of sound and reported', async () => {
  const at = await server();
  const person = await join(at);
  await person.live();
  for (const [index, last] of [false, true].entries()) {
    at.connections[0]!.send(encodeDownlinkFrame({ utterance: 1, seq: index, firstSample: index * 3_200, last, samples: noise(3_200) }));
  }
  await expect.poll(() => at.received.filter((message) => message.type === 'playback').at(-1)).toEqual({ type: 'playback', utterance: 1, playedSamples: 6_400 });
});

test('whatever is cut, lost, crashed and acknowledged late: the recording is what was said, sample for sample', async () => {
  const fault = fc.record({ atFrame: fc.integer({ min: 0, max: 40 }), kind: fc.constantFrom<'cut' | 'lose' | 'crash' | 'reload'>('cut', 'lose', 'crash', 'reload') });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 8_000 }), { minLength: 1, maxLength: 10 }),
      fc.array(fault, { maxLength: 6 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer(),
      async (sizes, faults, ackEvery, seed) => {
        const at = await ScriptedStreamServer.start({ acks: 'manual' });
        const storage = new MemoryOutboxStorage();
        const options = { getTicket: at.issueTicket, clock: hurriedClock, storage };
        let person = await joinSession(options);
        const reloads: Promise<void>[] = [];
        const total = sizes.reduce((sum, size) => sum + size, 0);
        const speech = noise(total, seed);
        let captured = 0;
        const pending = faults.map((one) => ({ ...one }));
        at.faultOf = (_frame, index) => {
          if (index % ackEvery === 0) at.acknowledge();
          const due = pending.findIndex((one) => one.atFrame === index);
          if (due < 0) return 'keep';
          const [{ kind }] = pending.splice(due, 1) as [(typeof pending)[number]];
          if (kind === 'crash') at.crash();
          if (kind === 'reload') reloads.push(Promise.resolve());
          return kind === 'lose' || kind === 'cut' ? kind : 'keep';
        };
        try {
          for (const size of sizes) {
            await person.speak(speech.subarray(captured, captured + size), { speed: Infinity });
            captured += size;
            await new Promise((resolve) => setImmediate(resolve));
            if (reloads.splice(0).length > 0) {
              await person.outbox.flush();
              person.leave();
              person = await joinSession(options);
            }
          }
          await expect.poll(() => (at.acknowledge(), at.samples.length), { timeout: 60_000, interval: 10 }).toBe(total);
          at.acknowledge();
          await person.delivered();
          expect(at.samples).toEqual([...speech]);
        } finally {
          person.leave();
          await at.stop();
        }
      },
    ),
    // A failure shrinks for as long as it likes otherwise, and hides behind the test's time limit.
    { numRuns: 25, interruptAfterTimeLimit: 40_000 },
  );
});
