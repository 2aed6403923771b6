/** Who owns what senders stream to this disk. */
import fs from 'node:fs';
import path from 'node:path';
import { newId, uuidSchema } from '#domain/ids.ts';
import { ingestFolder, prepareIngestFolder } from './availability.ts';

/**
 * An identifier that lies beside the recordings, made when it is first asked for: whoever is started where they are goes on
 * with them, whatever the machine is called by then, and a task with a new disk is somebody else. Throws what the disk throws.
 */
export function diskOwner(dataDir: string): string {
  prepareIngestFolder(dataDir);
  const file = path.join(ingestFolder(dataDir), 'owner');
  const known = uuidSchema.safeParse(fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '');
  if (known.success) return known.data;
  const owner = newId();
  fs.writeFileSync(`${file}.new`, `${owner}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return owner;
}
