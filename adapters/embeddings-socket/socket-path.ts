import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/** The kernel takes 107 bytes; some systems 103. */
const MAX_PATH_BYTES = 100;

/** Where the worker of a data directory says what queries mean. Too long a path is replaced by one below the temporary folder, the same for both sides. */
export function embedderSocketPath(dataDir: string): string {
  const own = path.join(path.resolve(dataDir), 'embedder.sock');
  if (Buffer.byteLength(own) <= MAX_PATH_BYTES) return own;
  const hash = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `spool-embed-${process.getuid?.() ?? 0}-${hash}`, 'embedder.sock');
}
