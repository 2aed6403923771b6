/** Programs that come from Python's package index, each set in an environment of its own in the cache that all checkouts share. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { sharedCacheFolder, toolsFolder } from './paths.ts';
import { lock } from './process-lock.ts';
import { findProgram } from './system-tools.ts';

export interface PythonTools {
  /** Of its folder and its log. */
  name: string;
  /** Exact versions, as pip reads them: a path. */
  requirements: string;
  /** Python that fails unless all of it is there. */
  whole: string;
}

const TIME_LIMIT_MS = 300_000;
/** The oldest Python that all of the requirements support. */
const USABLE_PYTHON = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))';

/** Where the environment with exactly these requirements is, or would be. */
function pythonToolsFolder({ name, requirements }: PythonTools): string {
  return path.join(sharedCacheFolder(), `${name}-${createHash('sha256').update(fs.readFileSync(requirements)).digest('hex').slice(0, 16)}`);
}

/** A program of it; null when it is not installed (or the Python it was made with is gone). */
export function findPythonTool(tools: PythonTools, program = 'python3'): string | null {
  return findProgram(program, [path.join(pythonToolsFolder(tools), 'bin')], '');
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
 * interruption leaves nothing that looks installed; two at once wait for each other. Output goes to `.tools/logs/<name>.log`.
 */
export async function installPythonTools(tools: PythonTools, signal: AbortSignal): Promise<string | null> {
  const { name, requirements, whole } = tools;
  const folder = pythonToolsFolder(tools);
  fs.mkdirSync(sharedCacheFolder(), { recursive: true });
  const held = await lock(path.join(sharedCacheFolder(), `${name}.lock`), () => {}, signal);
  try {
    const installed = findPythonTool(tools);
    if (installed && (await succeeds(installed, whole))) return null;
    for (const left of fs.readdirSync(sharedCacheFolder())) {
      if (left.startsWith(`${name}-`) && left.includes('.making-')) fs.rmSync(path.join(sharedCacheFolder(), left), { recursive: true, force: true });
    }
    const python = await findPython();
    if (!python) return 'there is no Python 3.11 or newer with venv here (Debian: python3-venv)';
    const logFile = path.join(toolsFolder, 'logs', `${name}.log`);
    // Of this process: one that was killed may have left children that still write into theirs.
    const making = `${folder}.making-${process.pid}`;
    if ((await run(python, ['-m', 'venv', making], logFile, signal)) !== 0) return `Python could not make an environment; see ${logFile}`;
    // Compiling what is never imported would take longer than the rest.
    const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--retries', '2', '--timeout', '15', 'install', '--no-compile', '--only-binary', ':all:', '-r', requirements];
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
