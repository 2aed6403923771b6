/**
 * `./spool up`: settings → lock → ports → build → database → migrations → realtime, worker, ingest, code, web → signals.
 * Stays in the foreground; see docs/running.md.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readAmplifyOutputs } from '../config/account-sign-in.ts';
import { ConfigurationError, parseEnvironment } from '../config/environment.ts';
import { BuildFailed, builtHash, ensureBuild } from './supervisor/build.ts';
import { ProcessFailed } from './supervisor/managed-process.ts';
import { freePort, portProblems } from './supervisor/ports.ts';
import { watchDatabase } from './supervisor/database-watch.ts';
import { databaseProcess, serverProcesses } from './supervisor/processes.ts';
import type { InstanceSettings } from './supervisor/processes.ts';
import { leftovers, readRunFile, removeRunFile, writeRunFile } from './supervisor/run-file.ts';
import type { RunFile } from './supervisor/run-file.ts';
import { Supervisor } from './supervisor/supervisor.ts';
import { LogFile } from './supervisor/log-file.ts';
import { aptInstall } from './support/apt.ts';
import { consoleReport } from './support/console-report.ts';
import { repositoryRoot } from './support/paths.ts';
import { identityOf } from './support/process-identity.ts';
import { tryLock } from './support/process-lock.ts';
import { canUseApt, missingIngestPackages, missingSandboxPackages } from './support/system-tools.ts';

/** How long the processes of a killed `up` get to end by themselves. */
const LEFTOVERS_MS = 10_000;
/** How often a running instance looks whether the web app was built anew. */
const BUILD_WATCH_MS = 2_000;

/** A problem that has its own words; anything else is a defect and shows its stack. */
class CannotStart extends Error {
  override name = 'CannotStart';
}

// A terminal that has gone away must not end the supervisor before it has stopped its processes.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const report = consoleReport();
const stopping = new AbortController();

async function up(): Promise<void> {
  const environment = readSettings();
  const { dataDir } = environment;
  const held = holdDataDir(dataDir);
  let supervisor: Supervisor | null = null;
  const signalled = onSignals(() => supervisor);
  try {
    await waitForLeftovers(dataDir);
    const settings: InstanceSettings = {
      host: environment.SPOOL_HOST,
      webPort: environment.SPOOL_PORT || (await freePort(environment.SPOOL_HOST)),
      realtimePort: environment.SPOOL_REALTIME_PORT || (await freePort(environment.SPOOL_HOST)),
      uploadPort: environment.SPOOL_UPLOAD_PORT || (await freePort(environment.SPOOL_HOST)),
      rtmpPort: environment.SPOOL_RTMP_PORT || (await freePort(environment.SPOOL_HOST)),
      dataDir,
      environment: process.env,
    };
    await requireFreePorts(settings);
    const build = await ensureBuild(report, stopping.signal);

    const run: RunFile = {
      ...identityOf(),
      ports: { web: settings.webPort, realtime: settings.realtimePort, database: environment.DATABASE_URL ? null : await freePort() },
      databaseUrl: environment.DATABASE_URL ?? '',
      processes: {},
    };
    const running = new Supervisor({
      logFolder: path.join(dataDir, 'logs'),
      say: report.line,
      changed(processes) {
        run.processes = processes;
        writeRunFile(dataDir, run);
      },
    });
    supervisor = running;
    stopping.signal.throwIfAborted();

    const step = report.step('Starting');
    if (run.ports.database !== null) {
      const { url } = await running.start(databaseProcess(settings, run.ports.database));
      if (typeof url !== 'string') throw new CannotStart('The database started without telling its address. This is a defect; please report it.');
      run.databaseUrl = url;
    }
    await migrate(settings, run.databaseUrl);
    await Promise.all(serverProcesses(settings, run.databaseUrl).map((spec) => running.start(spec)));
    stopping.signal.throwIfAborted();
    step.done();
    process.stdout.write(`Spool is ready: http://localhost:${settings.webPort}\n`);
    void installInBackground(environment.noSystem);
    const unwatch = run.ports.database === null ? () => {} : watchDatabase({ url: run.databaseUrl, onSilent: () => running.replace('database') });
    await untilStopped(build.hash, () => running.restart('web')).finally(unwatch);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  } finally {
    await supervisor?.stop();
    removeRunFile(dataDir);
    held.release();
    signalled.done();
  }
}

function readSettings() {
  const { values } = parseArgs({ options: { 'no-system': { type: 'boolean', default: false } } });
  const environment = parseEnvironment();
  // Only the web app needs them, and it would refuse every request instead of ending.
  readAmplifyOutputs(environment);
  return { ...environment, noSystem: values['no-system'] };
}

