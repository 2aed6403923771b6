/** Installs moto, the stand-in for AWS in tests, into a Python environment of its own below `.tools`. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { toolsFolder } from './paths.ts';
import { lock } from './process-lock.ts';
import { findProgram } from './system-tools.ts';

const REQUIREMENTS = path.join(import.meta.dirname, 'moto-requirements.txt');
const TIME_LIMIT_MS = 300_000;
/** The oldest Python that all of the requirements support. */
const USABLE_PYTHON = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))';
const WHOLE = 'import boto3, flask_cors, jsonpath_ng, moto.server';

/** Where the environment with exactly these requirements is, or would be. */
export function motoFolder(): string {
  return path.join(toolsFolder, `moto-${createHash('sha256').update(fs.readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16)}`);
}

/** Its interpreter; null when it is not installed (or the Python it was made with is gone). */
export function findMoto(): string | null {
  return findProgram('python3', [path.join(motoFolder(), 'bin')], '');
}

/** A Python that can make environments; null when there is none. */
export async function findPython(): Promise<string | null> {
  for (const folder of new Set(['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean)])) {
    const python = findProgram('python3', [folder], '');
    if (python && (await succeeds(python, USABLE_PYTHON))) return python;
  }
  return null;
}

/**
 * Resolves with null once it is there, or with why it is not. The folder gets its name only when it is whole, so an
 * interruption leaves nothing that looks installed; two at once wait for each other. Output goes to `.tools/logs/moto.log`.
 */
export async function installMoto(signal: AbortSignal): Promise<string | null> {
  const folder = motoFolder();
  const held = await lock(path.join(toolsFolder, 'moto.lock'), () => {}, signal);
  try {
    const installed = findMoto();
    if (installed && (await succeeds(installed, WHOLE))) return null;
    for (const name of fs.readdirSync(toolsFolder)) {
      if (name.startsWith('moto-')) fs.rmSync(path.join(toolsFolder, name), { recursive: true, force: true });
    }
    const python = await findPython();
    if (!python) return 'there is no Python 3.11 or newer with venv here (Debian: python3-venv)';
    const logFile = path.join(toolsFolder, 'logs', 'moto.log');
    const making = `${folder}.making`;
    if ((await run(python, ['-m', 'venv', making], logFile, signal)) !== 0) return `Python could not make an environment; see ${logFile}`;
    // Compiling what is never imported would take longer than the rest.
    const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--retries', '2', '--timeout', '15', 'install', '--no-compile', '--only-binary', ':all:', '-r', REQUIREMENTS];
    if ((await run(path.join(making, 'bin', 'python3'), pip, logFile, signal)) !== 0) return `Python's package index could not be reached, or lacks a version; see ${logFile}`;
    fs.renameSync(making, folder);
    return null;
  } finally {
    held.release();
  }
}

function succeeds(python: string, program: string): Promise<boolean> {
  return promisify(execFile)(python, ['-c', program], { timeout: 60_000 }).then(() => true, () => false);
}

function run(program: string, args: string[], logFile: string, signal: AbortSignal): Promise<number | null> {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, 'a');
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', log, log], signal, timeout: TIME_LIMIT_MS });
    let ended = false;
    const end = (code: number | null) => {
      if (ended) return;
      ended = true;
      fs.closeSync(log);
      resolve(code);
    };
    child.once('error', () => end(null));
    child.once('exit', end);
  });
}
