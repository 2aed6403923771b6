import { describe, expect, test } from 'vitest';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import { SpoolError } from '#domain/errors.ts';
import { ABANDONED_AFTER_MS } from '#domain/session/session-status.ts';
import type { VoiceDetector } from '#domain/speech/ports.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import { FakePeer, openRoom, quiet, speak, turnOfTheLoop, voice } from '#tests/support/session-room.ts';
import { LEASE_RENEW_MS, LEASE_TTL_MS, LINGER_MS } from './session-registry.ts';

/** Time for every periodic task to have run. */
const A_WHILE_MS = 10_000;
const frame = (firstSample: number, samples = quiet(100)) => ({ seq: 0, firstSample, samples });

describe('joining', () => {
  test('two connections that join at once share one session; the later one stays', async () => {
    const room = openRoom();
    const id = room.createSession();
    const [first, second] = await Promise.all([room.join(id), room.join(id)]);
    expect(second.session).toBe(first.session);
    expect(room.registry.size).toBe(1);
    expect([first.peer.closedWith, second.peer.closedWith]).toEqual([CLOSE.replaced, null]);
    expect(room.store.row(id).epoch).toBe(1);
  });

  // The port is open before the process has told the database that its predecessor is dead.
  test('somebody who comes while the process still starts stays in the session', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const { peer } = await room.join(id);
    await room.registry.start();
    await room.passes(A_WHILE_MS);
    expect(peer.closedWith).toBeNull();
  });

  test('somebody who took over from an older connection is not asked to leave a minute later', async () => {
    const room = openRoom();
    await room.registry.start();
    const id = room.createSession('dictation');
    const older = await room.join(id);
    const newer = await room.join(id);
    expect(older.peer.closedWith).toBe(CLOSE.replaced);
    await room.passes(LINGER_MS + A_WHILE_MS);
    expect(newer.peer.closedWith).toBeNull();
  });

  test('a connection that was lost while it joined does not show the older one out', async () => {
    const room = openRoom();
    const id = room.createSession();
    const { peer } = await room.join(id);
    const lost = new FakePeer();
    lost.close(CLOSE.noHello);
    await room.registry.join(id, lost).catch(() => {});
    expect(peer.closedWith).toBeNull();
  });

  test('somebody who joins at the moment the session leaves the process gets a fresh one', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const { session } = await room.join(id);
    const peer = new FakePeer();
    const joining = room.registry.join(id, peer);
    session.lose();
    const joined = await joining;
    expect(joined).not.toBe(session);
    expect(joined.gone).toBe(false);
    expect(peer.of('ready')).toHaveLength(1);
  });

  test('an older session that is still closing its files does not cost the new one its lease', async () => {
    const room = openRoom();
    const closing = Promise.withResolvers<void>();
    const openWriter = room.audio.openWriter.bind(room.audio);
    room.audio.openWriter = async (sessionId, epoch) => {
      const writer = await openWriter(sessionId, epoch);
      if (epoch > 1) return writer;
      return { append: (samples) => writer.append(samples), close: () => closing.promise, get durableThroughSample() { return writer.durableThroughSample; } };
    };
    const id = room.createSession('dictation');
    const { session } = await room.join(id);
    session.lose();
    const joining = room.join(id);
    await room.passes(100);
    closing.resolve();
    const { peer, session: next } = await joining;
    next.receiveAudio(frame(0));
    await turnOfTheLoop();
    expect(peer.of('ack').at(-1)?.durableThroughSample).toBe(1_600);
    expect(room.store.row(id).writerId).not.toBeNull();
  });

  test('a session that cannot be closed because the database is away lets nobody wait at the door for ever', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const { session } = await room.join(id);
    await room.passes(100);
    room.store.failure = new SpoolError('unavailable');
    session.receive({ type: 'text', text: 'Not written yet' });
    room.audio.failure = new SpoolError('audio.disk_full');
    session.receiveAudio(frame(0));
    await room.passes(100);
    const joining = room.join(id).catch((error: unknown) => error);
    await room.passes(A_WHILE_MS);
    expect(await joining).toMatchObject({ code: 'unavailable' });
    Object.assign(room.store, { failure: null });
    room.audio.failure = null;
    await room.passes(1_000);
    expect(room.store.userItems(id).map((item) => item.text)).toEqual(['Not written yet']);
    expect((await room.join(id)).session.gone).toBe(false);
  });

  test('a session that is over says so, and leaves no lease behind', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const { session } = await room.join(id);
    session.end('ended_by_person');
    await room.passes(100);
    await expect(room.join(id)).rejects.toMatchObject({ code: 'session.over' });
    expect(room.store.row(id).writerId).toBeNull();
  });

  test('somebody who joins while the session is being finished sees it end, and it stays completed', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const away = new SpoolError('unavailable');
    const { session, peer } = await room.join(id);
    peer.close(CLOSE.restarting);
    await room.passes(100);
    room.store.failure = away;
    session.end('ended_by_request');
    await room.passes(100);
    const late = await room.join(id);
    room.store.failure = null;
    await room.passes(1_000);
    expect(late.peer.of('session.ended')).toHaveLength(1);
    expect(late.peer.closedWith).toBe(CLOSE.ended);
    expect(room.store.row(id).stored.session.status).toBe('completed');
  });

  test('a session ended before anybody came, joined at that moment, is not made live again', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const session = await room.registry.open(id);
    room.store.failure = new SpoolError('unavailable');
    session.end('ended_by_request');
    await room.passes(100);
    await room.join(id);
    room.store.failure = null;
    await room.passes(1_000);
    expect(room.store.row(id).stored.session.status).toBe('completed');
    expect(room.store.row(id).statuses).toEqual(['completed']);
  });
});

