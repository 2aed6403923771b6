/** A database as one file, and the file as a database again, compared with what was written down when it was made. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { QUEUE_SCHEMA } from '#adapters/pg-boss/enqueue.ts';
import { readMigrations } from '#adapters/postgres/migrations.ts';
import { MIGRATIONS_DIR, migrateEverything } from '../migrate-everything.ts';
import { findPostgresFolder, findProgram } from '../support/system-tools.ts';

/** Ours; the others of a Supabase project are Supabase's. */
const SCHEMAS = ['public', 'spool_migrations', QUEUE_SCHEMA];
const OWN = 0o600;
const run = promisify(execFile);

const manifestSchema = z.strictObject({
  takenAt: z.string(),
  /** The newest one that was applied. */
  migration: z.string(),
  sha256: z.string(),
  /** Rows of each table, at the very moment of the dump. */
  rows: z.record(z.string(), z.number()),
});
export type Manifest = z.infer<typeof manifestSchema>;

class BackupError extends Error {
  override name = 'BackupError';
}

/** Where a backup's manifest lies. */
export const manifestFile = (file: string): string => `${file}.json`;

/**
 * Writes the dump and its manifest. Nobody is held up: rows are read as of one moment.
 * @throws BackupError when the login may not read every row, or `pg_dump` is missing or too old
 */
export async function backupDatabase(url: string, file: string): Promise<Manifest> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows: [able] } = await client.query<{ all: boolean }>('select rolsuper or rolbypassrls as all from pg_roles where rolname = current_user');
    // Row-level security would leave out rows, and a backup without them would look like one.
    if (!able?.all) throw new BackupError('This login sees only some rows. Use one that passes row-level security (on Supabase: postgres; elsewhere: alter role … bypassrls).');
    // Everything anybody said is in it: nobody else of this machine reads it, from its first byte on.
    await writeFile(file, '', { mode: OWN });
    await chmod(file, OWN);
    const { rows: [moment] } = await client.query<{ snapshot: string; now: Date }>('select pg_export_snapshot() as snapshot, now()');
    await program('pg_dump', ['--format=custom', '--no-owner', `--snapshot=${moment!.snapshot}`, ...SCHEMAS.map((name) => `--schema=${name}`), `--file=${file}`], url);
    const manifest: Manifest = { takenAt: moment!.now.toISOString(), migration: await newestMigration(client), sha256: await sha256(file), rows: await countRows(client) };
    await client.query('commit');
    await writeFile(manifestFile(file), `${JSON.stringify(manifest, null, 2)}\n`, { mode: OWN });
    return manifest;
  } finally {
    await client.end();
  }
}

/**
 * Fills an empty database, brings it up to this version's migrations, and compares every table with the manifest.
 * @throws BackupError when the database is not empty, the file is another, or a table has other rows than were dumped
 */
export async function restoreDatabase(url: string, file: string): Promise<{ manifest: Manifest; migrated: string[] }> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(manifestFile(file), 'utf8')));
  if ((await sha256(file)) !== manifest.sha256) throw new BackupError('The file is not the one its manifest was written for. Fetch both again.');
  await prepareEmpty(url);
  const list = `${file}.list`;
  try {
    const { stdout } = await program('pg_restore', ['--list', file], null);
    // Every database has it already.
    await writeFile(list, stdout.split('\n').filter((line) => !/ (?:SCHEMA|COMMENT|ACL) - (?:SCHEMA )?public /.test(line)).join('\n'));
    await program('pg_restore', ['--no-owner', '--exit-on-error', '--single-transaction', `--use-list=${list}`, file], url);
  } finally {
    await rm(list, { force: true });
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const now = await countRows(client);
    const other = Object.entries(manifest.rows).filter(([table, count]) => now[table] !== count);
    if (other.length > 0) throw new BackupError(`These tables have other rows than were dumped: ${other.map(([table, count]) => `${table} (${now[table] ?? 'none'} instead of ${count})`).join(', ')}.`);
  } finally {
    await client.end();
  }
  return { manifest, migrated: await migrateEverything(url) };
}

/** Roles belong to the whole server and are in no dump: the first migration makes them, and here nothing else of it stays. */
async function prepareEmpty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: string | null }>("select to_regclass('public.sessions') as there");
    if (rows[0]?.there) throw new BackupError('This database has a Spool in it. Restore into an empty one, look at it, then point DATABASE_URL at it.');
    const [first] = await readMigrations(MIGRATIONS_DIR);
    await client.query(`begin; ${first!.sql}; drop function public.spool_role(); revoke usage on schema public from authenticated, spool_service; grant usage on schema public to authenticated, spool_service; commit`);
  } finally {
    await client.end();
  }
}

async function newestMigration(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select name from spool_migrations.applied order by name desc limit 1');
  return rows[0]?.name ?? '';
}

async function countRows(client: pg.Client): Promise<Record<string, number>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'r' order by 1`,
    [SCHEMAS],
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ count: string }>(`select count(*) as count from ${name}`);
    counts[name] = Number(rows[0]!.count);
  }
  return counts;
}

/** Of a database's address, in which the password may stand in either place. */
export function withoutPassword(url: string): { address: string; password: string } {
  const bare = new URL(url);
  const password = bare.searchParams.get('password') ?? decodeURIComponent(bare.password);
  bare.password = '';
  bare.searchParams.delete('password');
  return { address: bare.href, password };
}

/** The password goes by the environment: a command line is everybody's to read. */
async function program(name: string, words: string[], url: string | null): Promise<{ stdout: string }> {
  const folder = findPostgresFolder();
  const found = findProgram(name, folder ? [folder] : []);
  if (!found) throw new BackupError(`${name} is not installed (Debian: postgresql-client). It must be at least as new as the server.`);
  const { address, password } = url === null ? { address: null, password: '' } : withoutPassword(url);
  try {
    return await run(found, address ? [`--dbname=${address}`, ...words] : words, { env: { ...process.env, ...(password ? { PGPASSWORD: password } : {}) }, maxBuffer: 64 * 1024 ** 2 });
  } catch (error) {
    // Its own words, not the command line.
    const said = (error as { stderr?: string }).stderr?.trim() ?? '';
    throw new BackupError(`${path.basename(found)} failed: ${said || 'it said nothing.'}`);
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
