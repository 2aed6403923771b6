/** A whole live page without a browser: the controller with a scripted microphone and loudspeaker against a real WebSocket. */
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { LiveSessionController } from '#components/live-session/live-session-controller.ts';
import type { LiveSessionPorts } from '#components/live-session/live-session-controller.ts';
import type { OpenLoudspeaker, PlaybackOrder } from '#components/live-session/player.ts';
import type { StreamSocket } from '#components/live-session/stream-client.ts';
import { systemClock } from '#domain/clock.ts';
import type { Interest } from '#domain/interests/interest.ts';
import type { TranscriptItem } from '#domain/session/session.ts';
import { encodeDownlinkFrame } from '#domain/stream/frames.ts';
import { ScriptedStreamServer } from '#tests/support/scripted-stream-server.ts';
import { MemoryOutboxStorage } from '#tests/support/stream-client.ts';

const open: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.stop();
});

async function page(options: { storage?: MemoryOutboxStorage | null; server?: ScriptedStreamServer; transcript?: TranscriptItem[]; interests?: Interest[]; refuse?: string } = {}) {
  const server = options.server ?? (await ScriptedStreamServer.start());
  if (!options.server) open.push(server);
  const orders: PlaybackOrder[] = [];
  let loudspeaker: Parameters<OpenLoudspeaker>[0] | null = null;
  let say: (samples: Int16Array) => void = () => {};
  let takenOver = () => {};
  let released = 0;
  const ports: LiveSessionPorts = {
    clock: systemClock, random: Math.random, online: () => true, getTicket: server.issueTicket,
    openSocket: (url) => new WebSocket(url) as unknown as StreamSocket,
    getTranscript: async () => options.transcript ?? [],
    getInterests: async () => options.interests ?? [],
    openStorage: async (onTakenOver) => {
      takenOver = onTakenOver;
      return { storage: options.storage === undefined ? new MemoryOutboxStorage() : options.storage, release: () => void (released += 1) };
    },
    watchPage: () => () => {},
    microphone: {
      clock: systemClock,
      async openCapture(_deviceId, onFrame) {
        if (options.refuse) throw new DOMException('No.', options.refuse);
        say = onFrame;
        return { deviceId: 'built-in', setSilent() {}, close: () => void (say = () => {}) };
      },
      listDevices: async () => [{ deviceId: 'built-in', label: 'Built-in' }],
      watchDevices: () => () => {},
    },
    openLoudspeaker: (events) => {
      loudspeaker = events;
      return { order: (order) => orders.push(order), unlock: async () => true, close() {} };
    },
    deviceSpeaker: null,
  };
  const controller = new LiveSessionController(ports);
  open.push({ stop: () => controller.stop() });
  return {
    server, controller, orders, actions: controller.actions, view: () => controller.getView(), say: (samples: Int16Array) => say(samples),
    report: (utterance: number, playedSamples: number) => loudspeaker!.onReport({ utterance, playedSamples, done: false, underruns: 0 }),
    takeOver: () => takenOver(), released: () => released,
  };
}
const speech = (from: number) => Int16Array.from({ length: 640 }, (_, n) => from + n + 1);

test('a person talks, sees the words, hears the answer, and what they said is stored', async () => {
  const { server, actions, view, say, orders, report } = await page();
  await actions.start({ microphone: true });
  await expect.poll(() => view().connection).toBe('live');
  expect(view()).toMatchObject({ microphone: 'on', deviceId: 'built-in', devices: [{ deviceId: 'built-in' }] });
  say(speech(0));
  say(speech(640));
  server.send({ type: 'speech.started', sample: 0 });
  server.send({ type: 'transcript.partial', itemId: 'a', revision: 1, speaker: 'user', text: 'I like', startSample: 0 });
  await expect.poll(() => view().captions[0]?.text).toBe('I like');
  expect(view().personSpeaking).toBe(true);
  server.send({ type: 'transcript.final', itemId: 'a', revision: 2, speaker: 'user', text: 'I like stars.', startSample: 0, endSample: 1_280 });
  server.send({ type: 'agent.state', state: 'speaking' });
  server.send({ type: 'agent.text', utterance: 1, text: 'Which ones?' });
  server.connections[0]!.send(encodeDownlinkFrame({ utterance: 1, seq: 0, firstSample: 0, last: true, samples: speech(0) }));
  await expect.poll(() => orders.some((order) => order.type === 'frame')).toBe(true);
  expect(view()).toMatchObject({ agentState: 'speaking', agentText: 'Which ones?', announcement: 'You: I like stars.' });
  report(1, 320);
  await expect.poll(() => server.received.find((message) => message.type === 'playback')).toEqual({ type: 'playback', utterance: 1, playedSamples: 320 });
  expect(server.samples).toEqual([...speech(0), ...speech(640)]);
  await expect.poll(() => view().unacknowledgedMs).toBe(0);
});

