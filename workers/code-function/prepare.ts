/**
 * `node workers/code-function/prepare.ts`, once, as root, while the image is built: what harnesses and compilers need lies
 * where programs look for it. In the function nothing outside /tmp can be written, so what is missing then stays missing.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { layOutFor } from '#adapters/sandbox/lay-out.ts';
import { systemClock } from '#domain/clock.ts';
import { LINKS, OWN_NODE } from './lay-out.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-prepare-'));
try {
  const laid = await layOutFor({ nodeProgram: process.execPath, folder, clock: systemClock });
  for (const [to, from] of [...laid, ...LINKS]) {
    fs.rmSync(to, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.symlinkSync(from, to);
  }
  fs.mkdirSync(path.dirname(OWN_NODE), { recursive: true });
  fs.copyFileSync(process.execPath, OWN_NODE);
  fs.chmodSync(OWN_NODE, 0o711);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
