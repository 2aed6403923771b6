/** Writes `supabase/schema.sql` from a fresh embedded database with all migrations: `node scripts/dump-schema.ts`. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { dumpSchema } from '#adapters/postgres/schema-dump.ts';
import { withMigratedDatabase } from './database/migrated-database.ts';
import { MIGRATIONS_DIR } from './migrate-everything.ts';

const text = await withMigratedDatabase(async (url) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return dumpSchema(client).finally(() => client.end());
});
await writeFile(path.resolve(MIGRATIONS_DIR, '../schema.sql'), text);
