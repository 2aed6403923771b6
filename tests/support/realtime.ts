/** The real realtime server as a child process on a real database, and people with sessions in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresInterestRepository } from '#adapters/postgres/interest-repository.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor, Role } from '#domain/actor.ts';
import { systemClock } from '#domain/clock.ts';
import { newId, newSecret } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import { sha256Hex } from '#domain/hash.ts';
import type { Interest } from '#domain/interests/interest.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import type { Session, SessionEvent, SessionKind, TranscriptItem } from '#domain/session/session.ts';
import type { StreamRole } from '#domain/stream/protocol.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { startTestDatabase } from './database.ts';
import { shareListedVectors } from './embeddings.ts';
import { type Participant, type ParticipantOptions, joinSession } from './stream-client.ts';

export interface RealtimeServer {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** What it wrote to standard error. */
  log(): string;
  /** SIGTERM, then waits for the end. @returns the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL, then waits for the end. */
  kill(): Promise<void>;
}
export interface RealtimeWorld {
  databaseUrl: string;
  dataDir: string;
  person: PersonActor;
  sessions: PostgresSessionRepository;
  audio: AudioLog;
  startServer(port?: number, variables?: Record<string, string>): Promise<RealtimeServer>;
  newPerson(name?: string, role?: Role): Promise<PersonActor>;
  createSession(kind: SessionKind, owner?: PersonActor): Promise<Session>;
  ticket(sessionId: string, role?: StreamRole, owner?: PersonActor): Promise<string>;
  /** Joins as the page does, with a fresh ticket for every connection. */
  join(server: RealtimeServer | (() => RealtimeServer), sessionId: string, options?: Partial<ParticipantOptions>): Promise<Participant>;
  transcript(sessionId: string): Promise<TranscriptItem[]>;
  events(sessionId: string): Promise<SessionEvent[]>;
  interests(sessionId: string): Promise<Interest[]>;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** @param databaseUrl an existing database; by default an embedded one of this world's own */
export async function openRealtimeWorld(databaseUrl?: string): Promise<RealtimeWorld> {
  const embedded = databaseUrl ? null : await startTestDatabase();
  const url = databaseUrl ?? embedded!.url;
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-world-'));
  await shareListedVectors(dataDir);
  const database = new Database({ url });
  const people = new PostgresPeopleRepository(database);
  const sessions = new PostgresSessionRepository(database, enqueueJob);
  const interests = new PostgresInterestRepository(database, enqueueJob);
  const audio = createFilesystemAudioLog({ directory: dataDir, clock: systemClock, log: silentLog });
  const servers = new Set<RealtimeServer>();
  const newPerson = async (name = 'Ada Lovelace', role: Role = 'learner'): Promise<PersonActor> => {
    const person: PersonActor = { kind: 'person', id: newId(), name, role };
    await people.ensurePerson(person);
    return person;
  };
  const person = await newPerson();
  const ticket = async (sessionId: string, role: StreamRole = 'participant', owner = person): Promise<string> => {
    const secret = newSecret();
    const issued = await sessions.issueTicket(owner, sessionId, { tokenHash: await sha256Hex(secret), role, expiresAtMs: Date.now() + 60_000 });
    if (issued === null) throw new Error('No ticket for this session.');
    return secret;
  };
  return {
    databaseUrl: url,
    dataDir,
    person,
    sessions,
    audio,
    newPerson,
    ticket,
    async startServer(port, variables = {}) {
      const server = await spawnServer(port ?? (await freePort()), { DATABASE_URL: url, SPOOL_DATA_DIR: dataDir, ...variables });
      servers.add(server);
      return server;
    },
    createSession: (kind, owner = person) => sessions.create(owner, { id: newId(), kind, title: `A ${kind} session`, templateId: null, recordingConsent: true }),
    join: (server, sessionId, options = {}) =>
      joinSession({
        getTicket: async () => ({ url: (typeof server === 'function' ? server() : server).url, ticket: await ticket(sessionId) }) as never,
        ...options,
      }),
    transcript: async (sessionId) => (await sessions.transcript(person, sessionId)) ?? [],
    events: async (sessionId) => (await sessions.events(person, sessionId, 0, 1_000)) ?? [],
    interests: async (sessionId) => (await interests.list(person, sessionId)) ?? [],
    async close() {
      await Promise.all([...servers].map((server) => server.kill()));
      await database.close();
      await embedded?.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function spawnServer(port: number, variables: Record<string, string>): Promise<RealtimeServer> {
  const child = spawn(process.execPath, ['realtime-server/main.ts'], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: process.env.HOME, SPOOL_REALTIME_PORT: String(port), SPOOL_LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr!.on('data', (data: Buffer) => (log += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The realtime server was not ready in ${START_TIMEOUT_MS} ms:\n${log}`)), START_TIMEOUT_MS);
    child.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The realtime server ended with ${code}:\n${log}`));
    });
  });
  const signal = async (name: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
    return ended;
  };
  return {
    url: `ws://127.0.0.1:${port}/v1/stream`,
    port,
    process: child,
    log: () => log,
    stop: () => signal('SIGTERM'),
    async kill() {
      await signal('SIGKILL');
    },
  };
}
