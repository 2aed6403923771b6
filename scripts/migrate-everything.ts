/** Everything a database needs before the servers start: our migrations, then the job queue's own. */
import path from 'node:path';
import { installQueues } from '#adapters/pg-boss/install-queues.ts';
import { Database } from '#adapters/postgres/database.ts';
import { migrate, readMigrations } from '#adapters/postgres/migrations.ts';
import { ALL_JOBS } from '#domain/jobs/queue-settings.ts';

export const MIGRATIONS_DIR = path.resolve(import.meta.dirname, '../supabase/migrations');

/** @returns the names of the migrations applied now. Safe to run twice, and by two processes at once. */
export async function migrateEverything(url: string): Promise<string[]> {
  const applied = await migrate(url, await readMigrations(MIGRATIONS_DIR));
  const database = new Database({ url, maxConnections: 2 });
  try {
    await installQueues(database, ALL_JOBS);
  } finally {
    await database.close();
  }
  return applied;
}
