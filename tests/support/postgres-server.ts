/** A private cluster of real Postgres in a temporary folder, where Debian's server is installed. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrateEverything } from '#scripts/migrate-everything.ts';
import type { TestDatabase } from './database.ts';

const run = promisify(execFile);
const VERSIONS = '/usr/lib/postgresql';

/** The newest server's programs, or why there are none. */
export async function findPostgres(): Promise<{ bin: string } | { missing: string }> {
  const versions = await namesIn(VERSIONS);
  for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
    const bin = path.join(VERSIONS, version, 'bin');
    if ((await namesIn(bin)).includes('initdb')) return { bin };
  }
  return { missing: `no Postgres server below ${VERSIONS} (apt-get install postgresql)` };
}

/**
 * Starts it, migrated by a login that is no superuser, as in the cloud: forced row-level security binds that one too.
 * Postgres refuses to run as root, so root starts it as `nobody`.
 */
export async function startPostgresServer(bin: string): Promise<TestDatabase> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'spool-pg-'));
  const data = path.join(dir, 'data');
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (user.uid) await chown(dir, user.uid, user.gid);
  await run(path.join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'], { ...user, cwd: dir });
  const server = spawn(path.join(bin, 'postgres'), ['-D', data, '-k', dir, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=60'], { ...user, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  await accepting(server);
  const urlOf = (login: string, database: string) => `postgres://${login}@localhost/${database}?host=${encodeURIComponent(dir)}`;
  const admin = new pg.Client({ connectionString: urlOf('postgres', 'postgres') });
  await admin.connect();
  await admin.query('create role house login nosuperuser createrole');
  await admin.query('create database spool owner house');
  await admin.end();
  const url = urlOf('house', 'spool');
  await migrateEverything(url);
  return {
    url,
    async close() {
      const exited = once(server, 'exit');
      server.kill('SIGINT'); // fast shutdown
      await exited;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function namesIn(dir: string): Promise<string[]> {
  return readdir(dir).catch((): string[] => []);
}

async function accepting(server: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`Postgres ended at once: ${said.slice(-2_000)}`)));
  });
}
