/** The Next build, made when the tree has changed since the last one and shared by all instances of this tree. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { ConsoleReport } from '../support/console-report.ts';
import { repositoryRoot, toolsFolder } from '../support/paths.ts';
import { lock } from '../support/process-lock.ts';
import { LogFile } from './log-file.ts';
import { treeHash } from './tree-hash.ts';

/** Thrown when the build fails; the message holds the end of its log. */
export class BuildFailed extends Error {
  override name = 'BuildFailed';
}

const stampFile = path.join(repositoryRoot, '.next', 'spool-build');

/** The fingerprint of the tree the present build was made of; null without a complete build. */
export function builtHash(): string | null {
  try {
    return fs.readFileSync(stampFile, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Builds unless the present build is of this very tree. One build at a time over all processes.
 * @throws BuildFailed
 */
export async function ensureBuild(report: ConsoleReport, signal?: AbortSignal): Promise<{ hash: string; built: boolean }> {
  if (builtHash() === treeHash(repositoryRoot)) return { hash: treeHash(repositoryRoot), built: false };
  const held = await lock(
    path.join(toolsFolder, 'build.lock'),
    ({ pid }) => report.line(`Another Spool (process ${pid}) is building the web app; waiting for it.`),
    signal,
  );
  try {
    const hash = treeHash(repositoryRoot);
    if (builtHash() === hash) return { hash, built: false };
    const step = report.step('Building the web app');
    fs.rmSync(stampFile, { force: true });
    try {
      await runNext(['build'], path.join(toolsFolder, 'logs', 'build.log'), signal);
    } catch (error) {
      step.failed();
      throw error;
    }
    fs.writeFileSync(stampFile, hash);
    step.done();
    return { hash, built: true };
  } finally {
    held.release();
  }
}

/** Runs the Next command line with its output in a log. @throws BuildFailed */
export async function runNext(args: string[], logFile: string, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const log = new LogFile(logFile);
  const child = spawn(process.execPath, [path.join(repositoryRoot, 'node_modules/next/dist/bin/next'), ...args], {
    cwd: repositoryRoot,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stop = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  signal?.addEventListener('abort', stop, { once: true });
  child.stdout.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr.on('data', (chunk: Buffer) => log.write(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  signal?.removeEventListener('abort', stop);
  log.close();
  signal?.throwIfAborted();
  if (code !== 0) {
    const tail = log.tail().map((line) => `    ${line}`).join('\n');
    throw new BuildFailed(`next ${args[0]} ended with code ${code}. The end of its log (${logFile}):\n${tail}\nCorrect what it names, then start again.`);
  }
}
