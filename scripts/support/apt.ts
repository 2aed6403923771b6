/** Installing Debian packages without asking questions and without starting anybody's services. */
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { toolsFolder } from './paths.ts';

/** Debian asks this program before it starts a service; 101 means "not now". */
const POLICY_FILE = '/usr/sbin/policy-rc.d';
const TIME_LIMIT_MS = 240_000;

/** A package, or several of which the first that this distribution offers will do. */
export type PackageChoice = string | readonly string[];

/**
 * Installs the packages; the output goes to `.tools/logs/apt.log`. Resolves with null, or with why it did not work.
 * Reads the package lists first; a failure of that alone is no reason to give up.
 */
export async function aptInstall(choices: readonly PackageChoice[], signal?: AbortSignal): Promise<string | null> {
  if (choices.length === 0) return null;
  const logFile = path.join(toolsFolder, 'logs', 'apt.log');
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const addedPolicy = holdServices();
  try {
    await run(['update'], logFile, signal);
    const packages = await Promise.all(choices.map(offered));
    const code = await run(['install', '-y', '--no-install-recommends', ...packages], logFile, signal);
    return code === 0 ? null : `apt-get install ${packages.join(' ')} did not work; see ${logFile}`;
  } finally {
    if (addedPolicy) fs.rmSync(POLICY_FILE, { force: true });
  }
}

async function offered(choice: PackageChoice): Promise<string> {
  if (typeof choice === 'string') return choice;
  for (const name of choice.slice(0, -1)) {
    // Ends with an error for a package that is not there.
    if (await promisify(execFile)('apt-cache', ['show', name], { maxBuffer: 16_000_000 }).then(() => true, () => false)) return name;
  }
  return choice.at(-1)!;
}

function holdServices(): boolean {
  try {
    fs.writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function run(args: string[], logFile: string, signal?: AbortSignal): Promise<number | null> {
  const log = fs.openSync(logFile, 'a');
  return new Promise((resolve) => {
    const child = spawn('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2', ...args], {
      stdio: ['ignore', log, log],
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, DEBIAN_FRONTEND: 'noninteractive' },
      signal,
      timeout: TIME_LIMIT_MS,
    });
    const end = (code: number | null) => {
      fs.closeSync(log);
      resolve(code);
    };
    let ended = false;
    child.once('error', () => ended || ((ended = true), end(null)));
    child.once('exit', (code) => ended || ((ended = true), end(code)));
  });
}
