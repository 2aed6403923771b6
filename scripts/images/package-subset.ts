/**
 * `node scripts/images/package-subset.ts --out <folder> <entry.ts>…`: writes a package.json and a package-lock.json with the
 * packages these entries need, at the versions of the lock file. An image installs that with `npm ci`: what a process
 * does not import (Next, editors, the AWS clients of others) is not in it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../support/paths.ts';
import { traceImports } from './trace-imports.ts';

interface LockedPackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}
export interface PackageFile {
  name: string;
  version: string;
  dependencies: Record<string, string>;
  overrides?: Record<string, unknown>;
}
export interface LockFile {
  name: string;
  version: string;
  lockfileVersion: number;
  requires: boolean;
  packages: Record<string, LockedPackage>;
}

/**
 * The two files cut down to `wanted` and all that belongs to it.
 * @throws Error when a wanted package is no dependency of the root, or the lock file lacks one that is needed
 */
export function packageSubset(manifest: PackageFile, lock: LockFile, wanted: readonly string[]): { manifest: object; lock: object } {
  const strangers = wanted.filter((name) => !manifest.dependencies[name]);
  if (strangers.length > 0) throw new Error(`Imported, but no dependency in package.json: ${strangers.join(', ')}.`);
  const kept = new Set<string>();
  const open = wanted.map((name) => ({ name, from: '' }));
  for (let next = open.pop(); next; next = open.pop()) {
    const key = resolve(lock, next.from, next.name);
    if (key === null) throw new Error(`package-lock.json has no ${next.name}, which ${next.from || 'package.json'} needs. Run: node scripts/complete-lock.ts`);
    if (kept.has(key)) continue;
    kept.add(key);
    for (const name of needsOf(lock.packages[key]!)) open.push({ name, from: key });
  }
  const dependencies = Object.fromEntries(Object.entries(manifest.dependencies).filter(([name]) => wanted.includes(name)));
  // A rule for a package that is not there may refer to another that is not there either, which npm refuses.
  const names = new Set([...kept].map((key) => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length)));
  const overrides = Object.fromEntries(Object.entries(manifest.overrides ?? {}).filter(([name]) => names.has(name)));
  const own = { name: manifest.name, version: manifest.version };
  return {
    manifest: { ...own, private: true, type: 'module', dependencies, overrides },
    lock: {
      ...own,
      lockfileVersion: lock.lockfileVersion,
      requires: lock.requires,
      packages: { '': { ...own, dependencies }, ...Object.fromEntries(Object.entries(lock.packages).filter(([key]) => kept.has(key))) },
    },
  };
}

/** Optional ones too: which fit the machine npm decides, and the lock file has them all. */
function needsOf(entry: LockedPackage): string[] {
  const peers = Object.keys(entry.peerDependencies ?? {}).filter((name) => !entry.peerDependenciesMeta?.[name]?.optional);
  return [...Object.keys(entry.dependencies ?? {}), ...Object.keys(entry.optionalDependencies ?? {}), ...peers];
}

/** Where Node finds `name` from a package's folder, as a key of the lock file. */
function resolve(lock: LockFile, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const key = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock.packages[key]) return key;
    if (folder === '') return null;
  }
}

/** What the entries need, as files in `folder`. @returns the names of the packages that are imported */
function writePackageSubset(root: string, entries: readonly string[], folder: string): string[] {
  const read = <T>(name: string): T => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8')) as T;
  const { packages } = traceImports(root, entries);
  const subset = packageSubset(read('package.json'), read('package-lock.json'), packages);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(subset.manifest, null, 2)}\n`);
  fs.writeFileSync(path.join(folder, 'package-lock.json'), `${JSON.stringify(subset.lock, null, 2)}\n`);
  return packages;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
  if (!values.out || positionals.length === 0) {
    process.stderr.write('Usage: node scripts/images/package-subset.ts --out <folder> <entry.ts>…\n');
    process.exit(2);
  }
  const packages = writePackageSubset(repositoryRoot, positionals, values.out);
  process.stdout.write(`${packages.length} packages imported: ${packages.join(' ')}\n`);
}
