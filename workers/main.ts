/** The worker's composition root: configuration → database → queue → handlers → start → signals. */
import { pino } from 'pino';
import { reportWorker } from '#adapters/cloudwatch-emf/index.ts';
import { chooseAudioStorage } from '#adapters/audio.ts';
import { measureCode } from '#adapters/code-outline/measure-code.ts';
import { openCapacity, openProtection } from '#adapters/ecs/index.ts';
import { LocalEmbeddings } from '#adapters/embeddings-local/index.ts';
import { embedderSocketPath } from '#adapters/embeddings-socket/socket-path.ts';
import { EmbedderSocketServer } from '#adapters/embeddings-socket/socket-server.ts';
import { chooseEngines } from '#adapters/engines.ts';
import { createFfmpegDecoder } from '#adapters/ffmpeg/decode-audio.ts';
import { createPartLinks } from '#adapters/identity-local/part-links.ts';
import { signingSecret } from '#adapters/identity-local/secret.ts';
import { LangFlowWriter } from '#adapters/langflow/follow-up-writer.ts';
import { createOpenAiEngines } from '#adapters/openai/index.ts';
import type { OpenAiEngines } from '#adapters/openai/index.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { PostgresJobRows } from '#adapters/pg-boss/job-rows.ts';
import { measureQueue } from '#adapters/pg-boss/queue-measures.ts';
import { PgBossWorkQueue } from '#adapters/pg-boss/work-queue.ts';
import { PostgresCapacityDemand } from '#adapters/postgres/capacity-demand.ts';
import { PostgresChunkLedger } from '#adapters/postgres/chunk-ledger.ts';
import { PostgresClosingStore } from '#adapters/postgres/closing-store.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresFollowUps } from '#adapters/postgres/follow-up-repository.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresDeletedRows } from '#adapters/postgres/deleted-rows.ts';
import { PostgresNotesRepository } from '#adapters/postgres/notes-repository.ts';
import { PostgresProblemRepository } from '#adapters/postgres/problem-repository.ts';
import { PostgresProfileSummaries } from '#adapters/postgres/profile-summaries.ts';
import { PostgresRecordingStates } from '#adapters/postgres/recording-states.ts';
import { PostgresSampleSessions } from '#adapters/postgres/sample-sessions.ts';
import { PostgresScorecardDrafts } from '#adapters/postgres/scorecard-repository.ts';
import { PostgresSeamStore } from '#adapters/postgres/seam-store.ts';
import { PostgresSpeakerStore } from '#adapters/postgres/speaker-store.ts';
import { PostgresTranscriptIndex } from '#adapters/postgres/transcript-index.ts';
import { PostgresUploads } from '#adapters/postgres/upload-repository.ts';
import { createFilesystemProblems } from '#adapters/problems-filesystem/problem-repository.ts';
import { awsSecrets } from '#adapters/secrets/aws-secrets.ts';
import { createFliteSynthesizer } from '#adapters/speech-local/flite-synthesizer.ts';
import { createLocalDiarizer, createLocalSpeech } from '#adapters/speech-local/index.ts';
import { findFlite } from '#adapters/speech-local/model-files.ts';
import { SupabaseChunkLedger } from '#adapters/supabase/chunk-ledger.ts';
import { systemClock } from '#domain/clock.ts';
import { newSecret } from '#domain/ids.ts';
import { assembleMeetingJob, transcribeChunkJob, warmWorkersJob } from '#domain/jobs/meeting-jobs.ts';
import type { Log } from '#domain/log.ts';
import type { ChunkLedger } from '#domain/meetings/ports.ts';
import type { ScaleInProtection } from '#domain/operations/capacity.ts';
import { ROBIN } from '#domain/sample/robin.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { ConfigurationError, loadEnvironment } from '../config/environment.ts';
import type { Environment } from '../config/environment.ts';
import { pageOrigins } from '../config/own-origins.ts';
import { streamUrlNearby } from '../config/stream-url.ts';
import { CapacityKeeper } from './capacity-keeper.ts';
import { closingActivities } from './closing-workflow/closing-activities.ts';
import { closingSteps } from './closing-workflow/steps.ts';
import type { ClosingParts } from './closing-workflow/steps.ts';
import { closingHandlers } from './handlers/close-meeting.ts';
import { eraseSessionHandler } from './handlers/erase-session.ts';
import { forgetRecordingHandler } from './handlers/forget-recording.ts';
import { indexTranscriptHandler } from './handlers/index-transcript.ts';
import { makeSampleHandler } from './handlers/make-sample.ts';
import { scoreInterviewHandler } from './handlers/score-interview.ts';
import { sealRecordingHandler } from './handlers/seal-recording.ts';
import { summarizeProfileHandler } from './handlers/summarize-profile.ts';
import { takeInFileHandler } from './handlers/take-in-file.ts';
import { transcribeChunkHandler } from './handlers/transcribe-chunk.ts';
import { writeFollowUpHandler } from './handlers/write-follow-up.ts';
import { onceAwake, warmWorkersHandler } from './handlers/warm-workers.ts';
import { JobRunner } from './job-runner.ts';
import type { WorkQueue } from './job-runner.ts';
import { PartServer } from './uploads/part-server.ts';
import { UploadSweeper } from './uploads/upload-sweeper.ts';

