import { expect, test } from 'vitest';
import { CLOSE } from '#domain/stream/protocol.ts';
import { FakePeer, openRoom, turnOfTheLoop } from '#tests/support/session-room.ts';
import { Observation } from './observation.ts';

test('whoever waits for a session to begin is told when it does, and stays', async () => {
  const room = openRoom();
  const { registry, store, audio, clock } = room;
  const id = room.createSession('code');
  const observer = new FakePeer();
  const leave = await new Observation({ registry, store, audio, clock }).join(id, observer);
  expect(observer.of('ready')).toMatchObject([{ role: 'observer', status: 'created' }]);
  await room.join(id);
  await room.passes(500);
  expect(observer.of('session.status').at(-1)).toEqual({ type: 'session.status', status: 'live' });
  leave();
  await room.passes(500);
  expect(registry.local(id)?.watching).toEqual([]);
});

test('whoever follows a session that comes over from another server misses nothing that was said just before', async () => {
  const room = openRoom();
  const { registry, store, audio, clock } = room;
  const id = room.createSession('dictation');
  const there = room.newRegistry('other:1/x');
  const { session } = await room.join(id, there);
  const observer = new FakePeer();
  await new Observation({ registry, store, audio, clock }).join(id, observer);
  await room.passes(500);
  session.receive({ type: 'text', text: 'Said just before' });
  await turnOfTheLoop();
  await session.drain(CLOSE.restarting, 0);
  await turnOfTheLoop();
  await room.join(id);
  await room.passes(500);
  registry.local(id)!.receive({ type: 'text', text: 'Said afterwards' });
  await room.passes(500);
  expect(observer.of('transcript.final').map(({ text }) => text)).toEqual(['Said just before', 'Said afterwards']);
  expect(observer.of('session.status').at(-1)).toEqual({ type: 'session.status', status: 'live' });
});
