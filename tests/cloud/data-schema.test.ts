import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { amplifyPackagesFolder } from '#scripts/deploy/amplify-packages.ts';
import { DATA_SCHEMA_FILE, dataSchema } from '#scripts/generate-data-schema.ts';
import { repositoryRoot } from '#scripts/support/paths.ts';
import { startTestDatabase } from '#tests/support/database.ts';

const missing = inject('cloudMissing');

describe.skipIf(missing)(`What AppSync knows of the database${missing ? ` (${missing})` : ''}`, () => {
  it('is what the migrations make of it (else: node scripts/generate-data-schema.ts)', async () => {
    const database = await startTestDatabase();
    try {
      expect(await dataSchema(database.url, amplifyPackagesFolder())).toBe(fs.readFileSync(path.join(repositoryRoot, DATA_SCHEMA_FILE), 'utf8'));
    } finally {
      await database.close();
    }
  });
});
