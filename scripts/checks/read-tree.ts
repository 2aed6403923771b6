/** The files the house rules look at. */
import fs from 'node:fs';
import path from 'node:path';
import type { SourceFile } from './finding.ts';

const FOLDERS = ['app', 'components', 'domain', 'adapters', 'realtime-server', 'workers', 'config', 'scripts', 'tests', 'bench', 'amplify', 'supabase'];
const SKIPPED = new Set(['node_modules', 'artifacts', '.amplify']);

/** All TypeScript and SQL sources below `root`, sorted by path. */
export function readSources(root: string): SourceFile[] {
  return FOLDERS.flatMap((folder) => walk(root, folder)).filter(({ path: name }) => /\.(?:tsx?|sql)$/.test(name));
}

/** One file; undefined when it does not exist. */
export function readSource(root: string, file: string): SourceFile | undefined {
  try {
    return { path: file, text: fs.readFileSync(path.join(root, file), 'utf8') };
  } catch {
    return undefined;
  }
}

function walk(root: string, folder: string): SourceFile[] {
  const entries = fs.existsSync(path.join(root, folder)) ? fs.readdirSync(path.join(root, folder), { withFileTypes: true }) : [];
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, name);
      return /\.(?:tsx?|sql)$/.test(entry.name) ? [{ path: name, text: fs.readFileSync(path.join(root, name), 'utf8') }] : [];
    });
}
