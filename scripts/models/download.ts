/** Downloads one file so that a cut costs only what had not arrived. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Attempts in a row that brought nothing; every byte that arrives starts the count anew. */
const MAX_FRUITLESS_ATTEMPTS = 4;
/** No byte for this long means the connection is dead. */
const STALL_MS = 30_000;

/** A download that cannot go on; the message says what to do. */
export class DownloadFailed extends Error {
  override name = 'DownloadFailed';
}

export interface DownloadOptions {
  url: string;
  /** Where the whole file ends up; the part so far lies beside it as `<file>.part`. */
  file: string;
  /** What the file must be, when it is known. */
  expected?: { sizeBytes?: number; sha256?: string };
  onProgress?(receivedBytes: number, totalBytes: number | null): void;
  signal?: AbortSignal;
  /** Milliseconds before the n-th new attempt; tests shorten it. */
  retryDelayMs?(attempt: number): number;
}

/** @throws DownloadFailed */
export async function download(options: DownloadOptions): Promise<{ sizeBytes: number; sha256: string }> {
  const { url, file, expected, signal, retryDelayMs = (attempt) => 1_000 * 2 ** attempt } = options;
  const part = `${file}.part`;
  let fruitless = 0;
  for (;;) {
    const before = await sizeOf(part);
    try {
      await fetchRest(options, part, before);
      break;
    } catch (error) {
      if (error instanceof DownloadFailed || signal?.aborted) throw error;
      if (isDiskFull(error)) throw new DownloadFailed(`The disk is full. Free some space, then run ./spool models again; it goes on where it stopped.`);
      fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1;
      if (fruitless >= MAX_FRUITLESS_ATTEMPTS) {
        throw new DownloadFailed(`${new URL(url).host} could not be reached (${reasonOf(error)}). Check the network, then run ./spool models again; what has arrived is kept.`, { cause: error });
      }
      await delay(retryDelayMs(fruitless), undefined, signal ? { signal } : {});
    }
  }
  const sizeBytes = await sizeOf(part);
  const sha256 = await sha256Of(part);
  if ((expected?.sizeBytes !== undefined && sizeBytes !== expected.sizeBytes) || (expected?.sha256 && sha256 !== expected.sha256)) {
    await fs.rm(part, { force: true });
    throw new DownloadFailed(
      `${url} is not the file it was: ${sizeBytes} bytes, SHA-256 ${sha256}, expected ${expected.sizeBytes ?? 'any number of'} bytes, SHA-256 ${expected.sha256 ?? 'unknown'}. ` +
        'It was thrown away. Run ./spool models again; if it stays so and you trust the new file, remove its entry from manifest.json.',
    );
  }
  await fs.rename(part, file);
  return { sizeBytes, sha256 };
}

/** Asks for what is missing and appends it. Returns when the file is whole by the server's own account. */
async function fetchRest({ url, onProgress, signal }: DownloadOptions, part: string, have: number): Promise<void> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error('no data for 30 s')), STALL_MS);
  const signals = AbortSignal.any([stall.signal, ...(signal ? [signal] : [])]);
  try {
    const response = await fetch(url, { headers: have > 0 ? { range: `bytes=${have}-` } : {}, signal: signals });
    // 416: nothing is missing, or the file has become shorter; the length behind the slash tells.
    if (response.status === 416) {
      await response.body?.cancel();
      const total = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]);
      if (total === have) return;
      await fs.rm(part, { force: true });
      throw new Error('the file at the server has changed');
    }
    if (response.status >= 500 || response.status === 429) throw new Error(`HTTP ${response.status}`);
    if (!response.ok || !response.body) throw new DownloadFailed(`${url} answered HTTP ${response.status}. The file may have moved; look for a newer version of Spool.`);
    const resumed = response.status === 206;
    const start = resumed ? have : 0;
    const length = response.headers.get('content-length');
    const total = length === null ? null : start + Number(length);
    const handle = await fs.open(part, resumed ? 'a' : 'w');
    let received = start;
    try {
      for await (const chunk of response.body) {
        timer.refresh();
        await handle.appendFile(chunk);
        received += chunk.length;
        onProgress?.(received, total);
      }
    } finally {
      await handle.close();
    }
    if (total !== null && received !== total) throw new Error('the connection was cut');
  } finally {
    clearTimeout(timer);
  }
}

/** SHA-256 of a file as lower-case hexadecimal. */
async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function sizeOf(file: string): Promise<number> {
  return fs.stat(file).then(({ size }) => size, () => 0);
}

function isDiskFull(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC';
}

function reasonOf(error: unknown): string {
  const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
  return cause?.code ?? cause?.message ?? (error as Error).message;
}
