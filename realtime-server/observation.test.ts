import { expect, test } from 'vitest';
import { FakePeer, openRoom } from '#tests/support/session-room.ts';
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