/** Flite's other clear voice: the interviewer speaks as `slt`. */
const SAMPLE_VOICE = 'rms';

async function main(environment: Environment & { DATABASE_URL: string }): Promise<void> {
  const log = pino({ name: 'worker', level: environment.SPOOL_LOG_LEVEL, base: { process: 'worker' } }, pino.destination({ fd: 2, sync: true }));
  const database = new Database({ url: environment.DATABASE_URL, maxConnections: 5, onWarning: (message) => log.warn({}, message) });
  const { audio, uploads: storage } = await chooseAudioStorage(environment, { clock: systemClock, log });
  const states = new PostgresRecordingStates(database);
  const queue = await workQueue(environment, database, log);
  const embeddings = new LocalEmbeddings({ dataDir: environment.dataDir, clock: systemClock, log });
  const flite = findFlite();
  const uploads = new PostgresUploads(database, enqueueJob);
  const live = new PostgresLiveSessionStore(database, enqueueJob);
  const speech = createLocalSpeech({ dataDir: environment.dataDir, cpuCount: environment.cpuCount, background: true, clock: systemClock, log });
  const diarizer = createLocalDiarizer({ dataDir: environment.dataDir, background: true, clock: systemClock, log });
  const remote = await remoteEngines(environment, log);
  const { transcriber, voiceDetector } = chooseEngines({
    env: { ...environment, SPOOL_TTS: 'none' },
    local: speech,
    openai: remote,
    clock: systemClock,
    onDegraded: ({ port, from, to, code }) => log.warn({ port, from, to, code }, 'A remote engine failed; the local one goes on.'),
  });
  // One worker on a machine and data directory: whoever has this name now, an earlier one is dead.
  const workerId = `${environment.hostName}:${environment.dataDir}`;
  const ledger = chunkLedger(environment, database);
  const speakers = new PostgresSpeakerStore(database);
  const closing: ClosingParts = { ledger, store: new PostgresClosingStore(database, enqueueJob, { asksForNotes: !environment.SPOOL_CLOSING_STATE_MACHINE }), speakers, seams: new PostgresSeamStore(database), audio, transcriber, voiceDetector, notes: new PostgresNotesRepository(database), writer: remote?.notesWriter ?? null, clock: systemClock, log };
  const does = ({ name }: { name: string }) => environment.SPOOL_JOBS?.includes(name) ?? true;
  const protection = openProtection(environment, { clock: systemClock, log });
  const elsewhere = does(assembleMeetingJob) ? await closingElsewhere(environment, protection, closing) : null;
  const demand = new PostgresCapacityDemand(database, live);
  const capacity = await openCapacity(environment, { clock: systemClock, log });
  const keeper = new CapacityKeeper({ capacity, demand, clock: systemClock, log });
  const reporter = reportWorker(
    environment,
    { queue: () => measureQueue(database), liveMeetings: () => demand.liveMeetings(), codeRuns: (withinMs) => demand.codeRuns(withinMs) },
    { write: (line) => process.stdout.write(`${line}\n`), clock: systemClock, log },
  );
  const runner = new JobRunner({
    queue,
    handlers: [
      eraseSessionHandler(audio, storage, new PostgresDeletedRows(database)),
      forgetRecordingHandler(audio, states),
      sealRecordingHandler(audio, states),
      scoreInterviewHandler({ drafts: new PostgresScorecardDrafts(database, new PostgresProblemRepository(database, createFilesystemProblems())), writer: remote?.scorecardWriter ?? null, measure: measureCode, log }),
      writeFollowUpHandler({ store: new PostgresFollowUps(database), writer: langFlowOf(environment) }),
      summarizeProfileHandler(new PostgresProfileSummaries(database), embeddings),
      onceAwake(makeSampleHandler({
        samples: new PostgresSampleSessions(database, enqueueJob),
        script: ROBIN,
        openVoice: () => (flite === undefined ? null : createFliteSynthesizer({ wasmFile: flite, threads: 1, clock: systemClock, log })),
        voiceName: SAMPLE_VOICE,
        url: streamUrlNearby(environment),
        clock: systemClock,
      }), { capacity, clock: systemClock }),
      warmWorkersHandler({ capacity, demand, log, warmEngines: environment.SPOOL_ECS_CHUNK_SERVICE ? null : () => speech.ready() }),
      transcribeChunkHandler({ audio, ledger, transcriber, voiceDetector, diarizer, speakers, workerId, log }),
      ...closingHandlers(closing, elsewhere?.closer),
      indexTranscriptHandler(new PostgresTranscriptIndex(database), embeddings),
      takeInFileHandler({
        records: uploads,
        storage,
        decoder: createFfmpegDecoder({ clock: systemClock }),
        store: live,
        audio,
        writerId: `${environment.hostName}:worker/${newSecret(9)}`,
        chunkSamples: environment.SPOOL_CHUNK_SECONDS * UPLINK_SAMPLE_RATE_HZ,
        clock: systemClock,
        log,
      }),
    ].filter(({ definition }) => does(definition)),
    log,
    protection,
    onFailure: (job) => job === transcribeChunkJob.name && reporter.chunkFailed(),
  });

  const links = createPartLinks(await signingSecret(environment), systemClock);
  const parts = new PartServer({ host: environment.SPOOL_HOST, port: environment.SPOOL_UPLOAD_PORT, allowedOrigins: pageOrigins(environment), trustedProxies: environment.SPOOL_TRUSTED_PROXIES, records: uploads, storage, links, clock: systemClock, log });
  const meanings = new EmbedderSocketServer(embeddings);
  const sweeper = new UploadSweeper({ records: uploads, storage, clock: systemClock, log });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    sweeper.stop();
    keeper.stop();
    await Promise.all([runner.stop(), elsewhere?.activities.stop(), parts.stop(), meanings.stop()]);
    await Promise.all([reporter.stop(), audio.stop(), embeddings.stop(), speech.stop(), diarizer?.stop()]);
    protection.stop();
    await database.close();
    log.info({}, 'The worker has stopped.');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop());

  await parts.start();
  await meanings.start(embedderSocketPath(environment.dataDir));
  await ledger.takeUpAgain(workerId);
  await runner.start();
  elsewhere?.activities.start();
  if (does(warmWorkersJob)) keeper.start();
  reporter.start();
  sweeper.start();
  log.info({}, 'The worker is ready.');
  process.send?.({ type: 'ready' });
}

