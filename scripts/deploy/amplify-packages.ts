/**
 * The packages of the cloud definition, for tests and generators. They are over a gigabyte, so they are installed once per
 * lock file into a cache of the person's own, outside the checkout, and shared by all checkouts.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { repositoryRoot, sharedCacheFolder } from '../support/paths.ts';
import { lock } from '../support/process-lock.ts';

const MANIFESTS = ['package.json', 'package-lock.json'];
const TIME_LIMIT_MS = 15 * 60_000;
/** Packages of a lock file that nobody used for this long are removed when another one's are installed. */
const UNUSED_DAYS = 30;
/** What npm says when it did not get the packages for a reason that is not in the lock file. */
const NOT_TO_BE_HAD = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|CERT|ENOSPC|E40[134]|E5\d\d|ETARGET/;

/** Where the packages of exactly this lock file are, or would be: `<cache>/spool/amplify-<digest>/node_modules`. */
export function amplifyPackagesFolder(): string {
  const digest = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const name of MANIFESTS) digest.update(fs.readFileSync(path.join(repositoryRoot, 'amplify', name)));
  return path.join(sharedCacheFolder(), `amplify-${digest.digest('hex').slice(0, 16)}`);
}

/** Where processes that load them keep what V8 made of them: for `NODE_COMPILE_CACHE`. */
export function amplifyCompileCache(): string {
  return path.join(amplifyPackagesFolder(), 'compile-cache');
}

/**
 * Installs them where they are missing; two at once wait for each other, and an interruption leaves nothing that looks whole.
 * Resolves with why they are not to be had here, or null when they are there.
 * @throws when npm refuses the lock file itself
 */
export async function installAmplifyPackages(signal: AbortSignal): Promise<string | null> {
  const folder = amplifyPackagesFolder();
  if (fs.existsSync(folder)) {
    fs.utimesSync(folder, new Date(), new Date());
    return null;
  }
  try {
    fs.mkdirSync(sharedCacheFolder(), { recursive: true });
    fs.accessSync(sharedCacheFolder(), fs.constants.W_OK);
  } catch {
    return `there is no room for the packages of the cloud definition: ${sharedCacheFolder()} cannot be written to`;
  }
  const held = await lock(path.join(sharedCacheFolder(), 'amplify.lock'), () => {}, signal);
  try {
    if (fs.existsSync(folder)) return null;
    const making = `${folder}.making`;
    fs.rmSync(making, { recursive: true, force: true });
    fs.mkdirSync(making);
    for (const name of MANIFESTS) fs.copyFileSync(path.join(repositoryRoot, 'amplify', name), path.join(making, name));
    const logFile = path.join(sharedCacheFolder(), 'amplify-install.log');
    const said = await npmCi(making, logFile, signal);
    if (said === null) {
      fs.renameSync(making, folder);
      removeUnused(folder);
      return null;
    }
    fs.rmSync(making, { recursive: true, force: true });
    if (NOT_TO_BE_HAD.test(said)) return `the packages of the cloud definition could not be installed here; see ${logFile}`;
    throw new Error(`npm does not install amplify/package-lock.json:\n${said.slice(-2_000)}`);
  } finally {
    held.release();
  }
}

/** Null when it went well, else what npm said. Programs that packages would run on installation are not needed. */
function npmCi(folder: string, logFile: string, signal: AbortSignal): Promise<string | null> {
  const log = fs.openSync(logFile, 'w');
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', log, log], signal, timeout: TIME_LIMIT_MS });
  return new Promise((resolve) => {
    const end = (failure: string | null) => {
      fs.closeSync(log);
      resolve(failure === null ? null : `${failure}\n${fs.readFileSync(logFile, 'utf8')}`);
    };
    child.once('error', (error) => end(`ENOTFOUND npm: ${error.message}`));
    child.once('exit', (code, by) => end(code === 0 ? null : by ? `ETIMEDOUT: npm was ended by ${by}` : `npm ended with code ${code}`));
  });
}

function removeUnused(kept: string): void {
  for (const name of fs.readdirSync(sharedCacheFolder())) {
    const folder = path.join(sharedCacheFolder(), name);
    if (!/^amplify-[0-9a-f]{16}$/.test(name) || folder === kept) continue;
    if (Date.now() - fs.statSync(folder).mtimeMs > UNUSED_DAYS * 86_400_000) fs.rmSync(folder, { recursive: true, force: true });
  }
}
