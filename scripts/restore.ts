/**
 * `node scripts/restore.ts <file>`: fills the empty database of DATABASE_URL from a backup, compares every table with the manifest,
 * and applies what migrations are newer. Touches no database that has a Spool in it. docs/operations.md has the whole way.
 */
import { parseEnvironment } from '../config/environment.ts';
import { restoreDatabase } from './database/backup.ts';

try {
  const [file] = process.argv.slice(2);
  const url = parseEnvironment().DATABASE_URL;
  if (!file || !url) throw new Error('Usage: DATABASE_URL=postgres://… node scripts/restore.ts <file>');
  const { manifest, migrated } = await restoreDatabase(url, file);
  const total = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
  process.stdout.write(`All ${total} rows of ${manifest.takenAt} are there${migrated.length > 0 ? `, and ${migrated.join(', ')} applied` : ''}.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
