/** The embedded Postgres: PGlite on a directory, served to any number of `pg` clients on this machine. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import type { Clock } from '#domain/clock.ts';
import { lockDirectory } from './directory-lock.ts';
import { WireServer } from './wire-server.ts';

/** The write-ahead log's old segments are removed, not kept to be written over: they hold what was erased (deleted-rows.ts). */
const START_PARAMETERS = ['-c', 'wal_recycle=off', '-c', 'spool.embedded=on'];

export interface EmbeddedDatabaseOptions {
  /** Holds `data/` (the cluster), `password` and `lock`. Made when missing. */
  dir: string;
  host?: string;
  /** 0 takes a free one. */
  port?: number;
  clock?: Clock;
  onFatal?(error: unknown): void;
}
export interface EmbeddedDatabase {
  /** For `pg`; carries the password, which is the same after a restart. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Opens the directory and listens. What was committed survives `kill -9` of the process: every write is handed to the
 * operating system before the client hears of it (PGlite runs without fsync, so a power cut may cost the last seconds).
 * @throws DirectoryInUseError when another process has the directory open.
 */
export async function openEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const host = options.host ?? '127.0.0.1';
  await mkdir(options.dir, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(options.dir);
  try {
    const password = await passwordOf(options.dir);
    const db = await PGlite.create({ dataDir: path.join(options.dir, 'data'), extensions: { vector }, startParams: [...PGlite.defaultStartParams, ...START_PARAMETERS] });
    const server = new WireServer({ db, host, port: options.port ?? 0, password, clock: options.clock, onFatal: options.onFatal ?? ((error) => { throw error; }) });
    const port = await server.start().catch(async (error: unknown) => {
      await db.close();
      throw error;
    });
    return {
      url: `postgres://postgres:${password}@${host.includes(':') ? `[${host}]` : host}:${port}/postgres`,
      port,
      async close() {
        await server.stop();
        await db.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Other people on this machine can reach the port, so the database asks for a password only the owner can read. */
async function passwordOf(dir: string): Promise<string> {
  const file = path.join(dir, 'password');
  try {
    const stored = (await readFile(file, 'utf8')).trim();
    if (stored) return stored;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const password = randomBytes(24).toString('hex');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}
