/** The process that runs candidates' code: configuration → sandbox → queue → socket → signals. */
import path from 'node:path';
import { pino } from 'pino';
import { outlineOf } from '#adapters/code-outline/outline.ts';
import { runnerSocketPath } from '#adapters/code-runner-socket/socket-path.ts';
import { SandboxRunner } from '#adapters/sandbox/sandbox-runner.ts';
import { systemClock } from '#domain/clock.ts';
import { ConfigurationError, parseEnvironment } from '../../config/environment.ts';
import type { Environment } from '../../config/environment.ts';
import { FairRunner } from './fair-runner.ts';
import { SocketServer } from '#adapters/code-runner-socket/socket-server.ts';

/** Per processor: many a program sleeps or waits for its own time limit. */
const SLOTS_PER_PROCESSOR = 2;

async function main(environment: Environment): Promise<void> {
  const log = pino({ name: 'code-runner', level: environment.SPOOL_LOG_LEVEL, base: { process: 'code-runner' } }, pino.destination({ fd: 2, sync: true }));
  const sandbox = new SandboxRunner({ folder: path.join(environment.dataDir, 'code-runner'), clock: systemClock, log, outline: outlineOf, nodeProgram: process.execPath });
  const server = new SocketServer(new FairRunner({ inner: sandbox, slots: environment.cpuCount * SLOTS_PER_PROCESSOR }), log);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await Promise.all([server.stop(), sandbox.stop()]);
    log.info({}, 'The code runner has stopped.');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop());

  await sandbox.start();
  await server.start(runnerSocketPath(environment.dataDir));
  const { unavailable, enforcement } = await sandbox.describe();
  log.info({ unavailable, enforcement }, unavailable === null ? 'Ready to run code.' : 'Running code is off.');
  process.send?.({ type: 'ready' });
}

try {
  await main(parseEnvironment());
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
