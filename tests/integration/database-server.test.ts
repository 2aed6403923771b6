/** The embedded database as a server: many clients, one session inside, and processes that die at bad moments. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { DirectoryInUseError } from '#adapters/pglite/directory-lock.ts';
import { openEmbeddedDatabase } from '#adapters/pglite/embedded-database.ts';
import type { EmbeddedDatabase } from '#adapters/pglite/embedded-database.ts';
import { startupMessage } from '#adapters/pglite/wire-messages.ts';
import { MAX_CONNECTIONS, TRANSACTION_IDLE_TIMEOUT_MS } from '#adapters/pglite/wire-server.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { prepareDatabaseFolder } from '#tests/support/database.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('The embedded database, with many clients', () => {
  let dir: string;
  let server: EmbeddedDatabase;
  const clock = new ManualClock();
  const clients: pg.Client[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'spool-wire-'));
    server = await openEmbeddedDatabase({ dir, clock });
  });
  afterAll(async () => {
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})));
  });

  const connect = async (url = server.url) => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {}); // being cut off is part of these tests
    clients.push(client);
    await client.connect();
    return client;
  };
  /** `waiting` when nothing came during a full round trip of another connection's handshake. */
  const settled = async (query: Promise<unknown>) => Promise.race([query.then(() => 'answered'), connect().then(() => 'waiting')]);

  it('gives every client its own answers, however long the statements and however many fail', async () => {
    const long = 'x'.repeat(300_000); // many network reads: others’ statements arrive in between
    const wrong: string[] = [];
    await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const client = await connect();
        for (let round = 0; round < 15; round += 1) {
          const text = `${long}${index}-${round}`;
          if (index % 3 === 0) {
            const { rows } = await client.query('select $1::text as text', [text]);
            if (rows[0].text !== text) wrong.push('text');
          } else if (index % 3 === 1) {
            const { rows } = await client.query('select length($1::text) as length, $2::int as round', [text, round]);
            if (rows[0].length !== text.length || rows[0].round !== round) wrong.push('length');
          } else {
            await expect(client.query('select $1::int / 0', [1])).rejects.toThrow('division by zero');
          }
        }
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('lets a transaction finish before anybody else’s query runs, failed ones too', async () => {
    const [one, two] = [await connect(), await connect()];
    await one.query('begin');
    const query = two.query('select 1');
    expect(await settled(query)).toBe('waiting');
    await expect(one.query('select 1 / 0')).rejects.toThrow();
    expect(await settled(query)).toBe('waiting');
    await one.query('rollback');
    await query;
  });

  it('rolls back for a client that dies in mid-transaction, and goes on with the next', async () => {
    const [one, two] = [await connect(), await connect()];
    await one.query('begin');
    await one.query('create table half_done (a int)');
    const query = two.query("select to_regclass('half_done') as found");
    (one as unknown as { connection: { stream: net.Socket } }).connection.stream.destroy();
    expect((await query).rows).toEqual([{ found: null }]);
  });

  it('cuts off a client that holds a transaction open and says nothing, e.g. because it was stopped', async () => {
    const [one, two] = [await connect(), await connect()];
    await one.query('begin');
    const query = two.query('select 1');
    expect(await settled(query)).toBe('waiting');
    const told = once(one, 'error');
    await clock.advance(TRANSACTION_IDLE_TIMEOUT_MS);
    expect((await told)[0]).toMatchObject({ code: '25P03' });
    await query;
  });

  it('does not cut off one that is quiet outside of a transaction', async () => {
    const one = await connect();
    await one.query('begin');
    await one.query('commit');
    await clock.advance(TRANSACTION_IDLE_TIMEOUT_MS * 10);
    await one.query('select 1');
  });

  it('refuses what would leak from one client to others', async () => {
    const one = await connect();
    await expect(one.query({ name: 'mine', text: 'select 1' })).rejects.toThrow('must not be named');
  });

  it('asks for the password, which only the owner of the folder can read', async () => {
    expect((await stat(path.join(dir, 'password'))).mode & 0o777).toBe(0o600);
    await expect(connect(server.url.replace(/:[^:@/]+@/, ':guess@'))).rejects.toThrow('password is wrong');
  });

  it('survives bytes that are no Postgres at all', async () => {
    for (const bytes of [Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'), Buffer.alloc(8, 255), Buffer.from([0, 0, 0, 8, 0, 3, 0, 0, 0x51, 0xff, 0xff, 0xff, 0xff])]) {
      const socket = net.connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(bytes);
      socket.resume();
      await once(socket, 'close');
    }
    await (await connect()).query('select 1');
  });

  it('holds no more than a line for somebody who has not given the password', async () => {
    const socket = net.connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(startupMessage('postgres', 'postgres'));
    await once(socket, 'data');
    const [answer] = await Promise.all([once(socket, 'data'), socket.write(Buffer.from([0x70, 0, 0x40, 0, 0]))]);
    expect(String(answer[0])).toContain('28P01');
    socket.destroy();
  });

  it('lets nobody in who has the password be kept out by those who have not', async () => {
    const strangers = Array.from({ length: MAX_CONNECTIONS + 5 }, () => net.connect(server.port, '127.0.0.1').on('error', () => {}));
    await Promise.all(strangers.map((stranger) => once(stranger, 'connect')));
    await (await connect()).query('select 1');
    for (const stranger of strangers) stranger.destroy();
  });

  it('refuses a second process, or a second opening, of the same folder', async () => {
    await expect(openEmbeddedDatabase({ dir })).rejects.toThrow(DirectoryInUseError);
  });

  it('can compare embeddings', async () => {
    const one = await connect();
    await one.query('create extension if not exists vector');
    expect((await one.query("select '[1,0]'::vector <-> '[0,0]'::vector as distance")).rows).toEqual([{ distance: 1 }]);
  });
});

describe('The embedded database process', () => {
  let dir: string;
  let child: ChildProcess;
  let url: string;
  let port: number;

  const startProcess = async () => {
    child = fork(path.join(root, 'scripts/database.ts'), ['--dir', dir, '--port', String(port)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [message] = (await once(child, 'message')) as [{ type: string; url: string }];
    expect(message.type).toBe('ready');
    url = message.url;
    port = Number(new URL(url).port);
  };

  beforeEach(async () => {
    dir = await prepareDatabaseFolder();
    port = 0;
    await startProcess();
  });
  afterEach(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(dir, { recursive: true, force: true });
  });

  it('killed at any moment, loses no commit and doubles none, and its clients go on', async () => {
    // For as long as a busy machine may take to start the process again.
    const database = new Database({ url, retryForMs: 120_000 });
    const store = new PostgresLiveSessionStore(database, enqueueJob);
    const ada: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };
    await new PostgresPeopleRepository(database).ensurePerson(ada);
    const sessionId = newId();
    await new PostgresSessionRepository(database, enqueueJob).create(ada, { id: sessionId, kind: 'dictation', title: 't', templateId: null, recordingConsent: false });
    await store.acquireLease(sessionId, 'test:1/a', 60_000);

    const rounds = 3;
    let written = 0;
    let killing = true;
    let onWritten = () => {};
    const writer = (async () => {
      while (killing) {
        await store.commit(sessionId, 1, { events: [{ type: 'count', data: { count: written } }] });
        written += 1;
        onWritten();
      }
    })();
    for (let round = 0; round < rounds; round += 1) {
      const target = written + 20 + Math.floor(Math.random() * 50);
      const reached = new Promise<void>((resolve) => {
        onWritten = () => written >= target && resolve();
      });
      // A writer that gave up is told as what it says, not as a test that hangs.
      await Promise.race([reached, writer]);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await startProcess();
    }
    killing = false;
    await writer;

    const counts: number[] = [];
    for (let after = 0; ; after = counts.length) {
      const events = await store.eventsSince(sessionId, after);
      if (events.length === 0) break;
      counts.push(...events.map((event) => (event.data as { count: number }).count));
    }
    expect(counts).toEqual(Array.from({ length: written }, (_, index) => index));
    await database.close();
  });

  it('that stays away is reported within the time promised, as something to try again', async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    const database = new Database({ url, retryForMs: 100 });
    await expect(database.asService((tx) => tx.query('select 1'))).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await database.close();
  });

  it('closes cleanly on SIGTERM, also with clients connected', async () => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
    await client.end().catch(() => {});
  });

  it('goes when its parent goes', async () => {
    child.disconnect();
    expect((await once(child, 'exit'))[0]).toBe(0);
  });
});
