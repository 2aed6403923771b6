/** The live sessions' process: configuration → adapters → services → start → signals. */
import { chooseAudioStorage } from '#adapters/audio.ts';
import { LocalEmbeddings } from '#adapters/embeddings-local/index.ts';
import { reportRealtime } from '#adapters/cloudwatch-emf/index.ts';
import { measureCode } from '#adapters/code-outline/measure-code.ts';
import { openProtection } from '#adapters/ecs/index.ts';
import { chooseEngines } from '#adapters/engines.ts';
import { createOpenAiEngines } from '#adapters/openai/index.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresProblemRepository } from '#adapters/postgres/problem-repository.ts';
import { PostgresWorkspaceReader } from '#adapters/postgres/workspace-reader.ts';
import { createFilesystemProblems } from '#adapters/problems-filesystem/problem-repository.ts';
import { awsSecrets } from '#adapters/secrets/aws-secrets.ts';
import { createLocalSpeech } from '#adapters/speech-local/index.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { traceOf } from '#domain/log.ts';
import { holdWhile } from '#domain/operations/capacity.ts';
import { newSecret } from '#domain/ids.ts';
import { placedByMeaning } from '#domain/interests/placed-extractor.ts';
import { wordsExtractor } from '#domain/interests/words-extractor.ts';
import { pino } from 'pino';
import { ConfigurationError, type Environment, loadEnvironment } from '../config/environment.ts';
import { pageOrigins } from '../config/own-origins.ts';
import { REALTIME_STOP_BUDGET_MS } from '../config/stop-budget.ts';
import { Connection } from './connection.ts';
import { HttpServer } from './http-server.ts';
import { createMetrics } from './metrics.ts';
import { Observation } from './observation.ts';
import { SessionRegistry } from './session-registry.ts';

/** Above it the two cores of a small machine are long busy; more are refused with 503 rather than served badly. */
const MAX_CONNECTIONS = 2_000;

let stopping: Promise<void> | null = null;

async function main(environment: Environment): Promise<void> {
  const log = pino({ name: 'realtime', level: environment.SPOOL_LOG_LEVEL }, pino.destination({ fd: 2, sync: true }));
  if (!environment.DATABASE_URL) throw new ConfigurationError('DATABASE_URL is missing. ./spool up sets it to the embedded database; or set it to postgres://…');
  const clock = systemClock;
  const database = new Database({ url: environment.DATABASE_URL, clock, onWarning: (message) => log.warn({}, message) });
  const store = new PostgresLiveSessionStore(database, enqueueJob);
  const { audio } = await chooseAudioStorage(environment, { clock, log });
  const localVoice = environment.SPOOL_TTS === 'flite' || environment.SPOOL_TTS === 'kokoro' ? environment.SPOOL_TTS : undefined;
  const speech = createLocalSpeech({ dataDir: environment.dataDir, cpuCount: environment.cpuCount, log, clock, tts: localVoice });
  const embeddings = new LocalEmbeddings({ dataDir: environment.dataDir, clock, log });
  const engines = chooseEngines({
    env: environment,
    local: {
      ...speech,
      interestExtractor: placedByMeaning(wordsExtractor, { placer: embeddings, clock, onOutcome: (outcome) => metrics.topicPlacements.inc({ outcome }) }),
    },
    openai: await createOpenAiEngines(environment, { log, clock }),
    clock,
    onDegraded: ({ port, from, to, code, sessionId }) => {
      log.warn({ port, from, to, code }, 'A remote engine failed; the local one goes on.');
      // Cards go on as before for the person; who leads the conversation and speaks does not.
      if (port !== 'interests') registry.local(sessionId)?.notify(new SpoolError('engine.degraded', undefined, { fields: { port, engine: to } }));
    },
  });

  let enginesReady = false;
  const metrics = createMetrics({ sessions: () => registry.size, connections: () => server.connections });
  const writerId = `${environment.hostName}:${environment.SPOOL_REALTIME_PORT}/${newSecret(9)}`;
  const builtIn = createFilesystemProblems();
  const code = { workspace: new PostgresWorkspaceReader(database, new PostgresProblemRepository(database, builtIn)), measure: measureCode };
  const registry: SessionRegistry = new SessionRegistry({ writerId, store, audio, engines, code, chunkSamples: environment.SPOOL_CHUNK_SECONDS * UPLINK_SAMPLE_RATE_HZ, clock, log, metrics: () => metrics });
  const observation = new Observation({ registry, store, audio, clock });
  const server: HttpServer = new HttpServer({
    host: environment.SPOOL_HOST,
    port: environment.SPOOL_REALTIME_PORT,
    allowedOrigins: pageOrigins(environment),
    maxConnections: MAX_CONNECTIONS,
    trustedProxies: environment.SPOOL_TRUSTED_PROXIES,
    ready: async () => enginesReady && (await store.reachable()),
    metrics,
    log,
    onConnection: (socket, query) => new Connection({ socket, hearsPerson: query.get('hear') === 'both', registry, observation, store, clock, log, metrics }),
  });

  const protection = openProtection(environment, { clock, log });
  const endHolding = holdWhile(protection, { clock, log }, () => registry.size > 0);
  const reporter = reportRealtime(environment, metrics.registry, { write: (line) => process.stdout.write(`${line}\n`), clock, log });

  // Before the port opens: people come before everything is ready, and are let go in good order.
  const stop = () => {
    stopping ??= (async () => {
      log.info({}, 'Stopping.');
      server.refuse();
      await registry.stop();
      endHolding();
      protection.stop();
      await reporter.stop();
      await audio.stop();
      await Promise.all([server.stop(), speech.stop(), embeddings.stop(), database.close()]);
    })();
    const forced = setTimeout(() => process.exit(1), REALTIME_STOP_BUDGET_MS);
    stopping.then(
      () => process.exit(0),
      (error: unknown) => {
        clearTimeout(forced);
        log.error(traceOf(error), 'Stopping failed.');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The supervisor is gone: nobody would restart or stop this process any more.
  process.once('disconnect', stop);
  if (process.connected === false) return stop();

  const port = await server.start();
  await audio.start();
  await registry.start();
  await speech.ready();
  // Read now, so that the first code interview does not wait for it; what is wrong with them, it would say then.
  await builtIn.list({ kind: 'person', id: '', name: '', role: 'interviewer' }).catch((error: unknown) => log.warn(traceOf(error), 'The problems of code interviews cannot be read.'));
  if (stopping) return;
  enginesReady = true;
  reporter.start();
  log.info({ port, transcriber: engines.transcriber.name, synthesizer: engines.synthesizer?.name ?? 'none', interviewer: engines.interviewer.name, interests: engines.interestExtractor.name }, 'Ready for sessions.');
  process.send?.({ type: 'ready', port });
}

try {
  await main(await loadEnvironment(awsSecrets));
} catch (error) {
  // What still starts while everything stops finds its parts gone.
  if (!stopping) {
    // Configuration problems are for a person to read; anything else needs its stack.
    process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
}
