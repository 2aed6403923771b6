import { describe, expect, test } from 'vitest';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import { SpoolError } from '#domain/errors.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import { type Room, openRoom, quiet, speak, voice } from '#tests/support/session-room.ts';
import { concatSamples } from '#tests/support/speech.ts';

const never = <T>() => new Promise<T>(() => {});
const sentence = (ms = 1_000) => concatSamples(quiet(500), voice(ms), quiet(500));

/** Ends the session and lets it settle. */
async function end(room: Room, session: { end(reason: 'ended_by_person'): void }, withinMs = 5_000): Promise<void> {
  session.end('ended_by_person');
  await room.passes(withinMs);
}

describe('when the disk fails', () => {
  test('words whose audio is not stored are not stored either, and come once when it is sent again', async () => {
    const room = openRoom({ transcribe: (request) => `${request.samples.length} samples.` });
    const id = room.createSession('dictation');
    const { peer, session } = await room.join(id);
    room.audio.failure = new SpoolError('audio.disk_full');
    await speak(room, session, 0, sentence().subarray(0, 8_000));
    expect(peer.errors).toMatchObject([{ code: 'audio.disk_full' }]);
    expect(peer.closedWith).toBe(CLOSE.overloaded);
    room.audio.failure = null;
    const again = await room.join(id);
    expect(again.peer.of('ready')[0]?.durableThroughSample).toBe(0);
    await speak(room, again.session, 0, concatSamples(sentence(), quiet(2_000)));
    await end(room, again.session);
    expect(room.store.userItems(id)).toHaveLength(1);
  });

  test.each([1, 2])('while it is read after a restart (at read %i), what was said is heard all the same, and where it was said', async (failing) => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const dead = await room.join(id, room.newRegistry('dead:1/x'));
    for (let second = 0; second < 20; second += 1) dead.session.receiveAudio({ seq: 0, firstSample: second * 16_000, samples: second % 8 === 1 ? voice(1_000) : quiet(1_000) });
    await room.store.releaseLeasesOf('dead:1/');
    const read = room.audio.read.bind(room.audio);
    let reads = 0;
    room.audio.read = async (...range) => {
      reads += 1;
      if (reads === failing) throw new SpoolError('unavailable');
      return read(...range);
    };
    let { session } = await room.join(id);
    await room.passes(1_000);
    if (session.gone) session = (await room.join(id)).session;
    await speak(room, session, 20 * 16_000, sentence());
    await end(room, session);
    expect(room.store.row(id).stored.session.status).toBe('completed');
    expect(room.store.userItems(id).map((item) => Math.ceil(item.startSample / 16_000))).toEqual([1, 9, 17, 20]);
  });

  test('for good while it is read after a restart, what is missing is marked, and the rest is heard where it was said', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const dead = await room.join(id, room.newRegistry('dead:1/x'));
    dead.session.receiveAudio({ seq: 0, firstSample: 0, samples: voice(1_000) });
    await room.store.releaseLeasesOf('dead:1/');
    room.audio.read = async () => Promise.reject(new SpoolError('unavailable'));
    const { session, peer } = await room.join(id);
    await speak(room, session, 16_000, sentence());
    await end(room, session, 20_000);
    expect(peer.errors.map(({ code }) => code)).toEqual(['unavailable']);
    expect(room.store.row(id).stored.session.status).toBe('partial');
    expect(room.store.userItems(id).map((item) => Math.ceil(item.startSample / 16_000))).toEqual([1]);
  });

  test('in the moment of the end, the session does not end without its last words', async () => {
    const appending = Promise.withResolvers<void>();
    const room = openRoom();
    const openWriter = room.audio.openWriter.bind(room.audio);
    room.audio.openWriter = async (sessionId, epoch) => {
      const writer = await openWriter(sessionId, epoch);
      if (epoch > 1) return writer;
      return { append: () => appending.promise.then(() => 0), close: () => writer.close(), durableThroughSample: 0 };
    };
    const id = room.createSession('dictation');
    const { peer, session } = await room.join(id);
    await speak(room, session, 0, sentence());
    session.end('ended_by_person');
    await room.passes(1_000);
    appending.reject(new SpoolError('audio.write_failed'));
    await room.passes(1_000);
    expect(peer.closedWith).toBe(CLOSE.overloaded);
    expect(room.store.row(id).stored.session.endedAt).toBeNull();
    expect(room.store.userItems(id)).toEqual([]);
    const again = await room.join(id);
    await speak(room, again.session, 0, sentence());
    await end(room, again.session);
    expect(room.store.userItems(id)).toHaveLength(1);
    expect(room.store.row(id).stored.session.status).toBe('completed');
  });
});