test('a person sees their interests as they are noticed, the earlier ones as well, and takes a command back', async () => {
  const chess: Interest = { id: '00000000-0000-4000-8000-000000000001', topic: 'chess', category: 'games', sentiment: 'positive', confidence: 0.9, quote: 'I play chess', startMs: 0, endMs: 900, itemId: 'a', status: 'detected', mentions: [] };
  const { server, actions, view } = await page({ interests: [chess] });
  await actions.start({ microphone: false });
  await expect.poll(() => view().connection).toBe('live');
  await expect.poll(() => view().interests).toEqual([chess]);
  const stars = { ...chess, id: '00000000-0000-4000-8000-000000000002', topic: 'astronomy' };
  server.send({ type: 'interest.detected', interest: stars });
  server.send({ type: 'interest.retracted', id: chess.id });
  await expect.poll(() => view().interests).toEqual([stars]);
  server.send({ type: 'command.recognized', command: 'skip', text: 'Skip this one' });
  await expect.poll(() => view().command).toEqual({ number: 1, command: 'skip', text: 'Skip this one' });
  actions.undo();
  expect(view().command).toBeNull();
  await expect.poll(() => server.received.at(-1)).toEqual({ type: 'control', action: 'undo' });
});

test('talking over the interviewer stops the loudspeaker at once; what was not heard is marked', async () => {
  const { server, actions, view, orders } = await page();
  await actions.start({ microphone: true });
  await expect.poll(() => view().connection).toBe('live');
  server.send({ type: 'agent.state', state: 'speaking' });
  server.send({ type: 'agent.text', utterance: 1, text: 'Tell me more about that.' });
  server.connections[0]!.send(encodeDownlinkFrame({ utterance: 1, seq: 0, firstSample: 0, last: false, samples: speech(0) }));
  server.send({ type: 'agent.state', state: 'paused' });
  server.send({ type: 'agent.interrupted', utterance: 1, heardText: 'Tell me more', playedSamples: 300 });
  server.connections[0]!.send(encodeDownlinkFrame({ utterance: 1, seq: 1, firstSample: 640, last: true, samples: speech(0) }));
  server.send({ type: 'transcript.final', itemId: 'x', revision: 1, speaker: 'agent', text: 'Tell me more', startSample: 0, endSample: 300 });
  await expect.poll(() => view().captions.at(-1)?.unheardText).toBe('about that.');
  expect(orders.map((order) => order.type).filter((type) => type !== 'rate')).toEqual(['flush', 'frame', 'pause', 'flush']);
});

test('after a cut the page says that nothing was lost, and nothing was', async () => {
  const { server, controller, actions, view, say } = await page();
  await actions.start({ microphone: true });
  await expect.poll(() => view().connection).toBe('live');
  say(speech(0));
  await expect.poll(() => server.samples.length).toBe(640);
  const stop = controller.subscribe(() => {
    if (view().connection !== 'reconnecting') return;
    stop();
    say(speech(640));
  });
  server.cut();
  await expect.poll(() => view().restored?.resentMs).toBe(40);
  await expect.poll(() => server.samples).toEqual([...speech(0), ...speech(640)]);
});

test('the whole conversation can be typed, with the microphone refused', async () => {
  const { server, actions, view } = await page({ refuse: 'NotAllowedError' });
  await actions.start({ microphone: true });
  await expect.poll(() => view().connection).toBe('live');
  expect(view().microphone).toBe('denied');
  actions.sendText('I like chess.');
  await expect.poll(() => server.received.find((message) => message.type === 'text')).toEqual({ type: 'text', text: 'I like chess.' });
});

