/** A sample as it is made: the worker's handler, the real server, engines and database; the script is a short one. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { PgBossWorkQueue } from '#adapters/pg-boss/work-queue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresInterestRepository } from '#adapters/postgres/interest-repository.ts';
import { PostgresRecordingStates } from '#adapters/postgres/recording-states.ts';
import { PostgresSampleSessions } from '#adapters/postgres/sample-sessions.ts';
import { createFliteSynthesizer } from '#adapters/speech-local/flite-synthesizer.ts';
import { findFlite } from '#adapters/speech-local/model-files.ts';
import { systemClock } from '#domain/clock.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import type { SampleScript } from '#domain/sample/learner.ts';
import { ROBIN } from '#domain/sample/robin.ts';
import { openRealtimeWorld, type RealtimeServer, type RealtimeWorld } from '#tests/support/realtime.ts';
import { count } from '#tests/support/counts.ts';
import { levelDbfs } from '#domain/speech/energy-gate.ts';
import { makeSampleHandler } from '#workers/handlers/make-sample.ts';
import { sealRecordingHandler } from '#workers/handlers/seal-recording.ts';
import { JobRunner } from '#workers/job-runner.ts';

/** Robin in a hurry: one answer, one interruption, one command, and no correction. */
const SCRIPT: SampleScript = { ...ROBIN, command: { ...ROBIN.command, atTurn: 3 }, answersBeforeEnd: 1, correction: ROBIN.agreement };
const MADE_WITHIN_MS = 110_000;

let world: RealtimeWorld;
let server: RealtimeServer;
let database: Database;
const runners = new Set<JobRunner>();
beforeAll(async () => {
  world = await openRealtimeWorld();
  server = await world.startServer();
  database = new Database({ url: world.databaseUrl });
});
afterAll(async () => {
  await Promise.all([...runners].map((runner) => runner.stop()));
  await database?.close();
  await world?.close();
});

async function startWorker(): Promise<JobRunner> {
  const log = { ...silentLog } as Parameters<typeof createFliteSynthesizer>[0]['log'];
  const runner = new JobRunner({
    queue: new PgBossWorkQueue(database, () => {}),
    log: silentLog,
    handlers: [
      sealRecordingHandler(world.audio, new PostgresRecordingStates(database)),
      makeSampleHandler({
        samples: new PostgresSampleSessions(database, enqueueJob),
        script: SCRIPT,
        openVoice: () => createFliteSynthesizer({ wasmFile: findFlite()!, threads: 1, clock: systemClock, log }),
        voiceName: 'rms',
        url: server.url,
        clock: systemClock,
      }),
    ],
  });
  runners.add(runner);
  await runner.start();
  return runner;
}
async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>, timeoutMs = MADE_WITHIN_MS): Promise<T> {
  return vi.waitFor(
    async () => {
      const answer = await ask();
      if (!answer) throw new Error(`Waited in vain for ${what}.`);
      return answer;
    },
    { timeout: timeoutMs, interval: 200 },
  );
}

// More than a minute at the speed of speech; in the gate the browser's test of samples makes one.
test.skipIf(count(0, 1) === 0)('a sample is made by two voices, over a worker that stops in the middle, and counts for nobody', async () => {
  const first = await startWorker();
  const { session } = await world.sessions.createSample(world.person, { id: newId(), title: 'Sample' });
  const items = () => world.transcript(session.id);

  // The worker stops once Robin has answered; its successor finds the job and the conversation.
  await until('the first answer', async () => (await items()).some(({ speaker }) => speaker === 'user'));
  await first.stop();
  runners.delete(first);
  await startWorker();
  const over = await until('the end', async () => {
    const now = await world.sessions.get(world.person, session.id);
    return now?.endedAt ? now : null;
  });
  expect(over).toMatchObject({ status: 'completed', endReason: 'ended_by_interviewer', sample: true });

  const said = await items();
  const transcript = said.map(({ speaker, text, unheardText }) => `${speaker}: ${text}${unheardText ? ` [${unheardText}]` : ''}`).join('\n');
  expect(said[0]!.text, transcript).toContain('Robin');
  expect(said.filter(({ speaker, text }) => speaker === 'user' && /looking at the stars/i.test(text)), transcript).toHaveLength(1);
  expect(transcript).toMatch(/goodbye/i);
  const events = await world.events(session.id);
  expect(events.some(({ type }) => type === 'agent.interrupted'), transcript).toBe(true);
  expect(events.filter(({ type }) => type === 'command.recognized').map(({ data }) => (data as { command: string }).command), transcript).toContain('repeat');
  const found = await world.interests(session.id);
  expect(found.map(({ topic, sentiment }) => `${topic} ${sentiment}`), transcript).toEqual(expect.arrayContaining(['astronomy positive', 'violin negative']));

  // The quote is where it was said, in a recording that is sealed; between the words there is a room.
  const quote = found.find(({ topic }) => topic === 'astronomy')!;
  const at = (ms: number) => Math.round(ms * 16);
  await until('the sealed recording', async () => (await database.asOwner("select 1 from pgboss.job where name = 'seal-recording' and state = 'completed'")).rowCount > 0, 60_000);
  expect(levelDbfs(await world.audio.read(session.id, at(quote.startMs), at(quote.endMs)))).toBeGreaterThan(-40);
  expect(await world.audio.durableThrough(session.id)).toBeGreaterThan(at(over.durationMs) / 2);

  const interests = new PostgresInterestRepository(database, enqueueJob);
  expect((await interests.profile(world.person)).interests).toEqual([]);
  expect((await world.sessions.createSample(world.person, { id: session.id, title: 'Sample' })).created).toBe(false);
  expect(await world.sessions.erase(world.person, session.id)).toBe(true);
  expect(await items()).toEqual([]);
}, 180_000);
