/** The engines a database suite runs on: always the embedded one, and real Postgres where its server is installed. */
import { describe, it } from 'vitest';
import { startTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { findPostgres, startPostgresServer } from './postgres-server.ts';

const postgres = await findPostgres();

/** Describes `suite` once per engine; where one is missing, a skipped test says why. */
export function describeOnEveryEngine(title: string, suite: (start: () => Promise<TestDatabase>) => void): void {
  describe(`${title} (embedded)`, () => suite(startTestDatabase));
  describe(`${title} (Postgres server)`, () => {
    if ('missing' in postgres) it.skip(`needs a server: ${postgres.missing}`, () => {});
    else suite(() => startPostgresServer(postgres.bin));
  });
}
