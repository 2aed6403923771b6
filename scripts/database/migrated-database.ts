/** A fresh embedded database with all migrations of ours, for scripts that read its catalogue. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedDatabase } from '#adapters/pglite/embedded-database.ts';
import { migrate, readMigrations } from '#adapters/postgres/migrations.ts';
import { MIGRATIONS_DIR } from '../migrate-everything.ts';

/** Gone when `use` has ended, also when it failed. */
export async function withMigratedDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'spool-schema-'));
  const database = await openEmbeddedDatabase({ dir });
  try {
    await migrate(database.url, await readMigrations(MIGRATIONS_DIR));
    return await use(database.url);
  } finally {
    await database.close();
    await rm(dir, { recursive: true, force: true });
  }
}
