/** A fingerprint of the files a build depends on. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** What `next build` reads. Servers and workers run from their sources and need no build. */
const BUILD_INPUTS = [
  'app', 'components', 'domain', 'adapters', 'config', 'public', 'scripts/supervisor/build.ts',
  'next.config.ts', 'package-lock.json', 'tsconfig.json', 'postcss.config.mjs', 'proxy.ts', 'instrumentation.ts',
];

/** SHA-256 over names and contents of all files under `inputs`, tests left out; inputs that do not exist count as absent. */
export function treeHash(root: string, inputs: readonly string[] = BUILD_INPUTS): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesUnder(root, input)) hash.update(`${file}\0`).update(fs.readFileSync(path.join(root, file))).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(root: string, input: string): string[] {
  const stat = fs.statSync(path.join(root, input), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [input];
  return fs
    .readdirSync(path.join(root, input), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}
