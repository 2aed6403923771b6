/** Nobody's words are lost: servers and the database are killed and frozen in the middle of a conversation. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openRealtimeWorld, type RealtimeServer, type RealtimeWorld } from '#tests/support/realtime.ts';
import { concatSamples, fixtureSamples, noise, silence, speechFixture, wordErrorRate } from '#tests/support/speech.ts';
import type { Participant } from '#tests/support/stream-client.ts';
import { seededRandom } from '#tests/support/random.ts';
import { count } from '#tests/support/counts.ts';
import { migrateEverything } from '#scripts/migrate-everything.ts';
import { freePort } from '#scripts/supervisor/ports.ts';

const SENTENCES = (['computers', 'guitar', 'mountains', 'biology', 'cooking', 'robots'] as const).slice(0, count(4, 6));
const TEXT = SENTENCES.map((id) => speechFixture(id).text).join(' ');
/** About 17 s of speech over a quiet room (25 with `--all`), with the pauses of a person who thinks. */
const monologue = () => concatSamples(...SENTENCES.flatMap((id) => [fixtureSamples(id), silence(900)]), silence(600));

const worlds: RealtimeWorld[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  for (const world of worlds.splice(0)) await world.close();
});
async function newWorld(databaseUrl?: string): Promise<RealtimeWorld> {
  const world = await openRealtimeWorld(databaseUrl);
  worlds.push(world);
  return world;
}

async function expectEverythingKept(world: RealtimeWorld, sessionId: string, sent: Int16Array): Promise<void> {
  const stored = await world.audio.read(sessionId, 0, sent.length + 16_000);
  expect(stored.length).toBe(sent.length);
  expect(Buffer.compare(Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength), Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength))).toBe(0);
}
async function expectEverythingUnderstood(world: RealtimeWorld, sessionId: string): Promise<void> {
  const heard = (await world.transcript(sessionId)).filter((item) => item.speaker === 'user').map((item) => item.text);
  // The engine mishears a word here and there; a lost or doubled sentence would cost a fifth of the words.
  expect(wordErrorRate(TEXT, heard.join(' ')), heard.join(' | ')).toBeLessThan(0.15);
}
async function finished(participant: Participant, server?: RealtimeServer): Promise<void> {
  await participant.delivered(30_000).catch((error: unknown) => {
    throw new Error(`Not everything was acknowledged; the server says:\n${server?.log() ?? ''}`, { cause: error });
  });
  const end = await participant.end(60_000);
  expect(end.reason).toBe('ended_by_person');
}

describe('the realtime server is killed', () => {
  test.each(Array.from({ length: count(1, 20) }, (_, round) => round + 1))('round %i: a dictation survives kill -9 sample for sample, word for word', async (seed) => {
    const random = seededRandom(seed);
    const world = await newWorld();
    const port = await freePort();
    let server: RealtimeServer = await world.startServer(port);
    const session = await world.createSession('dictation');
    const participant = await world.join(() => server, session.id);
    await participant.live();
    const audio = monologue();
    const speaking = participant.speak(audio, { speed: 3 });
    let kills = 0;
    while (kills < 2) {
      // A moment somewhere in the stream, told by the sample clock.
      const at = Math.floor(((kills + random()) * audio.length) / 2.2);
      await participant.until('that moment of the stream', () => participant.outbox.endSample >= at, 60_000);
      await server.kill();
      server = await world.startServer(port);
      kills += 1;
    }
    await speaking;
    await participant.live(20_000);
    await finished(participant);
    await expectEverythingKept(world, session.id, audio);
    await expectEverythingUnderstood(world, session.id);
  });

  test('[RES-1] [RES-2] in a conversation, the interviewer does not greet again and repeats what was not heard to the end', async () => {
    const world = await newWorld();
    const port = await freePort();
    let server = await world.startServer(port);
    const session = await world.createSession('onboarding');
    const participant = await world.join(() => server, session.id);
    await participant.live();
    const opening = await participant.until('the whole opening', () => {
      const said = participant.messages.filter((message) => message.type === 'agent.text');
      return said.length >= 3 && participant.player.playedSamples > 16_000 ? said : null;
    }, 20_000);
    await expect.poll(async () => (await world.events(session.id)).some((event) => event.type === 'agent.said'), { timeout: 60_000 }).toBe(true);
    await server.kill();
    const from = participant.messages.length;
    server = await world.startServer(port);
    const again = await participant.message('agent.text', undefined, { from, timeoutMs: 60_000 });
    expect(opening[0]).toMatchObject({ text: again.text });
    await participant.message('agent.done', undefined, { from, timeoutMs: 60_000 });
    await participant.speak(concatSamples(fixtureSamples('stars'), silence(1_500)));
    const answer = await participant.message('agent.text', undefined, { from: participant.messages.findIndex((message, index) => index > from && message.type === 'agent.done'), timeoutMs: 60_000 });
    expect(answer.text).not.toContain('Hello');
    participant.leave();
  });
});

