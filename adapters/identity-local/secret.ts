/** The key tokens and links of our own are signed with: what every process is given, or 32 random bytes in the data directory. */
import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const SECRET_BYTES = 32;

/** Processes that share no data directory, as in the cloud, have to be given one secret: what one signs another checks. */
export async function signingSecret({ SPOOL_SIGNING_SECRET: given, dataDir }: { SPOOL_SIGNING_SECRET?: string; dataDir: string }): Promise<Uint8Array> {
  return given === undefined ? loadLocalSecret(dataDir) : createHash('sha256').update(given).digest();
}

/**
 * Reads the secret, creating it first if need be. Two processes may race: the file appears whole or not at all (a hard
 * link of a finished file), and the loser reads the winner's.
 */
export async function loadLocalSecret(dataDir: string): Promise<Uint8Array> {
  const file = path.join(dataDir, 'local-auth-secret');
  const existing = await read(file);
  if (existing) return existing;

  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(SECRET_BYTES));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const secret = await read(file);
  if (!secret) throw new Error('The local sign-in secret could not be stored in the data directory.');
  return secret;
}

async function read(file: string): Promise<Uint8Array | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (bytes.byteLength !== SECRET_BYTES) throw new Error('local-auth-secret in the data directory is damaged. Delete it; everybody signs in again.');
  return bytes;
}
