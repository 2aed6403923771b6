import { expect, test } from 'vitest';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { FakeSocket } from './fake-socket-for-tests.ts';
import { LiveSessionController } from './live-session-controller.ts';
import type { LiveSessionPorts } from './live-session-controller.ts';
import type { OutboxStorage } from './outbox.ts';

const storage: OutboxStorage = { load: async () => [], put: async () => {}, deleteBefore: async () => {}, replaceFrom: async () => {}, clear: async () => {} };

function page(overrides: Partial<LiveSessionPorts> = {}) {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const captured: boolean[] = [];
  let released = 0;
  const controller = new LiveSessionController({
    clock, random: () => 0.5, online: () => true,
    openSocket: () => (sockets.push(new FakeSocket()), sockets.at(-1)!),
    getTicket: async () => ({ url: 'ws://x', ticket: 't' }),
    getTranscript: async () => [],
    getInterests: async () => [],
    openStorage: async () => ({ storage, release: () => (released += 1) }),
    watchPage: () => () => {},
    microphone: {
      clock,
      openCapture: async () => ({ deviceId: null, setSilent: (silent) => captured.push(!silent), close: () => {} }),
      listDevices: async () => [],
      watchDevices: () => () => {},
    },
    openLoudspeaker: () => ({ order: () => {}, unlock: async () => true, close: () => {} }),
    deviceSpeaker: null,
    ...overrides,
  });
  return { clock, sockets, captured, controller, socket: () => sockets.at(-1)!, released: () => released };
}
const ready = (socket: FakeSocket, status: 'live' | 'paused' = 'live') => {
  socket.onopen?.({} as never);
  socket.says({
    type: 'ready', protocol: 1, sessionId: '00000000-0000-4000-8000-000000000000', role: 'participant', status, durableThroughSample: 0,
    downlink: { encoding: 'pcm_s16le', sampleRate: 16_000 }, limits: { maxFrameBytes: 6_416, maxAheadSamples: 960_000, idleTimeoutMs: 60_000 },
  });
};

test('a page whose session another page takes while it still starts does not connect, and says so', async () => {
  const loading = Promise.withResolvers<void>();
  let takenOver = () => {};
  let released = 0;
  const { controller, sockets } = page({
    openStorage: async (onTakenOver) => {
      takenOver = onTakenOver;
      return { storage: { ...storage, load: () => loading.promise.then(() => []) }, release: () => (released += 1) };
    },
  });
  const starting = controller.actions.start({ microphone: true });
  await settle();
  takenOver();
  loading.resolve();
  await starting;
  await settle();
  expect(sockets).toEqual([]);
  expect(released).toBe(1);
  expect(controller.getView()).toMatchObject({ connection: 'closed', microphone: 'off', ended: { reason: 'replaced' } });
  controller.actions.retry();
  await settle();
  expect(sockets).toHaveLength(1);
  controller.stop();
});

test('a person who pauses and goes on at once is heard while the answer to the pause is still on its way', async () => {
  const { controller, captured, socket } = page();
  await controller.actions.start({ microphone: true });
  await settle();
  ready(socket());
  controller.actions.pause();
  controller.actions.resume();
  socket().says({ type: 'session.status', status: 'paused' });
  expect([captured.at(-1), controller.getView().status]).toEqual([true, 'live']);
  socket().says({ type: 'session.status', status: 'live' });
  expect([captured.at(-1), controller.getView().status]).toEqual([true, 'live']);
  socket().says({ type: 'session.status', status: 'paused' });
  expect([captured.at(-1), controller.getView().status]).toEqual([false, 'paused']);
  controller.stop();
});

test('a microphone asked for while the page still starts is opened once what it hears can be kept', async () => {
  const loading = Promise.withResolvers<void>();
  let opened = 0;
  const { controller, clock } = page({
    openStorage: async () => ({ storage: { ...storage, load: () => loading.promise.then(() => []) }, release: () => {} }),
    microphone: { clock: new ManualClock(), openCapture: async () => ((opened += 1), { deviceId: null, setSilent: () => {}, close: () => {} }), listDevices: async () => [], watchDevices: () => () => {} },
  });
  const starting = controller.actions.start({ microphone: false });
  await settle();
  await controller.actions.start({ microphone: true });
  expect(opened).toBe(0);
  loading.resolve();
  await starting;
  expect([opened, controller.getView().microphone]).toEqual([1, 'on']);
  controller.stop();
  expect(clock.pending).toBe(0);
});

test('a browser that refuses its storage does not keep the session from starting', async () => {
  const { controller, sockets } = page({ openStorage: () => Promise.reject(new DOMException('No locks here.', 'SecurityError')) });
  await controller.actions.start({ microphone: false }).catch(() => {});
  await settle();
  expect(sockets).toHaveLength(1);
  expect(controller.getView().notice).toMatchObject({ code: 'storage.unavailable' });
  controller.stop();
});