/** Over the rows of jobs either way: SQS carries them to workers, or workers look for them in Postgres. The SDK is loaded for the first only. */
async function workQueue({ SPOOL_SQS_PREFIX: prefix }: Environment, database: Database, log: Log): Promise<WorkQueue> {
  if (!prefix) return new PgBossWorkQueue(database, () => log.warn({}, 'The job queue could not reach the database; it goes on polling.'));
  const { SqsWorkQueue } = await import('#adapters/sqs/work-queue.ts');
  return new SqsWorkQueue({ rows: new PostgresJobRows(database), prefix, clock: systemClock, log });
}

/** Through Supabase where its address is set. The queue, and all else, still needs DATABASE_URL (docs/decisions/supabase-ledger.md). */
function chunkLedger({ SUPABASE_URL: url, SUPABASE_KEY: key, SUPABASE_WORKER_TOKEN: token }: Environment, database: Database): ChunkLedger {
  return url && key ? new SupabaseChunkLedger({ url, key, token }) : new PostgresChunkLedger(database);
}

/** Where a state machine closes meetings: who begins that, and who takes its steps. The SDK is loaded there only. */
async function closingElsewhere({ SPOOL_CLOSING_STATE_MACHINE: arn, hostName }: Environment, protection: ScaleInProtection, parts: ClosingParts) {
  if (!arn) return null;
  const { StepFunctionsMeetingCloser, createStepFunctionsClient } = await import('#adapters/step-functions/meeting-closer.ts');
  const { ActivityWorker } = await import('#adapters/step-functions/activity-worker.ts');
  const client = createStepFunctionsClient();
  const activities = closingActivities(closingSteps(parts), arn);
  return { closer: new StepFunctionsMeetingCloser(client, arn), activities: new ActivityWorker({ client, activities, workerName: hostName, protection, clock: parts.clock, log: parts.log }) };
}

/** Null where finished interviews go nowhere else. */
function langFlowOf({ LANGFLOW_URL: url, LANGFLOW_API_KEY: apiKey, LANGFLOW_FLOW: flow }: Environment): LangFlowWriter | null {
  return url ? new LangFlowWriter({ url, apiKey, flow, clock: systemClock }) : null;
}

/** Null without a server, or while it does not answer: what needs a language model is then done by rules. SPOOL_LLM=guided leaves the model out. */
async function remoteEngines(environment: Environment, log: Log): Promise<OpenAiEngines | null> {
  const engines = await createOpenAiEngines({ ...environment, SPOOL_TTS: 'none' }, { log, clock: systemClock }).catch(() => null);
  return engines && environment.SPOOL_LLM === 'guided' ? { ...engines, scorecardWriter: undefined, notesWriter: undefined } : engines;
}

try {
  const environment = await loadEnvironment(awsSecrets);
  if (!environment.DATABASE_URL) throw new ConfigurationError('The worker needs DATABASE_URL. ./spool up sets it; with a database of your own: postgres://user:password@host:5432/database');
  await main({ ...environment, DATABASE_URL: environment.DATABASE_URL });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The worker could not start.'}\n`);
  process.exit(1);
}
