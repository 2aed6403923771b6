/**
 * `node scripts/complete-lock.ts`: adds to the lock files of the app and of the cloud definition the packages of other platforms that npm leaves out when
 * the registry it asked did not offer them. Without their entries `npm ci` refuses the lock file. Run it after every
 * change of dependencies; running it again changes nothing.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from './support/paths.ts';

interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  cpu?: string[];
  os?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
export interface LockFile {
  packages: Record<string, LockedPackage>;
}

export interface MissingPackage {
  name: string;
  version: string;
  /** The lock file's key of the package that asks for it. */
  wantedBy: string;
}

/** Optional dependencies that have no entry in the lock file, in the order they are asked for. */
export function missingOptionalPackages(lock: LockFile): MissingPackage[] {
  const missing = new Map<string, MissingPackage>();
  for (const [key, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!missing.has(name) && !isLocked(lock, key, name)) missing.set(name, { name, version, wantedBy: key });
    }
  }
  return [...missing.values()];
}

/** The lock file with an entry for every missing optional package; platform and processor come from its name. */
export function completeLock(lock: LockFile): LockFile {
  const packages = { ...lock.packages };
  for (const { name, version, wantedBy } of missingOptionalPackages(lock)) {
    const parent = packages[wantedBy];
    packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(parent?.dev ? { dev: true } : {}),
      ...(parent?.license ? { license: parent.license } : {}),
      optional: true,
    };
  }
  return { ...lock, packages: Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function isLocked(lock: LockFile, from: string, name: string): boolean {
  let folder = from;
  for (;;) {
    if (lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1));
  }
}

/** `@next/swc-linux-x64-musl` → linux, x64, musl. The names follow Node's own words for platforms. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const parts = name.split('-');
  if (parts.includes('wasm32')) return { cpu: ['wasm32'] };
  const at = parts.findIndex((part) => ['linux', 'darwin', 'win32', 'freebsd', 'android', 'openharmony'].includes(part));
  const [os, cpu, libc] = parts.slice(at);
  if (at < 0 || !os || !cpu) return {};
  return { cpu: [cpu], os: [os], ...(os === 'linux' && libc ? { libc: [libc.includes('musl') ? 'musl' : 'glibc'] } : {}) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of ['package-lock.json', 'amplify/package-lock.json']) {
    const file = path.join(repositoryRoot, name);
    const lock = JSON.parse(fs.readFileSync(file, 'utf8')) as LockFile;
    const added = missingOptionalPackages(lock);
    if (added.length > 0) fs.writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
    console.log(`${name}: ${added.length} packages of other platforms added.`);
  }
}
