import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

// Left alone before it listened, it would hold the folder and its lock against the next start.
test('a database whose parent ended while it starts ends as well', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-database-'));
  const child = fork(path.join(import.meta.dirname, 'database.ts'), ['--dir', dir], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(fs.readdirSync(dir)).toEqual([]);
  fs.rmSync(dir, { recursive: true });
});