describe('leases', () => {
  test('a session held by another server is asked for and handed over', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const [here, there] = [room.newRegistry('a:1/x'), room.newRegistry('b:1/x')];
    await here.start();
    const first = await room.join(id, here);
    const joining = room.join(id, there);
    await room.passes(LEASE_RENEW_MS + 500);
    const second = await joining;
    expect(first.peer.closedWith).toBe(CLOSE.replaced);
    expect(second.session.epoch).toBe(2);
  });

  test('a session erased while it is live is over for everybody in it, and nobody is told that it goes on elsewhere', async () => {
    const room = openRoom();
    await room.registry.start();
    const [erased, taken] = [room.createSession('dictation'), room.createSession('dictation')];
    const [{ peer, session }, other] = [await room.join(erased), await room.join(taken)];
    const observer = new FakePeer();
    session.observe(observer);
    room.store.erase(erased);
    room.store.row(taken).writerId = 'b:1/x';
    session.receiveAudio(frame(0));
    await room.passes(LEASE_RENEW_MS + 500);
    expect([peer.closedWith, observer.closedWith, other.peer.closedWith]).toEqual([CLOSE.sessionOver, CLOSE.sessionOver, CLOSE.replaced]);
    expect([peer.errors, other.peer.errors].map((errors) => errors.map(({ code }) => code))).toEqual([['session.not_found'], []]);
    expect(room.registry.size).toBe(0);
  });

  test('[AUD-4] while the lease is in doubt nothing is acknowledged; once it is certain again, everything is', async () => {
    const room = openRoom();
    await room.registry.start();
    const id = room.createSession('dictation');
    const { peer, session } = await room.join(id);
    room.store.failure = new SpoolError('unavailable');
    await room.passes(LEASE_TTL_MS);
    session.receiveAudio(frame(0));
    await room.passes(500);
    expect(peer.of('ack')).toEqual([]);
    room.store.failure = null;
    await room.passes(LEASE_RENEW_MS * 2);
    expect(peer.of('ack').at(-1)?.durableThroughSample).toBe(1_600);
  });

  // The statement may wait for the row of another session while this one leaves and is opened again.
  test('the late answer of a renewal says nothing about a session that was opened after the question', async () => {
    const room = openRoom();
    await room.registry.start();
    const id = room.createSession('dictation');
    const { session } = await room.join(id);
    const late = Promise.withResolvers<void>();
    const renew = room.store.renewLeases.bind(room.store);
    room.store.renewLeases = async () => {
      room.store.renewLeases = renew;
      await late.promise;
      return { kept: [], wanted: [] };
    };
    await room.passes(LEASE_RENEW_MS);
    await session.drain(CLOSE.restarting, 0);
    const { peer } = await room.join(id);
    late.resolve();
    await room.passes(A_WHILE_MS);
    expect(peer.closedWith).toBeNull();
  });

  test('a lease lost while the session was being opened is noticed at the first renewal', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const [here, there] = [room.newRegistry('a:1/x'), room.newRegistry('b:1/x')];
    await here.start();
    const opening = Promise.withResolvers<void>();
    room.store.before = (method) => (method === 'load' ? opening.promise : Promise.resolve());
    const joining = room.join(id, here).catch((error: unknown) => error);
    await room.passes(LEASE_TTL_MS + 100);
    room.store.before = async () => {};
    const { session } = await room.join(id, there);
    opening.resolve();
    await room.passes(LEASE_RENEW_MS + 500);
    expect(await joining).toMatchObject({ code: 'lease.lost' });
    expect(session.gone).toBe(false);
    expect(here.size).toBe(0);
    expect(room.store.row(id).writerId).toBe('b:1/x');
  });
});

