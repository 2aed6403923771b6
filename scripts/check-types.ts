/** `node scripts/check-types.ts`: writes Next's own types (routes, next-env.d.ts), then lets TypeScript check everything. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { BuildFailed, runNext } from './supervisor/build.ts';
import { repositoryRoot, toolsFolder } from './support/paths.ts';

try {
  await runNext(['typegen'], path.join(toolsFolder, 'logs', 'typegen.log'));
} catch (error) {
  if (!(error instanceof BuildFailed)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const tsc = path.join(repositoryRoot, 'node_modules', 'typescript', 'bin', 'tsc');
process.exit(spawnSync(process.execPath, [tsc, '--noEmit'], { cwd: repositoryRoot, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1);
