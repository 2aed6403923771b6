import { describe, expect, test } from 'vitest';
import { ProblemError } from '#components/api/problem-error.ts';
import { FakeSocket } from '#components/live-session/fake-socket-for-tests.ts';
import { codeAt, type FileVersion } from '#domain/code/replay.ts';
import type { Session, SessionEvent } from '#domain/session/session.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { FOLLOW_EVERY_MS, WatchController } from './watch-controller.ts';

function setUp() {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const server = { events: [] as SessionEvent[], versions: [] as FileVersion[], reachable: true, versionsReachable: true, slow: null as Promise<void> | null, slowSession: null as Promise<void> | null, session: { id: 's', status: 'live', createdAt: '2026-01-01T00:00:00.000Z', startedAt: '2026-01-01T00:00:00.000Z', endedAt: null, durationMs: 0 } as unknown as Session };
  const answer = async <T>(value: T): Promise<T> => {
    if (!server.reachable) throw new ProblemError({ title: 'Away', status: 0, code: 'server.unreachable', detail: 'Try again.' });
    return value;
  };
  const watch = new WatchController({
    clock,
    random: () => 0.5,
    online: () => true,
    getTicket: async () => ({ url: 'ws://x/v1/stream', ticket: 't', expiresAt: '' }) as never,
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    getSession: async () => {
      const { session, slowSession } = server;
      await slowSession;
      return answer(session);
    },
    getTranscript: () => answer([]),
    getEvents: async (after) => {
      const events = server.events.filter(({ seq }) => seq > after);
      await server.slow;
      return answer(events);
    },
    getVersions: async (after) => {
      if (!server.versionsReachable) throw new ProblemError({ title: 'Away', status: 503, code: 'unavailable', detail: 'Try again.' });
      return answer({ versions: server.versions.slice(Number(after ?? 0)), next: String(server.versions.length) });
    },
    openLoudspeaker: () => ({ order: () => {}, unlock: () => Promise.resolve(true), close: () => {} }),
  });
  const ready = (socket: FakeSocket) => {
    socket.onopen?.({} as never);
    socket.says({ type: 'ready', protocol: 1, sessionId: 's', role: 'observer', status: 'live', durableThroughSample: 0, downlink: { encoding: 'pcm_s16le', sampleRate: 16_000 }, limits: { maxFrameBytes: 6_416, maxAheadSamples: 480_000, idleTimeoutMs: 60_000 } });
  };
  const types = (insert: string, length: number) => {
    server.events.push({ seq: server.events.length + 1, type: 'editor', sample: 0, atMs: server.events.length * 100, data: { path: 'a.py', version: 0, changes: [{ agoMs: 0, from: length, to: length, insert, length, event: 'type' }] } });
  };
  const code = () => (watch.getView().replay ? codeAt(watch.getView().replay!, Infinity)?.state.text : undefined);
  return { clock, sockets, server, watch, ready, types, code };
}

