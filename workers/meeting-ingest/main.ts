/** The process that takes in streams: configuration → database → tools of the system → intake → feeds → signals. */
import { pino } from 'pino';
import { openProtection } from '#adapters/ecs/index.ts';
import { HEARTBEAT_MS, prepareIngestFolder, rtmpAvailability, writeIngestState } from '#adapters/nginx-rtmp/availability.ts';
import type { IngestState } from '#adapters/nginx-rtmp/availability.ts';
import { diskOwner } from '#adapters/nginx-rtmp/disk-owner.ts';
import { RtmpIntake } from '#adapters/nginx-rtmp/rtmp-intake.ts';
import { findRtmpTools } from '#adapters/nginx-rtmp/rtmp-tools.ts';
import type { RtmpTools } from '#adapters/nginx-rtmp/rtmp-tools.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresMeetingIngestStore } from '#adapters/postgres/meeting-ingest-store.ts';
import { PostgresStreamClaims } from '#adapters/postgres/stream-claims.ts';
import { awsSecrets } from '#adapters/secrets/aws-secrets.ts';
import { systemClock } from '#domain/clock.ts';
import type { SpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import { holdWhile } from '#domain/operations/capacity.ts';
import { ConfigurationError, loadEnvironment } from '../../config/environment.ts';
import type { Environment } from '../../config/environment.ts';
import { INGEST_STOP_BUDGET_MS } from '../../config/stop-budget.ts';
import { streamUrlNearby } from '../../config/stream-url.ts';
import { MeetingIngest } from './meeting-ingest.ts';

/** `./spool up` installs what is missing while this process runs already. */
const LOOK_FOR_TOOLS_MS = 5_000;

async function main(environment: Environment & { DATABASE_URL: string }): Promise<void> {
  const log = pino({ name: 'meeting-ingest', level: environment.SPOOL_LOG_LEVEL, base: { process: 'meeting-ingest' } }, pino.destination({ fd: 2, sync: true }));
  const clock = systemClock;
  const { dataDir, SPOOL_RTMP_PORT: port } = environment;
  const database = new Database({ url: environment.DATABASE_URL, maxConnections: 3, clock, onWarning: (message) => log.warn({}, message) });
  const store = new PostgresMeetingIngestStore(database);
  // Nobody but this user, and nginx, reads what senders stream.
  process.umask(0o077);
  prepareIngestFolder(dataDir);

  let state: IngestState = { problem: 'It is being started.', improve: null, port };
  const tell = (change: Partial<IngestState> = {}) => {
    const before = state;
    state = { ...state, ...change };
    if (state.problem !== before.problem) log.info({ problem: state.problem }, state.problem === null ? 'Streams can come in.' : 'Streams cannot come in.');
    writeIngestState(dataDir, state, clock.nowMs());
  };
  let running: { ingest: MeetingIngest; intake: RtmpIntake } | null = null;
  // What came and is not in a session yet lies on this task's disk alone.
  const protection = openProtection(environment, { clock, log });
  const endHolding = holdWhile(protection, { clock, log }, () => (running?.intake.streams().length ?? 0) > 0);
  let cancelBeat = () => {};
  let cancelSearch = () => {};
  const beat = () => {
    tell();
    cancelBeat = clock.schedule(HEARTBEAT_MS, beat);
  };

  const open = async (tools: RtmpTools): Promise<void> => {
    const intake: RtmpIntake = new RtmpIntake({
      tools,
      dataDir,
      host: environment.SPOOL_HOST,
      port,
      clock,
      log,
      admit: (key) => ingest.admit(key),
      onState: (problem) => tell(problem === null ? { problem: null, improve: null } : wordsFor(problem, port)),
    });
    const ingest = new MeetingIngest({ intake, store, claims: new PostgresStreamClaims(database), owner: diskOwner(dataDir), url: streamUrlNearby(environment), graceMs: environment.SPOOL_STREAM_GRACE_SECONDS * 1000, clock, log });
    running = { ingest, intake };
    await ingest.start();
    await intake.start();
    ingest.look();
  };
  const search = async (): Promise<void> => {
    const found = findRtmpTools();
    if ('tools' in found) return open(found.tools);
    tell({ problem: `Not installed: ${found.missing.join(', ')}.`, improve: `apt-get install ${found.missing.join(' ')}` });
    cancelSearch = clock.schedule(LOOK_FOR_TOOLS_MS, () => void search().catch(fail));
  };

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), INGEST_STOP_BUDGET_MS).unref();
    cancelBeat();
    cancelSearch();
    endHolding();
    protection.stop();
    // Senders first: what they would send now nobody reads.
    await Promise.all([running?.ingest.vacate(), running?.intake.stop()]);
    await running?.ingest.stop();
    tell({ problem: 'Spool was stopped.', improve: './spool up' });
    await database.close();
    process.exit(0);
  };
  const fail = (error: unknown) => {
    log.error(traceOf(error), 'Taking in streams failed.');
    process.exit(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop().catch(fail));

  beat();
  // Nothing else waits for a port that is taken or for what is not installed.
  process.send?.({ type: 'ready' });
  await search();
}

function wordsFor({ fields }: SpoolError, port: number): Pick<IngestState, 'problem' | 'improve'> {
  return fields?.reason === 'port_in_use'
    ? { problem: `Port ${port} is in use, perhaps by another ./spool up.`, improve: `SPOOL_RTMP_PORT=${port + 1} ./spool up` }
    : { problem: 'nginx does not start.', improve: 'nginx -t, and its words in the log of meeting-ingest' };
}

try {
  const environment = await loadEnvironment(awsSecrets);
  // For whoever watches a container: 0 while streams can come in.
  if (process.argv.includes('--health')) process.exit(rtmpAvailability(environment.dataDir, systemClock.nowMs()).available ? 0 : 1);
  if (!environment.DATABASE_URL) throw new ConfigurationError('Taking in streams needs DATABASE_URL. ./spool up sets it; with a database of your own: postgres://user:password@host:5432/database');
  await main({ ...environment, DATABASE_URL: environment.DATABASE_URL });
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
