import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { diskOwner } from './disk-owner.ts';

it('what is streamed to a disk belongs to whoever is started on it, and to nobody on another', () => {
  const [one, other] = [0, 1].map(() => fs.mkdtempSync(path.join(os.tmpdir(), 'spool-disk-'))) as [string, string];
  try {
    const owner = diskOwner(one);
    expect([diskOwner(one), diskOwner(other) === owner]).toEqual([owner, false]);
    // Cut off in the middle by a full disk: a new one, once.
    fs.writeFileSync(path.join(one, 'ingest/owner'), owner.slice(0, 9));
    const anew = diskOwner(one);
    expect([anew === owner, diskOwner(one)]).toEqual([false, anew]);
  } finally {
    for (const folder of [one, other]) fs.rmSync(folder, { recursive: true });
  }
});
