/** Writes docs/openapi.json from the operations the routes parse with: `node scripts/generate-openapi.ts`. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openapiDocument } from '#app/api/openapi.ts';

export const OPENAPI_FILE = path.resolve(import.meta.dirname, '../docs/openapi.json');

/** The file's text. */
export function openapiText(): string {
  return `${JSON.stringify(openapiDocument(), null, 2)}\n`;
}

if (import.meta.main) {
  await mkdir(path.dirname(OPENAPI_FILE), { recursive: true });
  await writeFile(OPENAPI_FILE, openapiText());
}