describe('when somebody types faster than people do', () => {
  test('a burst is taken, the rest is refused and told, over all connections of the session, until time has passed', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const first = await room.join(id);
    for (let number = 1; number <= 25; number++) first.session.receive({ type: 'text', text: `Answer ${number}` });
    const { peer, session } = await room.join(id);
    for (let number = 26; number <= 40; number++) session.receive({ type: 'text', text: `Answer ${number}` });
    await room.passes(10);
    expect(room.store.userItems(id)).toHaveLength(30);
    expect(peer.errors).toHaveLength(10);
    expect(new Set(peer.errors.map(({ code }) => code))).toEqual(new Set(['rate.limited']));
    await room.passes(1_000);
    session.receive({ type: 'text', text: 'Slower now' });
    await room.passes(10);
    expect(room.store.userItems(id)).toHaveLength(31);
    await end(room, session);
  });
});

test('a server that stops stores the sound of what the interviewer was saying before it is done', async () => {
  const room = openRoom();
  const id = room.createSession();
  const written = Promise.withResolvers<void>();
  const write = room.audio.writeUtterance.bind(room.audio);
  room.audio.writeUtterance = (...args) => written.promise.then(() => write(...args));
  await room.join(id);
  await room.passes(200);
  let stopped = false;
  const stopping = room.registry.stop().then(() => (stopped = true));
  await room.passes(4_000);
  expect(stopped).toBe(false);
  written.resolve();
  await stopping;
  expect((await room.audio.readUtterance(id, 1))?.length).toBeGreaterThan(0);
});

describe('when an engine fails', () => {
  test('a voice detector that is gone for a while costs no words, and the end waits for them', async () => {
    let broken = true;
    const real = createScriptedVoiceDetector();
    const room = openRoom({ voiceDetector: { name: 'shaky', open: (sessionId) => ({ ...real.open(sessionId), detect: (samples) => (broken ? Promise.reject(new SpoolError('engine.failed')) : real.open(sessionId).detect(samples)) }) } });
    const id = room.createSession('dictation');
    const { peer, session } = await room.join(id);
    await speak(room, session, 0, sentence());
    session.end('ended_by_person');
    await room.passes(500);
    expect(peer.of('session.ended')).toEqual([]);
    broken = false;
    await room.passes(5_000);
    expect(peer.of('session.ended')).toHaveLength(1);
    expect(room.store.userItems(id)).toHaveLength(1);
    expect(peer.errors.map((error) => error.code)).toEqual(['engine.failed']);
  });

  test('a text that never comes is asked for again; the turn is answered in the end', async () => {
    let asked = 0;
    const room = openRoom({ transcribe: (request) => (request.purpose === 'speculative' && (asked += 1) === 1 ? never() : 'I like ships.') });
    const id = room.createSession();
    const { peer, session } = await room.join(id);
    await room.passes(5_000);
    await speak(room, session, 0, concatSamples(sentence(), quiet(12_000)));
    expect(room.store.userItems(id).map((item) => item.text)).toEqual(['I like ships.']);
    expect(room.interviewer.asked).toHaveLength(2);
    expect(peer.of('agent.state').at(-1)?.state).not.toBe('thinking');
  });

  test('words that are missing are still missing after a restart: the session ends as partial', async () => {
    let silent = true;
    const room = openRoom({ transcribe: () => (silent ? never() : 'I like ships.') });
    const id = room.createSession('dictation');
    const first = await room.join(id, room.newRegistry('dead:1/x'));
    await speak(room, first.session, 0, sentence());
    first.session.receive({ type: 'flush', id: 1 });
    await room.passes(600_000);
    expect(room.store.eventTypes(id)).toContain('transcription.failed');
    silent = false;
    await room.store.releaseLeasesOf('dead:1/');
    const { session } = await room.join(id);
    await speak(room, session, 32_000, sentence());
    await end(room, session);
    expect(room.store.row(id).stored.session.status).toBe('partial');
  });

  test('a transcriber that never answers at all does not keep the session from ending: what is missing is marked', async () => {
    const room = openRoom({ transcribe: () => never() });
    const id = room.createSession('dictation');
    const { peer, session } = await room.join(id);
    await speak(room, session, 0, sentence());
    await end(room, session, 600_000);
    expect(peer.of('session.ended')).toHaveLength(1);
    expect(room.store.row(id).stored.session.status).toBe('partial');
    expect(room.store.eventTypes(id)).toContain('transcription.failed');
    expect(room.clock.pending).toBe(0);
  });

  test('[REPLY-6] an interviewer that refuses at once is an error for the person, and the session listens on', async () => {
    const room = openRoom({ engines: { interviewer: { name: 'rude', reply: () => { throw new SpoolError('engine.rejected'); } } } });
    const { peer, session } = await room.join(room.createSession());
    await room.passes(1_000);
    expect(peer.errors).toMatchObject([{ code: 'engine.rejected' }]);
    expect(peer.of('agent.state').at(-1)?.state).toBe('listening');
    session.receive({ type: 'text', text: 'Hello?' });
    await room.passes(1_000);
    expect(peer.of('transcript.final')).toMatchObject([{ text: 'Hello?' }]);
  });

  test('[REPLY-6] an interviewer with nothing to say leaves no empty words behind', async () => {
    const room = openRoom({ replies: [{ steps: [] }] });
    const id = room.createSession();
    const { peer } = await room.join(id);
    await room.passes(1_000);
    expect(peer.of('agent.state').at(-1)?.state).toBe('listening');
    expect(room.store.row(id).stored.items).toEqual([]);
  });
});