test('pause sends nothing, resume goes on, and both follow what the server says', async () => {
  const { server, actions, view, say } = await page();
  await actions.start({ microphone: true });
  await expect.poll(() => view().connection).toBe('live');
  say(speech(0));
  actions.pause();
  say(speech(640));
  expect(view().status).toBe('paused');
  actions.resume();
  say(speech(1_280));
  await expect.poll(() => server.samples.length).toBe(1_280);
  expect(server.samples).toEqual([...speech(0), ...speech(1_280)]);
  await expect.poll(() => server.received.filter((message) => message.type === 'control').map((message) => message.action)).toEqual(['pause', 'resume']);
  // The answers to both, and what somebody said later.
  for (const status of ['paused', 'live'] as const) server.send({ type: 'session.status', status });
  server.send({ type: 'session.status', status: 'paused' });
  await expect.poll(() => view().status).toBe('paused');
});

test('after a reload the lines so far are there and the microphone goes on where the recording ends', async () => {
  const storage = new MemoryOutboxStorage();
  const first = await page({ storage });
  await first.actions.start({ microphone: true });
  await expect.poll(() => first.view().connection).toBe('live');
  first.say(speech(0));
  await expect.poll(() => first.server.samples.length).toBe(640);
  first.controller.stop();
  const item: TranscriptItem = { itemId: 'a', revision: 1, speaker: 'user', text: 'Hi', startSample: 0, endSample: 640, startMs: 0, endMs: 40 };
  const second = await page({ storage, server: first.server, transcript: [item] });
  await second.actions.start({ microphone: true });
  second.say(speech(640));
  await expect.poll(() => first.server.samples).toEqual([...speech(0), ...speech(640)]);
  await expect.poll(() => second.view().captions.map((caption) => caption.text)).toEqual(['Hi']);
});

test('another tab takes the session: this one lets go of microphone and storage, and can take it back', async () => {
  const { actions, view, takeOver, released, server } = await page();
  await actions.start({ microphone: true });
  await expect.poll(() => view().connection).toBe('live');
  takeOver();
  expect(view()).toMatchObject({ ended: { reason: 'replaced' }, microphone: 'off', connection: 'closed' });
  await expect.poll(released).toBe(1);
  actions.retry();
  await expect.poll(() => view().connection).toBe('live');
  expect(view()).toMatchObject({ ended: null, microphone: 'on' });
  expect(server.hellos).toBe(2);
});

test('the end: the outbox is emptied, because the server has everything', async () => {
  const storage = new MemoryOutboxStorage();
  const { server, actions, view, say } = await page({ storage });
  server.onMessage = (message, socket) => {
    if (message.type === 'control' && message.action === 'end') socket.send(JSON.stringify({ type: 'session.ended', reason: 'ended_by_person', summary: {} }));
  };
  await actions.start({ microphone: true });
  await expect.poll(() => view().connection).toBe('live');
  for (let n = 0; n < 20; n += 1) say(speech(n));
  actions.end();
  await expect.poll(() => view().ended).toEqual({ reason: 'ended_by_person', summary: {} });
  expect(server.samples).toHaveLength(20 * 640);
  await expect.poll(() => storage.blocks.size).toBe(0);
  expect(view()).toMatchObject({ microphone: 'off', connection: 'closed', notice: null });
});

test('a browser that keeps nothing is told about, and works', async () => {
  const { actions, view } = await page({ storage: null });
  await actions.start({ microphone: false });
  await expect.poll(() => view().connection).toBe('live');
  expect(view().notice?.code).toBe('storage.unavailable');
  actions.dismissNotice();
  expect(view().notice).toBeNull();
});

test('strict mode: unmounting and mounting in one breath keeps the session, leaving for good closes it', async () => {
  const { controller, actions, view } = await page();
  const leave = controller.use();
  await actions.start({ microphone: true });
  await expect.poll(() => view().connection).toBe('live');
  leave();
  const leaveForGood = controller.use();
  // The decision to leave falls on the clock's next turn.
  await new Promise<void>((resolve) => systemClock.schedule(1, resolve));
  expect(view().connection).toBe('live');
  leaveForGood();
  await expect.poll(() => view().connection).toBe('closed');
  expect(view().microphone).toBe('off');
});
