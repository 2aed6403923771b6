/** Programs of the system that tests and some features use: where they are, and how to get them. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { findRtmpTools } from '#adapters/nginx-rtmp/rtmp-tools.ts';

/** The path of a program in PATH or in one of `extraFolders`; null when it is not there. */
export function findProgram(name: string, extraFolders: string[] = [], searchPath: string = process.env.PATH ?? ''): string | null {
  for (const folder of [...searchPath.split(path.delimiter).filter(Boolean), ...extraFolders]) {
    const candidate = path.join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** The folder with `initdb` and `postgres` of the newest installed server; null when there is none. */
export function findPostgresFolder(debianFolder = '/usr/lib/postgresql'): string | null {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => path.join(debianFolder, version, 'bin'));
  const initdb = findProgram('initdb', [...folders, '/opt/homebrew/bin', '/usr/local/bin']);
  return initdb && existsSync(path.join(path.dirname(initdb), 'postgres')) ? path.dirname(initdb) : null;
}

/** Debian's names of what running code needs and this machine lacks. */
export function missingSandboxPackages(): string[] {
  const needed = { bubblewrap: 'bwrap', python3: 'python3', 'g++': 'g++', 'default-jdk-headless': 'javac' };
  // Only the system's own: a version manager's interpreter in a home folder is not seen in the sandbox.
  return Object.entries(needed).flatMap(([name, program]) => (findProgram(program, ['/usr/bin'], '') === null ? [name] : []));
}

/** Debian's names of what taking in streams needs and this machine lacks. */
export function missingIngestPackages(): string[] {
  const found = findRtmpTools();
  return 'missing' in found ? found.missing : [];
}

/** True where `apt-get` may be used: Debian or a descendant, as root. */
export function canUseApt(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0 && findProgram('apt-get', ['/usr/bin']) !== null;
}