describe('sessions nobody comes back to', () => {
  test('are ended after half an hour, with what was said written down', async () => {
    const room = openRoom();
    await room.registry.start();
    const id = room.createSession('dictation');
    const { session, peer } = await room.join(id);
    await speak(room, session, 0, voice(1_000));
    peer.close(CLOSE.restarting);
    await room.passes(LINGER_MS + 1_000);
    expect(session.gone).toBe(true);
    expect(room.store.userItems(id)).toEqual([]);
    await room.clock.advance(ABANDONED_AFTER_MS);
    await room.passes(A_WHILE_MS);
    expect(room.store.row(id).stored.session).toMatchObject({ status: 'completed', endReason: 'idle' });
    expect(room.store.userItems(id)).toHaveLength(1);
  });

  test('whose end was asked for end by that request, though their server died', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    await room.join(id, room.newRegistry('dead:1/x'));
    room.store.requestEnd(id);
    await room.registry.start();
    await room.passes(LEASE_TTL_MS + A_WHILE_MS);
    expect(room.store.row(id).stored.session).toMatchObject({ status: 'completed', endReason: 'ended_by_request' });
  });

  test('are left alone when somebody comes back while they are picked up', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const { session } = await room.join(id, room.newRegistry('dead:1/x'));
    await speak(room, session, 0, voice(500));
    await room.clock.advance(ABANDONED_AFTER_MS + LEASE_TTL_MS);
    const loading = Promise.withResolvers<void>();
    room.store.before = (method) => (method === 'load' ? loading.promise : Promise.resolve());
    await room.registry.start();
    await room.passes(5_500);
    const joining = room.join(id);
    await room.passes(100);
    loading.resolve();
    const { peer } = await joining;
    await room.passes(A_WHILE_MS);
    expect(peer.closedWith).toBeNull();
    expect(room.store.row(id).stored.session.endedAt).toBeNull();
  });

  test('are left alone by a server that asked for them before somebody came back on another one', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const [here, there] = [room.newRegistry('a:1/x'), room.newRegistry('b:1/x')];
    const { session } = await room.join(id, room.newRegistry('dead:1/x'));
    await speak(room, session, 0, voice(500));
    await room.clock.advance(ABANDONED_AFTER_MS + LEASE_TTL_MS);
    const slow = Promise.withResolvers<void>();
    const abandoned = room.store.abandoned.bind(room.store);
    room.store.abandoned = async (...asked) => {
      room.store.abandoned = abandoned;
      const answer = await abandoned(...asked);
      await slow.promise;
      return answer;
    };
    await there.start();
    await room.passes(2_500);
    await here.start();
    const { peer } = await room.join(id, here);
    slow.resolve();
    await room.passes(A_WHILE_MS);
    expect(peer.closedWith).toBeNull();
    expect(room.store.row(id).stored.session.endedAt).toBeNull();
  });

  test('are left alone when somebody comes back while what was said is still being heard', async () => {
    const judged = Promise.withResolvers<void>();
    const real = createScriptedVoiceDetector();
    const slow: VoiceDetector = { name: 'slow', open: (sessionId) => ({ ...real.open(sessionId), detect: (samples) => judged.promise.then(() => real.open(sessionId).detect(samples)) }) };
    const room = openRoom({ voiceDetector: slow });
    const id = room.createSession('dictation');
    const { session } = await room.join(id, room.newRegistry('dead:1/x'));
    await speak(room, session, 0, voice(500));
    await room.clock.advance(ABANDONED_AFTER_MS + LEASE_TTL_MS);
    await room.registry.start();
    await room.passes(5_000);
    const { peer } = await room.join(id);
    judged.resolve();
    await room.passes(A_WHILE_MS);
    expect(peer.closedWith).toBeNull();
    expect(room.store.row(id).stored.session.endedAt).toBeNull();
  });
});

