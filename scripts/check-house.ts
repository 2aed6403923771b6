/** `node scripts/check-house.ts`: the rules of the house that oxlint cannot express. Each finding says what to do instead. */
import fs from 'node:fs';
import path from 'node:path';
import { missingOptionalPackages } from './complete-lock.ts';
import type { LockFile } from './complete-lock.ts';
import { checkGenerated, checkLockHosts, checkPaths, checkSpec } from './checks/document-rules.ts';
import type { Finding, SourceFile } from './checks/finding.ts';
import { checkImports } from './checks/import-rule.ts';
import { checkMigrations } from './checks/migration-rule.ts';
import { readSource, readSources } from './checks/read-tree.ts';
import { checkCommands, checkLinks, checkSettings } from './checks/reader-rules.ts';
import { checkConsoleLog, checkEnvironmentReaders, checkSessionSql } from './checks/source-rules.ts';
import { errorsDocument } from './generate-errors-doc.ts';
import { repositoryRoot as root } from './support/paths.ts';

const LOCK_FILES = ['package-lock.json', 'scripts/node-runtime/package-lock.json', 'amplify/package-lock.json'];

const sources = readSources(root);
const locks = LOCK_FILES.flatMap((file) => readSource(root, file) ?? []);
// The tests of these very checks quote rules that do not exist.
const tests = sources.filter((file) => /\.test\.tsx?$/.test(file.path) && !file.path.startsWith('scripts/checks/'));
const spec = 'domain/session/SPEC.md';
const exists = (file: string): boolean => fs.existsSync(path.join(root, file));
const documents = ['README.md', 'ARCHITECTURE.md', 'amplify/README.md', ...markdownBelow('docs')].flatMap((file) => readSource(root, file) ?? []);
const settings = documents.filter((file) => ['README.md', 'docs/cloud-settings.md'].includes(file.path));
const checks: [string, Finding[]][] = [
  ['imports go one way', checkImports(sources)],
  ['only config/ reads the environment', checkEnvironmentReaders(sources)],
  ['no console.log in the product', checkConsoleLog(sources)],
  ['no session-level SQL', checkSessionSql(sources)],
  ['migrations take nothing away that runs', checkMigrations(sources)],
  ['every numbered rule has a test', checkSpec(readSource(root, spec), tests)],
  ['docs/errors.md is the catalogue', checkGenerated(readSource(root, 'docs/errors.md'), errorsDocument(), 'docs/errors.md', 'node scripts/generate-errors-doc.ts')],
  ['paths in ARCHITECTURE.md exist', checkPaths(readSource(root, 'ARCHITECTURE.md'), exists)],
  ['links and pictures in documents exist', documents.flatMap((file) => checkLinks(file, exists))],
  ['documents name commands that exist', documents.flatMap((file) => checkCommands(file, sourceOf('spool')))],
  ['every setting is explained', checkSettings(settings, sourceOf('config/environment.ts'))],
  ['lock files name no host', locks.flatMap(checkLockHosts)],
  ['lock files are complete', locks.flatMap(checkCompleteness)],
];

function markdownBelow(folder: string): string[] {
  const names = fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`).sort();
}

/** A file that the house cannot do without. */
function sourceOf(file: string): SourceFile {
  return { path: file, text: fs.readFileSync(path.join(root, file), 'utf8') };
}

function checkCompleteness({ path: where, text }: { path: string; text: string }): Finding[] {
  const missing = missingOptionalPackages(JSON.parse(text) as LockFile);
  return missing.length === 0 ? [] : [{ where, message: `${missing.length} packages of other platforms have no entry, so npm ci refuses it. Run: node scripts/complete-lock.ts` }];
}

for (const [title, findings] of checks) {
  console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'}  ${title}`);
  for (const { where, message } of findings) console.log(`        ${where}\n          ${message}`);
}
process.exitCode = checks.some(([, findings]) => findings.length > 0) ? 1 : 0;
