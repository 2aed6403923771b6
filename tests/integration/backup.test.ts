/** A backup that was never restored is none: real Postgres, dumped while it is written to, and brought back beside itself. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { dumpSchema } from '#adapters/postgres/schema-dump.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import { backupDatabase, manifestFile, restoreDatabase, withoutPassword } from '#scripts/database/backup.ts';
import { findPostgres, startPostgresServer } from '#tests/support/postgres-server.ts';
import type { TestDatabase } from '#tests/support/database.ts';

const postgres = await findPostgres();
const ADA: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };

it('shows no password on a command line, wherever it stands in the address', () => {
  for (const url of ['postgres://keeper:pass%20word@db.example:5432/spool?sslmode=require', 'postgres://keeper@db.example:5432/spool?password=pass+word&sslmode=require']) {
    expect(withoutPassword(url)).toEqual({ address: 'postgres://keeper@db.example:5432/spool?sslmode=require', password: 'pass word' });
  }
});

describe.skipIf('missing' in postgres)(`A backup${'missing' in postgres ? ` (${postgres.missing})` : ''}`, () => {
  let server: TestDatabase;
  let folder: string;
  const urlOf = (login: string, database: string) => {
    const url = new URL(server.url);
    url.username = login;
    url.pathname = `/${database}`;
    return url.href;
  };
  const ask = async <T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    if ('missing' in postgres) return;
    server = await startPostgresServer(postgres.bin);
    folder = await mkdtemp(path.join(os.tmpdir(), 'spool-backup-'));
    await ask(urlOf('postgres', 'postgres'), 'create role keeper login bypassrls; grant house to keeper;');
    await ask(urlOf('postgres', 'postgres'), 'create database empty_one owner house');
    await ask(urlOf('postgres', 'postgres'), 'create database empty_two owner house');
    const database = new Database({ url: server.url, maxConnections: 2 });
    await new PostgresPeopleRepository(database).ensurePerson(ADA);
    await database.close();
  });
  afterAll(async () => {
    await server?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  it('is refused by a login that row-level security hides rows from', async () => {
    await expect(backupDatabase(server.url, path.join(folder, 'half'))).rejects.toThrow('sees only some rows');
  });

  it('comes back row by row, with its rules, and goes on from there', async () => {
    const file = path.join(folder, 'whole');
    const manifest = await backupDatabase(urlOf('keeper', 'spool'), file);
    expect(manifest.rows['public.people']).toBe(1);
    for (const written of [file, manifestFile(file)]) expect((await stat(written)).mode & 0o777).toBe(0o600);
    // What came after the dump is not in it.
    await ask(urlOf('postgres', 'spool'), 'delete from public.people');
    const { migrated } = await restoreDatabase(urlOf('house', 'empty_one'), file);
    expect(migrated).toEqual([]);
    expect(await ask(urlOf('postgres', 'empty_one'), 'select name, role from public.people')).toEqual([{ name: 'Ada', role: 'learner' }]);
    const clients = [server.url, urlOf('house', 'empty_one')].map((url) => new pg.Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    const [before, after] = await Promise.all(clients.map((client) => dumpSchema(client)));
    await Promise.all(clients.map((client) => client.end()));
    // A condition that was read back has other brackets around its parts; all else is the same to the letter.
    const words = (schema = '') => schema.replaceAll(/[()]/g, '');
    expect(words(after)).toBe(words(before));
    // Row-level security binds in the restored one, too.
    const database = new Database({ url: urlOf('house', 'empty_one'), maxConnections: 2 });
    await new PostgresPeopleRepository(database).ensurePerson(ADA);
    await database.close();
    expect(await ask(urlOf('postgres', 'empty_one'), 'select count(*)::int as count from public.people')).toEqual([{ count: 1 }]);
  });

  it('is put into no database that has a Spool in it, and not from a file that is another', async () => {
    const file = path.join(folder, 'whole');
    await expect(restoreDatabase(server.url, file)).rejects.toThrow('has a Spool in it');
    await writeFile(file, Buffer.concat([await readFile(file), Buffer.from('x')]));
    await expect(restoreDatabase(urlOf('house', 'empty_two'), file)).rejects.toThrow('not the one its manifest was written for');
  });
});
