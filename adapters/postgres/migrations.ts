/** Applies `supabase/migrations/*.sql` in order, each once, each in a transaction of its own. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the text, line endings made alike. */
  checksum: string;
}
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** Files like `0001_roles.sql`, by name. */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => /^\d{4,}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(path.join(dir, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * @returns the names applied now. @throws MigrationError when an applied migration's text has changed, is gone, or a
 * new one would come before an applied one: migrations only go forward.
 */
export async function migrate(url: string, migrations: Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // the query in flight rejects by itself
  await client.connect();
  try {
    await inTransaction(client, async () => {
      await client.query('create schema if not exists spool_migrations');
      await client.query('create table if not exists spool_migrations.applied (name text primary key, checksum text not null, applied_at timestamptz not null default now())');
      await client.query('alter table spool_migrations.applied enable row level security');
    });
    const done: string[] = [];
    for (const migration of migrations) {
      const applied = await inTransaction(client, async () => {
        const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from spool_migrations.applied order by name');
        if (!isPending(migration, migrations, rows)) return false;
        await client.query(migration.sql);
        await client.query('insert into spool_migrations.applied (name, checksum) values ($1, $2)', [migration.name, migration.checksum]);
        return true;
      });
      if (applied) done.push(migration.name);
    }
    return done;
  } finally {
    await client.end();
  }
}

function isPending(migration: Migration, all: Migration[], applied: { name: string; checksum: string }[]): boolean {
  const gone = applied.find((row) => !all.some((known) => known.name === row.name));
  if (gone) throw new MigrationError(`The database has migration ${gone.name}, which this version of Spool does not know. Update Spool, or use another database.`);
  const found = applied.find((row) => row.name === migration.name);
  if (found && found.checksum !== migration.checksum) throw new MigrationError(`Migration ${migration.name} was changed after it was applied. Restore the file and write a new migration instead.`);
  const newest = applied.at(-1)?.name ?? '';
  if (!found && migration.name < newest) throw new MigrationError(`Migration ${migration.name} comes before ${newest}, which is applied already. Give it a higher number.`);
  return !found;
}

/** The lock makes two processes that migrate at once take turns; it ends with the transaction. */
async function inTransaction<T>(client: pg.Client, run: () => Promise<T>): Promise<T> {
  await client.query("begin; set local lock_timeout = '30s'");
  try {
    await client.query("select pg_advisory_xact_lock(hashtext('spool_migrations'))");
    const result = await run();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
