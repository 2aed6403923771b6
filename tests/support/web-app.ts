/** The web app alone, as `up` starts it, over an embedded database of its own: pages and REST without the other processes. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureBuild } from '#scripts/supervisor/build.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { serverProcesses } from '#scripts/supervisor/processes.ts';
import { consoleReport } from '#scripts/support/console-report.ts';
import { startTestDatabase } from './database.ts';
import { startProcess } from './server-process.ts';

export interface WebApp {
  /** e.g. `http://localhost:41234` */
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** @param variables environment variables on top. @throws ProcessFailed with the end of its log when it does not become ready */
export async function startWebApp(variables: Record<string, string>): Promise<WebApp> {
  await ensureBuild(consoleReport(process.stderr));
  const [database, dataDir, webPort, realtimePort, uploadPort, rtmpPort] = await Promise.all([startTestDatabase(), mkdtemp(path.join(os.tmpdir(), 'spool-web-')), freePort(), freePort(), freePort(), freePort()]);
  const clear = async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  const environment = { ...process.env, SPOOL_LOG_LEVEL: 'warn', ...variables } as unknown as NodeJS.ProcessEnv;
  const web = serverProcesses({ host: '127.0.0.1', webPort, realtimePort, uploadPort, rtmpPort, dataDir, environment }, database.url).find(({ name }) => name === 'web')!;
  try {
    const end = await startProcess(web, dataDir);
    return { url: `http://localhost:${webPort}`, port: webPort, stop: () => end().finally(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}