/** One instance per data directory: two would write the same files. */
function holdDataDir(dataDir: string) {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    fs.accessSync(dataDir, fs.constants.W_OK);
  } catch {
    throw new CannotStart(`The data directory ${dataDir} cannot be written. Set SPOOL_DATA_DIR to a folder you own.`);
  }
  const held = tryLock(path.join(dataDir, 'up.lock'));
  if ('heldBy' in held) {
    throw new CannotStart(`Another ./spool up (process ${held.heldBy.pid}) uses the data directory ${dataDir}. Stop it, or give this one its own: SPOOL_DATA_DIR=.spool-2 SPOOL_PORT=3001 SPOOL_REALTIME_PORT=8081 SPOOL_UPLOAD_PORT=8091 SPOOL_RTMP_PORT=1936 ./spool up`);
  }
  return held;
}

/** After `kill -9` of `up` its processes end by themselves, the database after closing its files. */
async function waitForLeftovers(dataDir: string): Promise<void> {
  const previous = readRunFile(dataDir);
  if (!previous) return;
  const deadlineMs = performance.now() + LEFTOVERS_MS;
  while (leftovers(previous).length > 0 && performance.now() < deadlineMs) await delay(100, undefined, { signal: stopping.signal });
  const left = leftovers(previous);
  if (left.length > 0) {
    throw new CannotStart(`Processes of an earlier ./spool up that was killed are still there. End them, then start again: kill -9 ${left.map(({ pid }) => pid).join(' ')}`);
  }
  removeRunFile(dataDir);
}

async function requireFreePorts({ host, webPort, realtimePort, uploadPort }: InstanceSettings): Promise<void> {
  const problems = await portProblems(
    [
      { variable: 'SPOOL_PORT', port: webPort, what: 'the web app' },
      { variable: 'SPOOL_REALTIME_PORT', port: realtimePort, what: 'the realtime server' },
      { variable: 'SPOOL_UPLOAD_PORT', port: uploadPort, what: 'files that are sent' },
    ],
    host,
  );
  if (problems.length > 0) throw new CannotStart(problems.join('\n'));
}

async function migrate({ environment, dataDir }: InstanceSettings, databaseUrl: string): Promise<void> {
  const log = new LogFile(path.join(dataDir, 'logs', 'migrate.log'));
  const child = spawn(process.execPath, ['scripts/migrate.ts'], {
    cwd: repositoryRoot,
    env: { ...environment, DATABASE_URL: databaseUrl, SPOOL_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = () => child.kill('SIGKILL');
  stopping.signal.addEventListener('abort', end, { once: true });
  child.stdout.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr.on('data', (chunk: Buffer) => log.write(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  stopping.signal.removeEventListener('abort', end);
  log.close();
  stopping.signal.throwIfAborted();
  if (code !== 0) {
    const tail = log.tail().map((line) => `    ${line}`).join('\n');
    throw new CannotStart(`The database could not be brought up to date (scripts/migrate.ts ended with code ${code}):\n${tail}\nIf DATABASE_URL is set, check that it is reachable and may change the schema.`);
  }
}

/** As root on Debian or Ubuntu: the processes that need it find what has arrived by themselves. */
async function installInBackground(noSystem: boolean): Promise<void> {
  if (noSystem || !canUseApt()) return;
  const features = [
    { what: 'running code', missing: missingSandboxPackages(), lost: 'Code cannot be run in all languages' },
    { what: 'meetings by stream', missing: missingIngestPackages(), lost: 'Meetings cannot be streamed to this machine' },
  ];
  for (const { what, missing, lost } of features) {
    if (missing.length === 0) continue;
    report.line(`Installing ${missing.join(', ')} in the background, for ${what}. (--no-system leaves it out.)`);
    const problem = await aptInstall(missing, stopping.signal);
    if (stopping.signal.aborted) return;
    report.line(problem === null ? `What ${what} needs is installed.` : `${problem}. ${lost}; ./spool doctor tells what is missing.`);
  }
}

/** The first signal stops in order, the second at once. `done` lets the process end. */
function onSignals(supervisor: () => Supervisor | null): { done(): void } {
  const handle = () => {
    if (stopping.signal.aborted) {
      supervisor()?.kill();
      process.exit(130);
    }
    report.line('Stopping … (once more to stop at once)');
    stopping.abort();
    // Also reaches a start that still waits for a process to be ready.
    void supervisor()?.stop();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handle);
  return {
    done() {
      for (const signal of signals) process.off(signal, handle);
    },
  };
}

/** Waits for the signal; when another instance has built the web app anew, the one served here follows. */
async function untilStopped(builtFrom: string, restartWeb: () => void): Promise<void> {
  let served = builtFrom;
  while (!stopping.signal.aborted) {
    await delay(BUILD_WATCH_MS, undefined, { signal: stopping.signal }).catch(() => {});
    const present = builtHash();
    if (present !== null && present !== served && !stopping.signal.aborted) {
      served = present;
      report.line('The web app was built anew; starting it again.');
      restartWeb();
    }
  }
}

try {
  await up();
  process.exit(0);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) {
    report.line(`${(error as Error).message}. What ./spool up takes, ./spool help shows.`);
    process.exit(2);
  }
  const hasWords = [CannotStart, ConfigurationError, BuildFailed, ProcessFailed].some((kind) => error instanceof kind);
  report.line(`\nSpool could not start.\n${hasWords ? (error as Error).message : (error as Error).stack}`);
  process.exit(1);
}
