/**
 * `node scripts/backup.ts <file>`: the database of DATABASE_URL as one file, with a manifest beside it that says what is in it
 * (`<file>.json`). Works beside running processes. docs/operations.md has the whole way, restoring included.
 */
import { parseEnvironment } from '../config/environment.ts';
import { backupDatabase, manifestFile } from './database/backup.ts';

try {
  const [file] = process.argv.slice(2);
  const url = parseEnvironment().DATABASE_URL;
  if (!file || !url) throw new Error('Usage: DATABASE_URL=postgres://… node scripts/backup.ts <file>');
  const { rows, migration } = await backupDatabase(url, file);
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${file}: ${total} rows of ${Object.keys(rows).length} tables, as of migration ${migration}. Keep ${manifestFile(file)} beside it.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
