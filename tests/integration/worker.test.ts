/** Background jobs, from the transaction that makes them necessary to the audio that is gone. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { listDeadLetters, retryDeadLetter } from '#adapters/pg-boss/dead-letters.ts';
import { QUEUE_SCHEMA, enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { queueDatabase } from '#adapters/pg-boss/install-queues.ts';
import { PostgresJobRows } from '#adapters/pg-boss/job-rows.ts';
import { PgBossWorkQueue } from '#adapters/pg-boss/work-queue.ts';
import { openEmbeddedDatabase } from '#adapters/pglite/embedded-database.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresDeletedRows } from '#adapters/postgres/deleted-rows.ts';
import { PostgresFileRepository } from '#adapters/postgres/file-repository.ts';
import { PostgresInterestRepository } from '#adapters/postgres/interest-repository.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor } from '#domain/actor.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { keepOrForget } from '#domain/jobs/session-jobs.ts';
import { silentLog } from '#domain/log.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import { prepareDatabaseFolder, startTestDatabase } from '#tests/support/database.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { jobId } from '#tests/support/job-id.ts';
import { eraseSessionHandler } from '#workers/handlers/erase-session.ts';
import { forgetRecordingHandler } from '#workers/handlers/forget-recording.ts';
import { sealRecordingHandler } from '#workers/handlers/seal-recording.ts';
import { JobRunner } from '#workers/job-runner.ts';

const root = path.resolve(import.meta.dirname, '../..');
const ada: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };

describeOnEveryEngine('Jobs', (start) => {
  let server: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await start();
    database = new Database({ url: server.url });
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });

  const seal = (sessionId: string) => database.asService((tx) => enqueueJob(tx, keepOrForget(sessionId, true)));
  const stateOf = async (sessionId: string) => (await database.asOwner<{ state: string }>('select state::text from pgboss.job where id = $1', [jobId('seal-recording', sessionId)])).rows.map((row) => row.state);

  it('enqueued twice are one, and run again when asked for after they were done', async () => {
    const sessionId = newId();
    await seal(sessionId);
    await seal(sessionId);
    expect(await stateOf(sessionId)).toEqual(['created']);
    await database.asOwner("update pgboss.job set state = 'completed', completed_on = now() where id = $1", [jobId('seal-recording', sessionId)]);
    await seal(sessionId);
    expect(await stateOf(sessionId)).toEqual(['created']);
  });

  it('exist only if the transaction that wanted them does', async () => {
    const sessionId = newId();
    const failing = database.asService(async (tx) => {
      await enqueueJob(tx, keepOrForget(sessionId, true));
      throw new SpoolError('internal');
    });
    await expect(failing).rejects.toMatchObject({ code: 'internal' });
    expect(await stateOf(sessionId)).toEqual([]);
  });

  it('of a worker that died go to another', async () => {
    const sessionId = newId();
    await seal(sessionId);
    const boss = new PgBoss({ db: queueDatabase(database), schema: QUEUE_SCHEMA, migrate: false, schedule: false, supervise: false });
    boss.on('error', () => {});
    await boss.start();
    try {
      while ((await stateOf(sessionId))[0] === 'created') await boss.fetch('seal-recording');
      expect(await stateOf(sessionId)).toEqual(['active']);
      // Its worker has not been heard of for a minute.
      await database.asOwner("update pgboss.job set heartbeat_on = now() - interval '1 minute' where id = $1", [jobId('seal-recording', sessionId)]);
      await boss.supervise();
      expect(await stateOf(sessionId)).toEqual(['retry']);
    } finally {
      await boss.stop({ graceful: false });
    }
    await database.asOwner('delete from pgboss.job');
  });

  it('are handed over by one of several relays, and begun by one of several workers', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, async () => {
      const sessionId = newId();
      await seal(sessionId);
      return jobId('seal-recording', sessionId);
    }));
    const rows = new PostgresJobRows(database);
    const handed = (await Promise.all(Array.from({ length: 8 }, () => rows.handOver(['seal-recording'], 5)))).flat().map(({ id }) => id);
    for (let left = await rows.handOver(['seal-recording'], 50); left.length > 0; left = await rows.handOver(['seal-recording'], 50)) handed.push(...left.map(({ id }) => id));
    expect(handed.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted());
    const place = { name: 'seal-recording', id: ids[0]! };
    const taken = await Promise.all(Array.from({ length: 6 }, () => rows.take(place)));
    const [job, ...others] = taken.filter((one) => typeof one === 'object');
    expect(others).toEqual([]);
    expect(taken.filter((one) => one === 'busy')).toHaveLength(5);
    await rows.complete(job!);
    expect(await Promise.all([rows.take(place), rows.touch(job!), rows.writeOff(place)])).toEqual(['over', false, 'over']);
    await database.asOwner("delete from pgboss.job where id = any($1::uuid[])", [ids]);
  });

  it('cannot be written or read by a person', async () => {
    await expect(database.asPerson(ada, (tx) => enqueueJob(tx, keepOrForget(newId(), true)))).rejects.toMatchObject({ code: '42501' });
  });

  it('that fail are tried again, then shown to a person, who can send them back to work', async () => {
    const sessionId = newId();
    let healthy = false;
    let outcome = Promise.withResolvers<string>();
    const queue = new PgBossWorkQueue(database, () => {});
    const runner = new JobRunner({
      queue,
      handlers: [
        {
          definition: keepOrForget(sessionId, true).definition,
          async handle(payload) {
            if ((payload as { sessionId: string }).sessionId !== sessionId) return;
            outcome.resolve(healthy ? 'done' : 'failed');
            if (!healthy) throw new SpoolError('audio.disk_full', 'Secret words in a message.');
          },
        },
      ],
      log: silentLog,
    });
    await seal(sessionId);
    // Its last try, so that the test need not wait for the pauses between them.
    await database.asOwner('update pgboss.job set retry_limit = 0 where id = $1', [jobId('seal-recording', sessionId)]);
    await runner.start();
    try {
      expect(await outcome.promise).toBe('failed');
      const letters = await until(() => listDeadLetters(database), (found) => found.length > 0);
      expect(letters).toMatchObject([{ job: 'seal-recording', payload: { sessionId }, failure: 'audio.disk_full' }]);

      healthy = true;
      outcome = Promise.withResolvers<string>();
      expect(await retryDeadLetter(database, letters[0]!.id)).toBe(true);
      expect(await retryDeadLetter(database, letters[0]!.id)).toBe(false);
      expect(await outcome.promise).toBe('done');
      expect(await listDeadLetters(database)).toEqual([]);
    } finally {
      await runner.stop();
    }
  });
});

describe('What becomes of the audio', () => {
  const calls: string[] = [];
  const audio = { erase: async (id: string) => void calls.push(`erase ${id}`), seal: async (id: string) => void calls.push(`seal ${id}`) } as unknown as AudioLog;
  const rows = { removeFromDisk: async () => void calls.push('rows') };
  const signal = new AbortController().signal;
  const states = (ended: boolean, consent: boolean) => ({ recordingState: async () => ({ ended, consent }) });
  const gone = { recordingState: async () => null };
  const sessionId = newId();

  beforeEach(() => {
    calls.length = 0;
  });

  it('is sealed after the end with consent, however often it is asked for', async () => {
    await sealRecordingHandler(audio, states(true, true)).handle({ sessionId }, signal);
    await sealRecordingHandler(audio, states(true, true)).handle({ sessionId }, signal);
    expect(calls).toEqual([`seal ${sessionId}`, `seal ${sessionId}`]);
  });

  it('is forgotten after the end without consent', async () => {
    await forgetRecordingHandler(audio, states(true, false)).handle({ sessionId }, signal);
    expect(calls).toEqual([`erase ${sessionId}`]);
  });

  it('waits for the end', async () => {
    await expect(sealRecordingHandler(audio, states(false, true)).handle({ sessionId }, signal)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(forgetRecordingHandler(audio, states(false, false)).handle({ sessionId }, signal)).rejects.toMatchObject({ code: 'unavailable' });
    expect(calls).toEqual([]);
  });

  it('follows the consent as it is now, not as it was when the job was written', async () => {
    await sealRecordingHandler(audio, states(true, false)).handle({ sessionId }, signal);
    await forgetRecordingHandler(audio, states(true, true)).handle({ sessionId }, signal);
    expect(calls).toEqual([]);
  });

  it('of an erased session is never sealed, and erased whoever asks', async () => {
    const uploads = { removeOfSession: async (id: string) => void calls.push(`files ${id}`) };
    await sealRecordingHandler(audio, gone).handle({ sessionId }, signal);
    await forgetRecordingHandler(audio, gone).handle({ sessionId }, signal);
    await eraseSessionHandler(audio, uploads, rows).handle({ sessionId, pass: 1 }, signal);
    expect(calls).toEqual([`erase ${sessionId}`, `files ${sessionId}`, `erase ${sessionId}`, 'rows']);
  });

  it('is touched for no payload but the one defined', async () => {
    const uploads = { removeOfSession: async (id: string) => void calls.push(`files ${id}`) };
    await expect(eraseSessionHandler(audio, uploads, rows).handle({ sessionId: '../../etc', pass: 1 }, signal)).rejects.toThrow();
    expect(calls).toEqual([]);
  });
});

describe('The worker process', () => {
  let server: TestDatabase;
  let database: Database;
  let dataDir: string;
  let worker: ReturnType<typeof fork> | undefined;

  beforeAll(async () => {
    server = await startTestDatabase();
    database = new Database({ url: server.url });
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-worker-'));
  });
  afterEach(async () => {
    if (worker && worker.exitCode === null && worker.signalCode === null) {
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
    worker = undefined;
  });
  afterAll(async () => {
    await database.close();
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const startWorker = async (url = server.url) => {
    worker = fork(path.join(root, 'workers/main.ts'), { env: { ...process.env, DATABASE_URL: url, SPOOL_DATA_DIR: dataDir, SPOOL_UPLOAD_PORT: '0', SPOOL_LOG_LEVEL: 'silent' }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    await once(worker, 'message');
    return worker;
  };

  it('erases the audio of an erased session from the disk', async () => {
    const audio = createFilesystemAudioLog({ directory: dataDir, clock: systemClock, log: silentLog });
    await audio.start();
    const sessions = new PostgresSessionRepository(database, enqueueJob);
    const store = new PostgresLiveSessionStore(database, enqueueJob);
    await new PostgresPeopleRepository(database).ensurePerson(ada);
    const sessionId = newId();
    await sessions.create(ada, { id: sessionId, kind: 'dictation', title: 't', templateId: null, recordingConsent: true });
    await store.acquireLease(sessionId, 'test:1/a', 60_000);
    const writer = await audio.openWriter(sessionId, 1);
    await writer.append(new Int16Array(16_000).fill(7));
    await writer.close();
    await audio.stop();
    await store.commit(sessionId, 1, { status: 'completed', ended: { reason: 'ended_by_person', durationMs: 1_000 } });
    expect(await audio.durableThrough(sessionId)).toBe(16_000);

    await startWorker();
    expect(await sessions.erase(ada, sessionId)).toBe(true);
    expect(await until(() => audio.durableThrough(sessionId), (samples) => samples === 0)).toBe(0);
  });

  it('sums up what a person likes, with the model that comes with Spool', async () => {
    const bea: PersonActor = { kind: 'person', id: newId(), name: 'Bea', role: 'learner' };
    await new PostgresPeopleRepository(database).ensurePerson(bea);
    const store = new PostgresLiveSessionStore(database, enqueueJob);
    const interests = new PostgresInterestRepository(database, enqueueJob);
    const sessionId = newId();
    await new PostgresSessionRepository(database, enqueueJob).create(bea, { id: sessionId, kind: 'onboarding', title: 't', templateId: null, recordingConsent: true });
    await store.acquireLease(sessionId, 'test:1/b', 60_000);
    const mentions = [{ itemId: 'one', quote: 'stars', startSample: 0, endSample: 9, confidence: 0.5 }];
    const interest = { id: newId(), topic: 'astronomy', category: 'science', sentiment: 'positive' as const, confidence: 0.5, status: 'detected' as const, extractor: 'words/1', mentions };
    await store.commit(sessionId, 1, { items: [{ itemId: 'one', revision: 1, speaker: 'user', text: 'stars', startSample: 0, endSample: 9 }], interests: [interest] });
    await startWorker();
    await store.commit(sessionId, 1, { status: 'completed', ended: { reason: 'ended_by_person', durationMs: 1_000 } });
    const { summary } = await until(() => interests.profile(bea), (profile) => profile.summary !== null);
    expect(summary).toMatchObject({ model: 'use-lite-1', dimensions: 512 });
    await interests.remove(bea, sessionId, interest.id);
    await until(() => interests.profile(bea), (profile) => profile.summary === null);
  });

  it('stops within five seconds when told to, and when its parent goes', async () => {
    for (const tell of [(one: NonNullable<typeof worker>) => one.kill('SIGTERM'), (one: NonNullable<typeof worker>) => one.disconnect()]) {
      const one = await startWorker();
      const exited = once(one, 'exit', { signal: AbortSignal.timeout(5_000) });
      tell(one);
      expect((await exited)[0]).toBe(0);
    }
  });
});

describe('Erased words', () => {
  it('are in no file of the embedded database, while everything else stays', async () => {
    const dir = await prepareDatabaseFolder();
    const server = await openEmbeddedDatabase({ dir });
    const database = new Database({ url: server.url });
    try {
      const sessions = new PostgresSessionRepository(database, enqueueJob);
      const store = new PostgresLiveSessionStore(database, enqueueJob);
      await new PostgresPeopleRepository(database).ensurePerson(ada);
      const hold = async (word: string) => {
        const sessionId = newId();
        await sessions.create(ada, { id: sessionId, kind: 'dictation', title: `${word} title`, templateId: null, recordingConsent: true });
        await store.acquireLease(sessionId, 'test:1/a', 60_000);
        const items = [{ itemId: 'one', revision: 1, speaker: 'user' as const, text: `I said ${word}.`, startSample: 0, endSample: 9 }];
        const mentions = [{ itemId: 'one', quote: word, startSample: 0, endSample: 9, confidence: 0.5 }];
        const interest = { id: newId(), topic: word, category: 'games', sentiment: 'positive' as const, confidence: 0.5, status: 'detected' as const, extractor: 'words/1', mentions };
        await store.commit(sessionId, 1, { items, events: [{ type: 'said', data: { text: word } }], interests: [interest] });
        await new PostgresInterestRepository(database, enqueueJob).update(ada, sessionId, interest.id, { status: 'confirmed' });
        return sessionId;
      };
      /** A code interview has words in more places. */
      const code = async (word: string) => {
        const sessionId = newId();
        await sessions.create(ada, { id: sessionId, kind: 'code', title: `${word} title`, templateId: null, recordingConsent: true });
        const files = new PostgresFileRepository(database);
        await files.create(ada, sessionId, `${word}.py`, `${word} = 1`, 9);
        await files.update(ada, sessionId, `${word}.py`, `${word} = 2`, 'any');
        await database.asPerson(ada, (tx) => tx.query('insert into code_runs (id, session_id, request) values ($1, $1, $2)', [sessionId, { fileName: word }]));
        await database.asPerson({ ...ada, role: 'interviewer' }, (tx) => tx.query('insert into private_notes (session_id, person_id, text) values ($1, $2, $3)', [sessionId, ada.id, word]));
        return sessionId;
      };
      await hold('keepsakeword');
      const erased = await hold('canaryword');
      const interview = await code('canaryword');
      await database.asOwner('checkpoint');
      expect(await filesWith(dir, 'canaryword')).not.toEqual([]);

      await sessions.erase(ada, erased);
      await sessions.erase(ada, interview);
      const rows = new PostgresDeletedRows(database);
      await rows.removeFromDisk();
      expect(await filesWith(dir, 'canaryword')).toEqual([]);
      expect(await filesWith(dir, 'keepsakeword')).not.toEqual([]);
      expect((await sessions.list(ada, { q: 'keepsakeword', limit: 9 })).items).toHaveLength(1);
      await rows.removeFromDisk();
    } finally {
      await database.close();
      await server.close();
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('are a Postgres server’s own business to tidy up', async () => {
    const statements: string[] = [];
    const asOwner = async (sql: string) => (statements.push(sql), { rows: [{ embedded: null, deleted: '3', size_bytes: '8192' }], rowCount: 1 });
    await new PostgresDeletedRows({ asOwner } as unknown as Database).removeFromDisk();
    expect(statements).toHaveLength(1);
  });
});

/** Files below a folder in which the bytes of a word lie. */
async function filesWith(dir: string, word: string): Promise<string[]> {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const found = await Promise.all(files.map(async (file) => (await readFile(file)).includes(word)));
  return files.filter((_file, index) => found[index]);
}

/** Asks until the answer is good; the test's own time limit bounds it. */
async function until<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