describe('stopping', () => {
  test('somebody who waits for their session to be closed is sent on, and no lease is taken any more', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const { session } = await room.join(id);
    const releasing = Promise.withResolvers<void>();
    room.store.before = (method) => (method === 'releaseLease' ? releasing.promise : Promise.resolve());
    await session.drain(CLOSE.restarting, 0);
    const joining = room.join(id).catch((error: unknown) => error);
    await room.passes(100);
    const stopping = room.registry.stop();
    releasing.resolve();
    await stopping;
    expect(await joining).toMatchObject({ code: 'stream.overloaded' });
    expect(room.registry.size).toBe(0);
    expect(room.store.row(id).writerId).toBeNull();
  });

  test('a session that is being opened meanwhile is handed over as well, and its person told to come back', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const loading = Promise.withResolvers<void>();
    room.store.before = (method) => (method === 'load' ? loading.promise : Promise.resolve());
    const joining = room.join(id).catch((error: unknown) => error);
    await room.passes(100);
    const stopping = room.registry.stop();
    await room.passes(100);
    loading.resolve();
    await room.passes(3_000);
    await stopping;
    const joined = await joining;
    expect(joined instanceof SpoolError ? joined.code : (joined as Awaited<ReturnType<typeof room.join>>).peer.closedWith).toBe(joined instanceof SpoolError ? 'stream.overloaded' : CLOSE.restarting);
    expect(room.registry.size).toBe(0);
    expect(room.store.row(id).writerId).toBeNull();
  });

  test('in the middle of hearing what an earlier process stored, everything is heard by the next, once', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const dead = await room.join(id, room.newRegistry('dead:1/x'));
    for (let second = 0; second < 20; second += 1) dead.session.receiveAudio(frame(second * 16_000, second % 4 === 1 ? voice(1_000) : quiet(1_000)));
    await room.store.releaseLeasesOf('dead:1/');
    const reading = Promise.withResolvers<void>();
    const read = room.audio.read.bind(room.audio);
    let reads = 0;
    room.audio.read = async (...range) => {
      reads += 1;
      if (reads > 1) await reading.promise;
      return read(...range);
    };
    const leaving = room.newRegistry('leaving:1/x');
    const { peer } = await room.join(id, leaving);
    await room.passes(500);
    const stopping = leaving.stop();
    await room.passes(4_000);
    reading.resolve();
    await room.passes(1_000);
    await stopping;
    expect(peer.closedWith).toBe(CLOSE.restarting);
    const { session } = await room.join(id);
    session.end('ended_by_person');
    await room.passes(5_000);
    expect(room.store.row(id).stored.session.status).toBe('completed');
    const starts = room.store.userItems(id).map((item) => Math.ceil(item.startSample / 16_000));
    expect(starts).toEqual([1, 5, 9, 13, 17]);
  });

  test('a server that is stopped while it starts begins nothing any more', async () => {
    const room = openRoom();
    const starting = Promise.withResolvers<void>();
    room.store.before = (method) => (method === 'releaseLeasesOf' ? starting.promise : Promise.resolve());
    const started = room.registry.start();
    await room.registry.stop();
    starting.resolve();
    await started;
    expect(room.clock.pending).toBe(0);
  });

  test('leaves no timer behind', async () => {
    const room = openRoom();
    await room.registry.start();
    const { session } = await room.join(room.createSession());
    await speak(room, session, 0, voice(300));
    const stopping = room.registry.stop();
    await room.passes(4_000);
    await stopping;
    expect(room.clock.pending).toBe(0);
  });
});
