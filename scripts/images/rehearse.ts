/**
 * `node scripts/images/rehearse.ts [--quick] [<Dockerfile>…]`: takes the steps of our Dockerfiles in temporary folders, starts
 * what they make beside an embedded database, and waits until its own health check is content. Without an engine; what
 * that leaves out is listed. `--quick` links the installed packages instead of running `npm ci`.
 */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { freePort } from '../supervisor/ports.ts';
import { repositoryRoot } from '../support/paths.ts';
import { buildSteps, inStage } from './build-steps.ts';
import type { BuiltStage } from './build-steps.ts';
import { LOCAL_DOCKERFILES, SERVICES } from './services.ts';

const run = promisify(execFile);
/** Of a health check's own interval. */
const ASK_AGAIN_MS = 250;
const MAX_TRIES = 240;
/** Each process says so once it can be told to stop, too. */
const SAYS_READY = /Ready for sessions|The worker is ready|Streams can come in|Ready to run code|Ready in/;
const STOP_BUDGET_MS = 10_000;

export interface RehearseOptions {
  dockerfile: string;
  databaseUrl: string;
  /** False: the packages of this checkout are linked by the image's lock file, which takes a second instead of half a minute. */
  install: boolean;
}
export interface Rehearsal {
  leftOut: string[];
  user: string;
  /** Of the installed packages. */
  packageNames: string[];
  sizeBytes: number;
  /** With which it ended after SIGTERM. */
  exitCode: number | null;
  /** What the process said. */
  log: string;
}

/** @throws Error when a step fails, the process ends by itself or its health check is never content */
export async function rehearse({ dockerfile, databaseUrl, install }: RehearseOptions): Promise<Rehearsal> {
  const into = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-image-'));
  const leftOut: string[] = [];
  try {
    const stage = await buildSteps({
      context: repositoryRoot,
      dockerfile,
      into,
      install: install ? npm : linkPackages,
      onLeftOut: (command) => leftOut.push(command),
    });
    const app = inStage(stage, '.');
    const started = await start(stage, databaseUrl);
    return { leftOut, user: stage.user, packageNames: packagesIn(path.join(app, 'node_modules')), sizeBytes: sizeOf(app), ...started };
  } finally {
    fs.rmSync(into, { recursive: true, force: true });
  }
}

/** Starts it, asks its health check until that says yes, and ends it as an engine does. */
async function start(stage: BuiltStage, databaseUrl: string): Promise<{ exitCode: number | null; log: string }> {
  const environment: NodeJS.ProcessEnv = { NODE_ENV: 'production', ...stage.environment, PATH: process.env.PATH ?? '', HOME: os.homedir(), DATABASE_URL: databaseUrl, SPOOL_HOST: '127.0.0.1' };
  if (stage.environment.SPOOL_DATA_DIR) environment.SPOOL_DATA_DIR = inStage(stage, stage.environment.SPOOL_DATA_DIR);
  const moved: [string, string][] = [['/data/', `${environment.SPOOL_DATA_DIR}/`], ['0.0.0.0', '127.0.0.1']];
  for (const [name, value] of Object.entries(stage.environment).filter(([name]) => /_PORT$/.test(name))) {
    const port = String(await freePort());
    environment[name] = port;
    moved.push([`127.0.0.1:${value}`, `127.0.0.1:${port}`], [value, port]);
  }
  // A port and a folder of this machine in the place of the image's.
  const here = (word: string) => moved.reduce((text, [from, to]) => (text === from ? to : /^\d+$/.test(from) ? text : text.replaceAll(from, to)), word);
  const [program = '', ...words] = stage.command.map(here);
  const cwd = inStage(stage, '.');
  if (program !== 'node') throw new Error(`It starts with ${program}: only node is known here.`);
  const child = spawn(process.execPath, words, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  try {
    await healthy(child, stage.healthcheck.map(here), cwd, environment);
    await until(child, () => SAYS_READY.test(log), 'It never said that it is ready.');
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log.slice(-4_000)}`, { cause: error });
  } finally {
    child.kill('SIGTERM');
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_BUDGET_MS);
    await exited;
    clearTimeout(forced);
  }
  return { exitCode: (await exited)[0], log };
}

async function healthy(child: ChildProcess, [, ...words]: string[], cwd: string, environment: NodeJS.ProcessEnv): Promise<void> {
  if (words.length === 0) throw new Error('It has no health check.');
  const content = () => run(process.execPath, words, { cwd, env: environment }).then(() => true, () => false);
  await until(child, content, 'Its health check was never content.');
}

async function until(child: ChildProcess, holds: () => boolean | Promise<boolean>, problem: string): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The process ended by itself with code ${child.exitCode}.`);
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  throw new Error(problem);
}

async function npm(folder: string, words: string[]): Promise<void> {
  await run('npm', [...words, '--prefer-offline'], { cwd: folder, maxBuffer: 32 * 1024 ** 2 });
}

/** What `npm ci` would install by the lock file there, as hard links to what is installed here. */
async function linkPackages(folder: string, _words: string[]): Promise<void> {
  const lock = JSON.parse(fs.readFileSync(path.join(folder, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean }> };
  for (const [key, { dev }] of Object.entries(lock.packages)) {
    const from = path.join(repositoryRoot, key);
    if (key === '' || dev || !fs.existsSync(from)) continue; // not of this platform
    const nested = path.join(from, 'node_modules');
    fs.mkdirSync(path.join(folder, path.dirname(key)), { recursive: true });
    linkFolder(from, path.join(folder, key), nested);
  }
}

/** Hard links where the temporary folder is on the same disk; the files are only ever removed, never written. */
function linkFolder(from: string, to: string, but: string): void {
  fs.mkdirSync(to, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (source === but) continue;
    if (entry.isDirectory()) linkFolder(source, target, but);
    else if (entry.isFile()) {
      try {
        fs.linkSync(source, target);
      } catch {
        fs.copyFileSync(source, target);
      }
    }
  }
}

function packagesIn(folder: string): string[] {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
  return names.flatMap((name) => (name.startsWith('@') ? fs.readdirSync(path.join(folder, name)).map((inner) => `${name}/${inner}`) : [name])).sort();
}

function sizeOf(folder: string): number {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean', default: false } }, allowPositionals: true });
  const { startTestDatabase } = await import('#tests/support/database.ts');
  // LangFlow's is not ours to start; the function's is prepared for Lambda, in folders of the whole machine.
  const ours = [...SERVICES.filter(({ name }) => name !== 'langflow' && name !== 'codeFunction').map(({ dockerfile }) => dockerfile), ...LOCAL_DOCKERFILES];
  for (const dockerfile of positionals.length > 0 ? positionals : ours) {
    const database = await startTestDatabase();
    const startedMs = performance.now();
    try {
      const { leftOut, packageNames, sizeBytes, user, exitCode } = await rehearse({ dockerfile, databaseUrl: database.url, install: !values.quick });
      console.log(`ok    ${dockerfile}: ${packageNames.length} packages, ${Math.round(sizeBytes / 1e6)} MB beside the base image, as ${user}, ended with ${exitCode}, ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
      for (const command of leftOut) console.log(`        left out here: ${command}`);
    } catch (error) {
      console.log(`FAIL  ${dockerfile}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    } finally {
      await database.close();
    }
  }
}
