/** Looks around: files, disk, database, remote server. Every question has a time limit; nothing is changed. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { probeLocalEmbeddings } from '#adapters/embeddings-local/index.ts';
import { rtmpAvailability } from '#adapters/nginx-rtmp/availability.ts';
import { SocketCodeRunner } from '#adapters/code-runner-socket/socket-client.ts';
import { runnerSocketPath } from '#adapters/code-runner-socket/socket-path.ts';
import { outlineOf } from '#adapters/code-outline/outline.ts';
import { SandboxRunner } from '#adapters/sandbox/sandbox-runner.ts';
import { probeLocalSpeech } from '#adapters/speech-local/index.ts';
import { systemClock } from '#domain/clock.ts';
import type { RunnerDescription } from '#domain/code/ports.ts';
import { silentLog } from '#domain/log.ts';
import { findChromium } from '#tests/support/browser.ts';
import type { Environment } from '../../config/environment.ts';
import { readLivingRun } from '../supervisor/run-file.ts';
import { canUseApt, findPostgresFolder, missingIngestPackages } from '../support/system-tools.ts';
import { chosenEngine } from './engine-rows.ts';
import type { Findings, RemoteFinding } from './capabilities.ts';

const TIME_LIMIT_MS = 3_000;
/** Where the `openai` package asks when no address is set. */
const OPENAI_ADDRESS = 'https://api.openai.com/v1';

export async function lookAround(environment: Environment): Promise<Findings> {
  const run = readLivingRun(environment.dataDir);
  const [runner, remote, externalDatabase, speechIn, speechOut, interviewer, interests] = await Promise.all([
    askRunner(environment.dataDir, run !== null),
    askRemote(environment),
    askDatabase(environment.DATABASE_URL),
    chosenEngine(environment, 'speech in'),
    chosenEngine(environment, 'speech out'),
    chosenEngine(environment, 'interviewer'),
    chosenEngine(environment, 'interests'),
  ]);
  return {
    engines: { 'speech in': speechIn, 'speech out': speechOut, interviewer, interests },
    localSpeech: probeLocalSpeech(environment.dataDir),
    runner,
    embeddings: probeLocalEmbeddings(),
    ingest: { missing: missingIngestPackages(), running: run && rtmpAvailability(environment.dataDir, systemClock.nowMs()) },
    remote,
    externalDatabase,
    running: run && { pid: run.pid, web: run.ports.web, realtime: run.ports.realtime },
    dataDir: lookAtFolder(environment.dataDir),
    chromium: findChromium() ?? null,
    postgresServer: findPostgresFolder(),
    canUseApt: canUseApt(),
  };
}

/** The runner that runs; otherwise one is started for the question, which proves the sandbox anew. */
async function askRunner(dataDir: string, running: boolean): Promise<RunnerDescription> {
  if (running) {
    const answer = await new SocketCodeRunner(runnerSocketPath(dataDir)).describe().catch(() => null);
    if (answer) return answer;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-doctor-'));
  const runner = new SandboxRunner({ folder: path.join(folder, 'code-runner'), clock: systemClock, log: silentLog, outline: outlineOf, nodeProgram: process.execPath, spares: 0 });
  try {
    await runner.prepared();
    return await runner.describe();
  } finally {
    await runner.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** `GET /models` is what every OpenAI-compatible server answers. */
async function askRemote({ OPENAI_BASE_URL, OPENAI_API_KEY }: Environment): Promise<RemoteFinding | null> {
  if (!OPENAI_BASE_URL && !OPENAI_API_KEY) return null;
  const address = OPENAI_BASE_URL ?? OPENAI_ADDRESS;
  try {
    const response = await fetch(`${address.replace(/\/$/, '')}/models`, {
      headers: OPENAI_API_KEY ? { authorization: `Bearer ${OPENAI_API_KEY}` } : {},
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    await response.body?.cancel();
    if (response.ok || response.status === 404) return { address, ok: true, words: 'The server answers.' };
    return { address, ok: false, words: response.status === 401 || response.status === 403 ? 'The server refuses the key.' : `The server answers HTTP ${response.status}.` };
  } catch {
    return { address, ok: false, words: 'The server does not answer.' };
  }
}

async function askDatabase(url: string | undefined): Promise<Findings['externalDatabase']> {
  if (!url) return null;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: TIME_LIMIT_MS, query_timeout: TIME_LIMIT_MS });
  // A connection that breaks later is told by the query that waits for it.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
    return { ok: true, words: `Postgres ${rows[0]?.version ?? ''} answers.` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { ok: false, words: `It does not answer: ${message || (code ?? 'no reason was given')}.` };
  } finally {
    await client.end().catch(() => {});
  }
}

/** The folder itself or, before the first start, the nearest one above it. */
function lookAtFolder(folder: string): Findings['dataDir'] {
  let existing = folder;
  while (!fs.existsSync(existing)) existing = path.dirname(existing);
  try {
    fs.accessSync(existing, fs.constants.W_OK);
    const { bavail, bsize } = fs.statfsSync(existing);
    return { writable: fs.statSync(existing).isDirectory(), freeBytes: bavail * bsize };
  } catch {
    return { writable: false, freeBytes: null };
  }
}
