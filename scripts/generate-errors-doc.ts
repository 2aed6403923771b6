/** `node scripts/generate-errors-doc.ts`: writes docs/errors.md from the catalogue in domain/errors.ts. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ERRORS } from '#domain/errors.ts';
import type { ErrorEntry } from '#domain/errors.ts';
import { repositoryRoot } from './support/paths.ts';

/** The document as Markdown: one row per code, in the catalogue's order. */
export function errorsDocument(catalogue: Record<string, ErrorEntry> = ERRORS): string {
  const rows = Object.entries(catalogue).map(
    ([code, entry]) => `| \`${code}\` | ${entry.status} | ${entry.title} | ${entry.person} | ${entry.retryable ? 'yes' : 'no'} |`,
  );
  return `# Errors

Every error carries one of these codes: in REST as \`code\` of an \`application/problem+json\` body, on the stream as
\`code\` of an \`error\` message. The words are those a person sees. "Again" says whether trying again can help.

This page is generated from \`domain/errors.ts\` by \`node scripts/generate-errors-doc.ts\`.

| code | status | title | what the person is told | again |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = path.join(repositoryRoot, 'docs', 'errors.md');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, errorsDocument());
}
