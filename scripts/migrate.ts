/** Brings the database of DATABASE_URL (or `--url`) up to date: `node scripts/migrate.ts [--url postgres://…]`. */
import { parseArgs } from 'node:util';
import { awsSecrets } from '#adapters/secrets/aws-secrets.ts';
import { loadEnvironment } from '../config/environment.ts';
import { migrateEverything } from './migrate-everything.ts';

const { values } = parseArgs({ options: { url: { type: 'string' } } });
try {
  const url = values.url ?? (await loadEnvironment(awsSecrets)).DATABASE_URL;
  if (!url) throw new Error('Name the database: set DATABASE_URL, or give --url postgres://user:password@host:5432/database');
  const applied = await migrateEverything(url);
  process.stdout.write(applied.length > 0 ? `Applied ${applied.join(', ')}.\n` : 'The database is up to date.\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The migration failed.'}\n`);
  process.exitCode = 1;
}
