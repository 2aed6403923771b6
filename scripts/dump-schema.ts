/** Writes `supabase/schema.sql` from a fresh embedded database with all migrations: `node scripts/dump-schema.ts`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openEmbeddedDatabase } from '#adapters/pglite/embedded-database.ts';
import { migrate, readMigrations } from '#adapters/postgres/migrations.ts';
import { dumpSchema } from '#adapters/postgres/schema-dump.ts';
import { MIGRATIONS_DIR } from './migrate-everything.ts';

const dir = await mkdtemp(path.join(os.tmpdir(), 'spool-schema-'));
const database = await openEmbeddedDatabase({ dir });
try {
  await migrate(database.url, await readMigrations(MIGRATIONS_DIR));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await writeFile(path.resolve(MIGRATIONS_DIR, '../schema.sql'), await dumpSchema(client));
  await client.end();
} finally {
  await database.close();
  await rm(dir, { recursive: true, force: true });
}
