/**
 * Whose journal is it, and is its owner alive? A process that writes journals `<nonce>-<n>.log` listens on the Unix
 * socket `<nonce>.sock` beside them. The kernel accepts connections for a stopped process too and refuses them from the
 * moment it is dead, however it died; process ids, which containers repeat, play no part. The same socket takes the
 * one request others have: to let go of the journals that hold an erased session.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { uuidSchema } from '#domain/ids.ts';
import type { Clock } from '#domain/clock.ts';
import { errnoOf } from './files.ts';

/** The shortest `sun_path` of our platforms is 104 bytes with its end mark (macOS). */
const MAX_SOCKET_PATH_BYTES = 103;
const REQUEST_CHARS = 36;
const DONE = 'gone';

export interface JournalOwner {
  release(): Promise<void>;
}

/** Marks the journals of `nonce` as owned by this process. `forget` is called for every session another process erased. */
export async function ownJournals(directory: string, nonce: string, forget: (sessionId: string) => Promise<void>): Promise<JournalOwner> {
  const server = net.createServer((socket) => answer(socket, forget));
  await withSocketPath(directory, nonce, (address) => new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: address, exclusive: true }, resolve);
  }));
  server.unref();
  return {
    async release() {
      await fs.rm(socketPath(directory, nonce), { force: true });
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(socket: net.Socket, forget: (sessionId: string) => Promise<void>): void {
  let request = '';
  socket.unref();
  socket.on('error', () => socket.destroy());
  socket.setEncoding('latin1').on('data', (text: string) => {
    request += text;
    if (request.length < REQUEST_CHARS) return;
    const sessionId = uuidSchema.safeParse(request);
    if (!sessionId.success) return void socket.destroy();
    forget(sessionId.data).then(() => socket.end(DONE), () => socket.destroy());
  });
}

/** False only when the owner is dead for certain. */
export async function isOwnerAlive(directory: string, nonce: string): Promise<boolean> {
  try {
    const socket = await connect(directory, nonce);
    socket.destroy();
    return true;
  } catch (error) {
    const errno = errnoOf(error);
    return errno !== 'ECONNREFUSED' && errno !== 'ENOENT';
  }
}

/** Asks a living owner to let go of the journals that hold `sessionId`. False: it did not within `timeoutMs`. */
export async function askOwnerToForget(directory: string, nonce: string, sessionId: string, timeoutMs: number, clock: Clock): Promise<boolean> {
  const socket = await connect(directory, nonce).catch(() => undefined);
  if (!socket) return false;
  const cancel = clock.schedule(timeoutMs, () => socket.destroy());
  try {
    return await new Promise<boolean>((resolve) => {
      let reply = '';
      socket.setEncoding('latin1').on('data', (text: string) => { reply += text; });
      socket.on('error', () => resolve(false)).on('close', () => resolve(reply === DONE));
      socket.write(sessionId);
    });
  } finally {
    cancel();
  }
}

const socketPath = (directory: string, nonce: string) => path.join(directory, `${nonce}.sock`);

function connect(directory: string, nonce: string): Promise<net.Socket> {
  return withSocketPath(directory, nonce, (address) => new Promise((resolve, reject) => {
    const socket = net.connect({ path: address });
    socket.once('error', reject).once('connect', () => resolve(socket.off('error', reject)));
  }));
}

/** A path too long for a socket address is reached through a short-lived symbolic link. */
async function withSocketPath<T>(directory: string, nonce: string, use: (address: string) => Promise<T>): Promise<T> {
  const direct = socketPath(directory, nonce);
  if (Buffer.byteLength(direct) <= MAX_SOCKET_PATH_BYTES) return use(direct);
  const link = path.join(os.tmpdir(), `spool-${randomBytes(6).toString('hex')}`);
  await fs.symlink(directory, link);
  try {
    return await use(path.join(link, `${nonce}.sock`));
  } finally {
    await fs.rm(link, { force: true });
  }
}
