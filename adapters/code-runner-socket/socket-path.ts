import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/** The kernel takes 107 bytes; some systems 103. */
const MAX_PATH_BYTES = 100;

/** Where the runner of a data directory listens. A path that is too long for a socket is replaced by one below the temporary folder, the same for both sides. */
export function runnerSocketPath(dataDir: string): string {
  const own = path.join(path.resolve(dataDir), 'code-runner.sock');
  if (Buffer.byteLength(own) <= MAX_PATH_BYTES) return own;
  const hash = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `spool-code-${process.getuid?.() ?? 0}-${hash}`, 'runner.sock');
}
