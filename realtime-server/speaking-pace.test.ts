import { expect, test } from 'vitest';
import { openRoom, type Room } from '#tests/support/session-room.ts';
import type { FakePeer } from '#tests/support/session-room.ts';
import type { LiveSession } from './live-session.ts';

/** How long the interviewer's answer to a typed text takes, in samples. */
async function answerTo(room: Room, session: LiveSession, peer: FakePeer, text: string): Promise<number> {
  const from = peer.frames.length;
  session.receive({ type: 'text', text });
  await room.passes(8_000);
  return peer.frames.slice(from).reduce((sum, frame) => sum + frame.samples.length, 0);
}

test('[CTRL-6] the voice itself is slower, in another process, too, and undo makes it as fast as before', async () => {
  const room = openRoom({ replies: [{ steps: ['What do you like to do most of all? '] }] });
  const id = room.createSession();
  const { peer, session } = await room.join(id);
  await room.passes(8_000);
  const usual = await answerTo(room, session, peer, 'I like trains.');
  const slow = await answerTo(room, session, peer, 'Could you speak more slowly, please?');
  expect(slow / usual).toBeGreaterThan(1.1);
  expect((await answerTo(room, session, peer, 'Slower please.')) / slow).toBeGreaterThan(1.1);

  const drained = session.drain(1012, 1_000);
  await room.passes(2_000);
  await drained;
  const again = await room.join(id, room.newRegistry());
  await room.passes(8_000);
  expect((await answerTo(room, again.session, again.peer, 'I like boats, too.')) / usual).toBeGreaterThan(1.3);
  // There it is not known what came before; after one more step it is.
  const slowest = await answerTo(room, again.session, again.peer, 'Slower please.');
  again.session.receive({ type: 'control', action: 'undo' });
  await room.passes(8_000);
  expect(await answerTo(room, again.session, again.peer, 'I like stars.')).toBeLessThan(slowest);
});