describe('the end', () => {
  test('[END-3] nothing that comes after it is written down', async () => {
    const finals = Promise.withResolvers<void>();
    const room = openRoom({ transcribe: (request) => (request.purpose === 'final' ? finals.promise.then(() => ({ text: 'The last words.', decodeMs: 0 })) : 'The last words') });
    const id = room.createSession('code');
    const { peer, session } = await room.join(id);
    await room.passes(10_000);
    await speak(room, session, 0, concatSamples(quiet(500), voice(1_000)));
    session.receive({ type: 'control', action: 'end' });
    await room.passes(100);
    session.receive({ type: 'text', text: 'One more thing' });
    session.receive({ type: 'editor', path: 'a.py', version: 1, changes: [] });
    session.receive({ type: 'control', action: 'pause' });
    finals.resolve();
    await room.passes(1_000);
    expect(peer.closedWith).toBe(CLOSE.ended);
    expect(room.store.userItems(id).map((item) => item.text)).toEqual(['The last words.']);
    expect(room.store.eventTypes(id)).not.toContain('editor');
    expect(room.store.eventTypes(id).at(-1)).toBe('session.ended');
  });

  test('waits for a database that is away, then comes whole', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const { peer, session } = await room.join(id);
    await speak(room, session, 0, sentence());
    room.store.failure = new SpoolError('unavailable');
    await end(room, session, 30_000);
    expect(peer.closedWith).toBeNull();
    room.store.failure = null;
    await room.passes(1_000);
    expect(peer.closedWith).toBe(CLOSE.ended);
    expect(room.store.userItems(id)).toHaveLength(1);
    expect(room.clock.pending).toBe(0);
  });

  test('a change the database refuses for good costs the connection, not the session', async () => {
    const room = openRoom();
    const id = room.createSession('dictation');
    const { peer, session } = await room.join(id);
    await room.passes(100);
    room.store.failure = new SpoolError('internal');
    session.receive({ type: 'text', text: 'Hello' });
    await room.passes(100);
    room.store.failure = null;
    expect([peer.errors[0]?.code, peer.closedWith]).toEqual(['internal', CLOSE.overloaded]);
    const again = await room.join(id);
    await end(room, again.session);
    expect(again.peer.closedWith).toBe(CLOSE.ended);
  });
});

describe('saying goodbye', () => {
  const goodbye = [{ steps: ['Thank you, and goodbye. '], closes: true }];

  test('[REPLY-5] a goodbye cut off by a lost connection is said again, and then the session ends', async () => {
    const room = openRoom({ replies: goodbye });
    const id = room.createSession();
    const first = await room.join(id);
    await room.passes(300);
    first.peer.close(CLOSE.restarting);
    await room.passes(1_000);
    const { peer } = await room.join(id);
    await room.passes(10_000);
    expect(peer.of('session.ended')).toMatchObject([{ reason: 'ended_by_interviewer' }]);
  });

  test('[REPLY-5] a goodbye cut off by a process that died is said again by the next, and then the session ends', async () => {
    const room = openRoom({ replies: goodbye });
    const id = room.createSession();
    await room.join(id, room.newRegistry('host:1/dead'));
    await room.passes(300);
    await room.store.releaseLeasesOf('host:1/');
    const { peer } = await room.join(id, room.newRegistry('host:1/next'));
    await room.passes(10_000);
    expect(peer.of('session.ended')).toMatchObject([{ reason: 'ended_by_interviewer' }]);
    expect(room.interviewer.asked).toHaveLength(1);
  });
});
