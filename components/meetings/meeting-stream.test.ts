import { expect, test } from 'vitest';
import { FakeSocket } from '#components/live-session/fake-socket-for-tests.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { MeetingStream, RETRY_MS } from './meeting-stream.ts';

async function setUp() {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const stream = new MeetingStream({
    clock,
    random: () => 0.5,
    online: () => true,
    getTicket: async () => ({ url: 'ws://x/v1/stream', ticket: 't' }),
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
  });
  stream.start();
  await clock.advance(10);
  const ready = (socket: FakeSocket) => {
    socket.onopen?.({} as never);
    socket.says({ type: 'ready', protocol: 1, sessionId: 's', role: 'observer', status: 'live', durableThroughSample: 0, downlink: { encoding: 'pcm_s16le', sampleRate: 16_000 }, limits: { maxFrameBytes: 6_416, maxAheadSamples: 480_000, idleTimeoutMs: 60_000 } });
  };
  ready(sockets[0]!);
  return { clock, sockets, stream, ready };
}
const final = (itemId: string, text: string): ServerMessage => ({ type: 'transcript.final', itemId, revision: 1, speaker: 'S0', text, startSample: 0, endSample: 16_000 });

test('words come as they are understood; what was unfinished when the connection broke comes again', async () => {
  const { stream, sockets, clock, ready } = await setUp();
  sockets[0]!.says(final('a', 'Good morning.'));
  sockets[0]!.says({ type: 'transcript.partial', itemId: 'b', revision: 1, speaker: 'S0', text: 'Let us', startSample: 20_000 });
  expect(stream.getView().captions.map(({ text, final: done }) => [text, done])).toEqual([['Good morning.', true], ['Let us', false]]);
  sockets[0]!.onclose?.({ code: 1012 } as never);
  expect(stream.getView().connection).toBe('reconnecting');
  await clock.advance(5_000);
  ready(sockets[1]!);
  expect(stream.getView()).toMatchObject({ connection: 'live', ended: null });
  expect(stream.getView().captions.map(({ text }) => text)).toEqual(['Good morning.']);
  stream.stop();
});

test('asked to try again while it waits to do so by itself, it connects once', async () => {
  const { stream, sockets, clock } = await setUp();
  sockets[0]!.onclose?.({ code: 4409 } as never);
  stream.retry();
  await clock.advance(RETRY_MS + 10);
  expect(sockets).toHaveLength(2);
  stream.stop();
});

test('a meeting that moved to another process is found again, one that ended is over', async () => {
  const { stream, sockets, clock, ready } = await setUp();
  sockets[0]!.onclose?.({ code: 4409 } as never);
  expect(stream.getView().ended).toBeNull();
  await clock.advance(RETRY_MS + 10);
  ready(sockets[1]!);
  sockets[1]!.says({ type: 'session.ended', reason: 'ended_by_request', summary: null } as unknown as ServerMessage);
  sockets[1]!.onclose?.({ code: 1000 } as never);
  await clock.advance(10);
  expect(stream.getView().ended).toBe('ended_by_request');
  stream.stop();
});