describe('watching', () => {
  test('shows what is typed a moment later, and what was saved where keys are missing', async () => {
    const { clock, sockets, server, watch, ready, types, code } = setUp();
    watch.start();
    await clock.advance(10);
    ready(sockets[0]!);
    types('a', 0);
    await clock.advance(FOLLOW_EVERY_MS);
    types('b', 1);
    expect(code()).toBe('a');
    await clock.advance(FOLLOW_EVERY_MS);
    expect(code()).toBe('ab');
    types('x', 7);
    server.versions.push({ path: 'a.py', version: 1, atMs: 10_000, content: 'abcdefg!' });
    await clock.advance(FOLLOW_EVERY_MS);
    expect(code()).toBe('abcdefg!');
    watch.stop();
    expect(clock.pending).toBe(0);
  });

  test('says when it may be behind, and catches up', async () => {
    const { clock, server, watch, types, code } = setUp();
    watch.start();
    await clock.advance(FOLLOW_EVERY_MS);
    server.reachable = false;
    types('a', 0);
    await clock.advance(FOLLOW_EVERY_MS);
    expect(watch.getView()).toMatchObject({ upToDate: false, problem: null });
    server.reachable = true;
    await clock.advance(4_000);
    expect(watch.getView().upToDate).toBe(true);
    expect(code()).toBe('a');
    watch.stop();
  });

  test('what was read before the saved versions could not be read is shown once they can', async () => {
    const { clock, server, watch, types, code } = setUp();
    watch.start();
    await clock.advance(FOLLOW_EVERY_MS);
    types('a', 0);
    server.versionsReachable = false;
    await clock.advance(FOLLOW_EVERY_MS);
    expect(watch.getView().upToDate).toBe(false);
    server.versionsReachable = true;
    await clock.advance(20_000);
    expect(watch.getView().upToDate).toBe(true);
    expect(code()).toBe('a');
    watch.stop();
  });

  test('what was written before the end is read, also when the log was just being read at the end', async () => {
    const { clock, sockets, server, watch, ready, types, code } = setUp();
    watch.start();
    await clock.advance(10);
    ready(sockets[0]!);
    const slow = Promise.withResolvers<void>();
    server.slow = slow.promise;
    await clock.advance(FOLLOW_EVERY_MS);
    types('a', 0);
    sockets[0]!.says({ type: 'session.ended', reason: 'ended_by_person', summary: null });
    server.slow = null;
    slow.resolve();
    await clock.advance(20_000);
    expect(code()).toBe('a');
    expect(clock.pending).toBe(0);
    watch.stop();
  });

  test('somebody who presses to try again before the own next try is there once', async () => {
    const { clock, sockets, watch, ready } = setUp();
    watch.start();
    await clock.advance(10);
    ready(sockets[0]!);
    sockets[0]!.goes(4409);
    watch.retry();
    await clock.advance(10);
    ready(sockets[1]!);
    await clock.advance(3_500);
    expect(sockets).toHaveLength(2);
    watch.stop();
  });

  test('an older answer about the session does not take the place of a newer one', async () => {
    const { clock, sockets, server, watch, ready } = setUp();
    watch.start();
    await clock.advance(FOLLOW_EVERY_MS);
    const slow = Promise.withResolvers<void>();
    server.slowSession = slow.promise;
    ready(sockets[0]!);
    server.slowSession = null;
    server.session = { ...server.session, status: 'paused' };
    sockets[0]!.says({ type: 'session.status', status: 'paused' });
    await clock.advance(10);
    slow.resolve();
    await clock.advance(10);
    expect(watch.getView()).toMatchObject({ status: 'paused', session: { status: 'paused' } });
    watch.stop();
  });

  test('nobody takes an observer’s place: it comes back when the session went on elsewhere, and stops when it is over', async () => {
    const { clock, sockets, watch, ready } = setUp();
    watch.start();
    await clock.advance(10);
    ready(sockets[0]!);
    sockets[0]!.goes(4409);
    await clock.advance(4_000);
    expect(sockets).toHaveLength(2);
    ready(sockets[1]!);
    expect(watch.getView()).toMatchObject({ connection: 'live', ended: null });
    sockets[1]!.says({ type: 'pong', id: 1, watching: ['Ines', 'Omar'] });
    expect(watch.getView().watching).toEqual(['Ines', 'Omar']);
    sockets[1]!.says({ type: 'session.ended', reason: 'ended_by_person', summary: null });
    expect(watch.getView().ended).toBe('ended_by_person');
    await clock.advance(20_000);
    expect(sockets).toHaveLength(2);
    watch.stop();
  });

  test('sends nothing but hello and pings', async () => {
    const { clock, sockets, watch, ready } = setUp();
    watch.start();
    await clock.advance(10);
    ready(sockets[0]!);
    watch.listen();
    sockets[0]!.says({ type: 'agent.state', state: 'speaking' });
    sockets[0]!.says({ type: 'agent.text', utterance: 1, text: 'Hello' });
    await clock.advance(3_000);
    expect(new Set(sockets[0]!.sent.map(({ type }) => type))).toEqual(new Set(['hello', 'ping']));
    watch.stop();
  });
});
