/** The embedded database for tests, in this process: migrated, each caller with a copy of its own. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openEmbeddedDatabase } from '#adapters/pglite/embedded-database.ts';
import { MIGRATIONS_DIR, migrateEverything } from '#scripts/migrate-everything.ts';
import { readMigrations } from '#adapters/postgres/migrations.ts';
import { ALL_JOBS } from '#domain/jobs/queue-settings.ts';

/** `./spool test` gives a folder in memory where there is room (scripts/test-run/part.ts). */
const HOME = process.env.SPOOL_TEST_MEMORY ?? os.tmpdir();

export interface TestDatabase {
  url: string;
  close(): Promise<void>;
}

/** A folder with an empty, migrated embedded database, to be opened by whoever wants to; the caller removes it. @param at not made yet; by default a new one */
export async function prepareDatabaseFolder(at?: string): Promise<string> {
  const template = await migratedTemplate();
  const dir = at ?? (await mkdtemp(path.join(HOME, 'spool-db-')));
  await mkdir(dir, { recursive: true, mode: 0o700 });
  // Node's own copying takes ten times as long over a thousand files.
  await promisify(execFile)('cp', ['-R', `${template}/.`, dir]);
  return dir;
}

/** An empty, migrated embedded database on a free port of this process. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const dir = await prepareDatabaseFolder();
  const database = await openEmbeddedDatabase({ dir });
  return {
    url: database.url,
    async close() {
      await database.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Made once per state of migrations, queues and packages, and shared by all test processes: a copy opens in a fraction of the time. */
async function migratedTemplate(): Promise<string> {
  const files = await Promise.all(['package-lock.json', 'adapters/pg-boss/install-queues.ts'].map((name) => readFile(path.resolve(MIGRATIONS_DIR, '../..', name), 'utf8')));
  const state = JSON.stringify([(await readMigrations(MIGRATIONS_DIR)).map((migration) => migration.checksum), ALL_JOBS, files]);
  const template = path.join(os.tmpdir(), `spool-db-template-${os.userInfo().uid}-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`);
  if (await exists(template)) return template;
  const making = `${template}.${process.pid}`;
  await mkdir(making, { recursive: true, mode: 0o700 });
  const database = await openEmbeddedDatabase({ dir: making });
  try {
    await migrateEverything(database.url);
  } finally {
    await database.close();
  }
  // Whoever is first wins; the other's copy is as good and goes.
  await rename(making, template).catch(() => rm(making, { recursive: true, force: true }));
  return template;
}

async function exists(dir: string): Promise<boolean> {
  return readdir(dir).then((names) => names.length > 0, () => false);
}
