/** A freshly started realtime server and embedded database, each a process of its own, and what they cost. */
import { type ChildProcess, fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '#scripts/support/paths.ts';
import { prepareDatabaseFolder } from '#tests/support/database.ts';
import { type RealtimeServer, type RealtimeWorld, openRealtimeWorld } from '#tests/support/realtime.ts';
import { countEach } from './load-report.ts';
import { nowMs } from './person.ts';
import { childrenOf, machineBusySeconds, mainThreadSeconds, processTimes } from './processor-share.ts';

const START_TIMEOUT_MS = 30_000;

export interface House {
  databaseUrl: string;
  world: RealtimeWorld;
  server: RealtimeServer;
  /** Engine names, from the server's own log. */
  engines: Record<string, string>;
  /** Warnings and errors in the server's log, and how often each. */
  complaints(): Record<string, number>;
  /** Begins a measurement of processor time; `generators` are the load processes. */
  meter(generators: number[]): Promise<() => Promise<Consumption>>;
  /** `gracefully`: the server ends by itself, so that it can write a profile. */
  close(options?: { gracefully: boolean }): Promise<void>;
}

/** Shares of one processor; null where the system does not tell. */
export interface Consumption {
  server: number | null;
  /** Of it the event loop's thread. */
  serverEventLoop: number | null;
  transcription: number | null;
  voiceActivity: number | null;
  database: number | null;
  generator: number | null;
  /** Everything else on the machine. */
  others: number | null;
  /** Of the server, timer resolution of 10 ms included. */
  eventLoopP99Ms: number | null;
  eventLoopMaxMs: number | null;
}

/** @param variables of the server's environment, besides address, port and directories */
export async function openHouse(variables: Record<string, string> = {}): Promise<House> {
  const dir = await prepareDatabaseFolder();
  const database = fork(path.join(repositoryRoot, 'scripts/database.ts'), ['--dir', dir], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  const closeDatabase = async () => {
    if (database.exitCode === null && database.signalCode === null) {
      const exited = new Promise((resolve) => database.once('exit', resolve));
      database.kill('SIGTERM');
      await exited;
    }
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const databaseUrl = await readyUrl(database);
    const world = await openRealtimeWorld(databaseUrl);
    const server = await world.startServer(undefined, { SPOOL_LOG_LEVEL: 'info', ...variables });
    return {
      databaseUrl,
      world,
      server,
      engines: enginesIn(server.log()),
      complaints: () => complaintsIn(server.log()),
      meter: (generators) => meter(server, database.pid!, generators),
      async close({ gracefully } = { gracefully: false }) {
        if (gracefully) await server.stop();
        await world.close();
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

function readyUrl(database: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The database was not ready in ${START_TIMEOUT_MS} ms.`)), START_TIMEOUT_MS);
    database.once('message', (message) => {
      clearTimeout(timer);
      resolve((message as { url: string }).url);
    });
    database.once('exit', (code) => reject(new Error(`The database ended with ${code}.`)));
  });
}

function enginesIn(log: string): Record<string, string> {
  const line = log.split('\n').find((each) => each.includes('"Ready for sessions."'));
  if (!line) return {};
  const { transcriber, synthesizer, interviewer } = JSON.parse(line) as Record<string, string>;
  return { transcriber: transcriber!, synthesizer: synthesizer!, interviewer: interviewer! };
}

const WARNING_LEVEL = 40; // pino's

function complaintsIn(log: string): Record<string, number> {
  const entries = log.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { level: number; msg: string; errno?: string; code?: string });
  return countEach(entries.filter(({ level }) => level >= WARNING_LEVEL).map(({ msg, errno, code }) => [msg, errno ?? code].filter(Boolean).join(' ')));
}

async function meter(server: RealtimeServer, databasePid: number, generators: number[]): Promise<() => Promise<Consumption>> {
  const pid = server.process.pid!;
  const children = childrenOf(pid);
  // The transcribers are warmed first, then the voice detector (adapters/speech-local/index.ts).
  const [transcribers, detector] = [children.slice(0, -1), children.slice(-1)];
  const seconds = (pids: number[]) => pids.reduce<number | null>((sum, each) => add(sum, processTimes(each)?.cpuSeconds ?? null), 0);
  const read = () => ({
    atMs: nowMs(),
    server: seconds([pid]),
    serverEventLoop: mainThreadSeconds(pid),
    transcription: seconds(transcribers),
    voiceActivity: seconds(detector),
    database: seconds([databasePid]),
    generator: seconds([process.pid, ...generators]),
    machine: machineBusySeconds(),
  });
  await eventLoopDelay(server.port); // reading it starts it anew
  const before = read();
  return async () => {
    const after = read();
    const delay = await eventLoopDelay(server.port);
    const share = (name: keyof typeof before) => {
      const [from, to] = [before[name], after[name]];
      return from === null || to === null ? null : ((to - from) * 1000) / (after.atMs - before.atMs);
    };
    const parts = { server: share('server'), transcription: share('transcription'), voiceActivity: share('voiceActivity'), database: share('database'), generator: share('generator') };
    const ours = Object.values(parts).reduce<number | null>(add, 0);
    const machine = share('machine');
    return { ...parts, serverEventLoop: share('serverEventLoop'), others: machine === null || ours === null ? null : Math.max(0, machine - ours), ...delay };
  };
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

async function eventLoopDelay(port: number): Promise<{ eventLoopP99Ms: number | null; eventLoopMaxMs: number | null }> {
  const text = await fetch(`http://127.0.0.1:${port}/metrics`).then((response) => response.text(), () => '');
  const value = (name: string) => {
    const found = new RegExp(`^${name} ([\\d.e+-]+)$`, 'm').exec(text)?.[1];
    return found === undefined ? null : Number(found) * 1000;
  };
  return { eventLoopP99Ms: value('nodejs_eventloop_lag_p99_seconds'), eventLoopMaxMs: value('nodejs_eventloop_lag_max_seconds') };
}