describe('two servers', () => {
  test('[AUD-4] a server frozen with SIGSTOP loses its session to another and acknowledges nothing when it wakes', async () => {
    const world = await newWorld();
    const first = await world.startServer();
    const second = await world.startServer();
    const session = await world.createSession('dictation');
    let current = first;
    const participant = await world.join(() => current, session.id);
    await participant.live();
    const audio = monologue();
    const half = audio.length >> 1;
    await participant.speak(audio.subarray(0, half), { speed: 4 });
    await participant.delivered();
    first.process.kill('SIGSTOP');
    try {
      current = second;
      await participant.speak(audio.subarray(half), { speed: 4 });
      await participant.until('the second server to take over', () => participant.readies.length >= 2, 60_000);
      const takenOver = participant.readies.at(-1)!;
      expect(takenOver.durableThroughSample).toBeGreaterThanOrEqual(half);
    } finally {
      first.process.kill('SIGCONT');
    }
    await finished(participant);
    await expectEverythingKept(world, session.id, audio);
    await expectEverythingUnderstood(world, session.id);
  });

  test.skipIf(count(0, 1) === 0)('a person who reconnects elsewhere is handed over at once by a server that is well', async () => {
    const world = await newWorld();
    const first = await world.startServer();
    const second = await world.startServer();
    const session = await world.createSession('dictation');
    const there = await world.join(first, session.id);
    await there.live();
    await there.speak(fixtureSamples('stars'), { speed: 4 });
    await there.delivered();
    const here = await world.join(second, session.id);
    await here.live(15_000);
    expect(await there.until('the older connection to end', () => there.ended)).toMatchObject({ reason: 'replaced' });
    expect(here.readies[0]!.durableThroughSample).toBe(fixtureSamples('stars').length);
    here.leave();
  });
});

describe('the database is killed', () => {
  test('a dictation survives kill -9 of the database process', async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'spool-killed-db-'));
    const port = await freePort();
    const start = () =>
      new Promise<{ child: ChildProcess; url: string }>((resolve, reject) => {
        const child = spawn(process.execPath, ['scripts/database.ts', '--port', String(port), '--dir', dir], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
        children.push(child);
        child.once('message', (message) => resolve({ child, url: (message as { url: string }).url }));
        child.once('exit', (code) => reject(new Error(`The database ended with ${code}.`)));
      });
    const { child, url } = await start();
    let database = child;
    await migrateEverything(url);
    const world = await newWorld(url);
    const server = await world.startServer();
    const session = await world.createSession('dictation');
    const participant = await world.join(server, session.id);
    await participant.live();
    const audio = monologue();
    const speaking = participant.speak(audio, { speed: 3 });
    for (const share of [0.3, 0.6]) {
      await participant.until('that moment of the stream', () => participant.outbox.endSample >= audio.length * share, 60_000);
      const gone = new Promise((resolve) => database.once('exit', resolve));
      database.kill('SIGKILL');
      await gone;
      database = (await start()).child;
    }
    await speaking;
    await finished(participant, server);
    await expectEverythingKept(world, session.id, audio);
    await expectEverythingUnderstood(world, session.id);
    await world.close();
    worlds.splice(worlds.indexOf(world), 1);
    const stopped = new Promise((resolve) => database.once('exit', resolve));
    database.kill('SIGTERM');
    await stopped;
    await rm(dir, { recursive: true, force: true });
  });
});

// In the gate the browser tests of trouble and the unit tests of the stream client cut connections.
test.skipIf(count(0, 1) === 0)('a network cut in the middle of a word costs nothing', async () => {
  const world = await newWorld();
  const server = await world.startServer();
  const session = await world.createSession('dictation');
  const sockets: { terminate(): void }[] = [];
  const { WebSocket } = await import('ws');
  const participant = await world.join(server, session.id, {
    openSocket: (url) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      sockets.push(socket);
      return socket as never;
    },
  });
  await participant.live();
  const audio = concatSamples(monologue(), noise(500, -60));
  const speaking = participant.speak(audio, { speed: 3 });
  for (const share of [0.2, 0.5, 0.7]) {
    await participant.until('that moment of the stream', () => participant.outbox.endSample >= audio.length * share, 60_000);
    sockets.at(-1)!.terminate();
  }
  await speaking;
  await participant.live(20_000);
  await finished(participant);
  await expectEverythingKept(world, session.id, audio);
  await expectEverythingUnderstood(world, session.id);
});
