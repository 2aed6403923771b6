/**
 * What a process is made of: the sources its entry file reaches and the npm packages these name. Runs before anything is
 * installed, so it uses Node's own modules alone.
 */
import fs from 'node:fs';
import path from 'node:path';
import { withoutComments } from '../checks/source-text.ts';

export interface Trace {
  /** Paths from the root, sorted. */
  files: string[];
  /** Names as in package.json, sorted. */
  packages: string[];
}

/** Types are erased before Node runs a file: what is imported for them alone is not needed. */
const TYPE_ONLY = /\b(?:import|export)\s+type\s[^'"]*?from\s*(['"])[^'"\n]+\1/g;
/** Static, re-exported and dynamic imports. */
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"\n]+)\1/g;
/** Workers and child processes: `new URL('./x.ts', import.meta.url)`. */
const STARTED = /new URL\(\s*(['"])(\.[^'"\n]+\.ts)\1\s*,\s*import\.meta\.url\s*\)/g;
/** Packages that are found by name: `require('x')`, `createRequire(…)('x')`, `fileInPackage('x', …)`, `import.meta.resolve('x')`. */
const NAMED = /(?:\brequire(?:\.resolve)?|\bcreateRequire\([^)]*\)|\bfileInPackage|\bimport\.meta\.resolve)\(\s*(['"])([@\w][^'"\n]*)\1/g;

/** @throws Error when a file that is imported is not there, naming who imports it */
export function traceImports(root: string, entries: readonly string[]): Trace {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open: { file: string; from: string }[] = entries.map((file) => ({ file, from: 'the list of entries' }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { file, from } = next;
    if (files.has(file)) continue;
    if (!fs.existsSync(path.join(root, file))) throw new Error(`${file} is not there; ${from} asks for it.`);
    files.add(file);
    if (!/\.tsx?$/.test(file)) continue;
    const text = withoutComments(fs.readFileSync(path.join(root, file), 'utf8')).replace(TYPE_ONLY, '');
    for (const [, , specifier = ''] of [...text.matchAll(IMPORT), ...text.matchAll(STARTED)]) {
      const target = targetOf(file, specifier);
      if (target !== null) open.push({ file: target, from: file });
      else if (!specifier.startsWith('node:')) packages.add(packageOf(specifier));
    }
    for (const [, , name = ''] of text.matchAll(NAMED)) if (!name.startsWith('node:')) packages.add(packageOf(name));
  }
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** The file from the root; null for a package. */
function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier);
  return null;
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
