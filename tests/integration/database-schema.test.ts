/** The schema and how it comes to be: migrations that only go forward, and a dump that is current. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MigrationError, migrate, readMigrations } from '#adapters/postgres/migrations.ts';
import type { Migration } from '#adapters/postgres/migrations.ts';
import { dumpSchema } from '#adapters/postgres/schema-dump.ts';
import { MIGRATIONS_DIR, migrateEverything } from '#scripts/migrate-everything.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';

const root = path.resolve(import.meta.dirname, '../..');

describeOnEveryEngine('The schema', (start) => {
  let server: TestDatabase;
  let client: pg.Client;
  let ours: Migration[];

  beforeAll(async () => {
    server = await start();
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
    ours = await readMigrations(MIGRATIONS_DIR);
  });
  afterAll(async () => {
    await client.end();
    await server.close();
  });

  it('is the one in supabase/schema.sql (else: node scripts/dump-schema.ts)', async () => {
    expect(await dumpSchema(client)).toBe(await readFile(path.join(root, 'supabase/schema.sql'), 'utf8'));
  });

  it('stays as it is when migrated again, also by two processes at once', async () => {
    const before = await dumpSchema(client);
    expect(await Promise.all([migrateEverything(server.url), migrateEverything(server.url)])).toEqual([[], []]);
    expect(await dumpSchema(client)).toBe(before);
  });

  it('stays as it is when every migration’s text runs once more', async () => {
    const before = await dumpSchema(client);
    for (const migration of ours) await client.query(`begin; ${migration.sql}; commit`);
    expect(await dumpSchema(client)).toBe(before);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    const changed = ours.map((migration, index) => (index === 0 ? { ...migration, checksum: 'other' } : migration));
    await expect(migrate(server.url, changed)).rejects.toThrow(/was changed after it was applied/);
  });

  it('refuses to go on with a database of a newer version', async () => {
    await expect(migrate(server.url, ours.slice(0, -1))).rejects.toThrow(MigrationError);
  });

  it('refuses a new migration that would come before an applied one', async () => {
    const early = { name: '0000_early.sql', sql: 'select 1', checksum: 'x' };
    await expect(migrate(server.url, [early, ...ours])).rejects.toThrow(/higher number/);
  });

  it('is brought up to date once by two processes at once, one after the other', async () => {
    const next = [...ours, ...['9001_one', '9002_two'].map((name) => ({ name: `${name}.sql`, sql: `create table public.made_${name.slice(0, 4)} (a int)`, checksum: name }))];
    const applied = await Promise.all([migrate(server.url, next), migrate(server.url, next)]);
    expect(applied.flat().sort()).toEqual(['9001_one.sql', '9002_two.sql']);
    await client.query("drop table public.made_9001, public.made_9002; delete from spool_migrations.applied where name like '9%'");
  });

  it('takes all of a migration or nothing', async () => {
    const broken = { name: '9999_broken.sql', sql: 'create table half (a int); select 1 / 0', checksum: 'x' };
    await expect(migrate(server.url, [...ours, broken])).rejects.toThrow('division by zero');
    expect((await client.query("select to_regclass('half') as half")).rows).toEqual([{ half: null }]);
    expect(await migrate(server.url, ours)).toEqual([]);
  });
});
