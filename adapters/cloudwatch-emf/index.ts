/** What each process writes where SPOOL_METRICS asks for it; without that, nothing. */
import type { Registry } from 'prom-client';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { CLUSTER_DIMENSION, JOB_DIMENSION, METRICS, METRICS_EVERY_MS, NO_CLUSTER, PROCESS_DIMENSION } from '#domain/operations/metrics.ts';
import type { MetricDefinition } from '#domain/operations/metrics.ts';
import { EmfReporter, createTally } from './emf-reporter.ts';
import type { MetricSource } from './emf-reporter.ts';
import { prometheusSource } from './prometheus-source.ts';

interface MetricSettings {
  SPOOL_METRICS?: 'emf' | undefined;
  SPOOL_ECS_CLUSTER?: string | undefined;
}
interface Parts {
  /** Takes a line without its end. */
  write: (line: string) => void;
  clock: Clock;
  log: Log;
}
export interface Reporter {
  start(): void;
  stop(): Promise<void>;
}
const nobody: Reporter = { start() {}, async stop() {} };

/** Those of realtime-server/metrics.ts. */
export const REALTIME_METRICS: Record<string, MetricDefinition> = {
  spool_live_sessions: METRICS.sessions,
  spool_connections: METRICS.connections,
  spool_voice_to_voice_seconds: METRICS.voiceToVoice,
  spool_ack_delay_seconds: METRICS.acknowledgementDelay,
  spool_engine_failures_total: METRICS.engineFailures,
  spool_protocol_errors_total: METRICS.protocolErrors,
};

export function reportRealtime(settings: MetricSettings, registry: Registry, parts: Parts): Reporter {
  if (settings.SPOOL_METRICS !== 'emf') return nobody;
  return new EmfReporter({ ...parts, own: [prometheusSource(registry, REALTIME_METRICS, ofProcess(settings, 'realtime'))], shared: [] });
}

/** What the rows say of the work of all. */
export interface WorkMeasures {
  queue(): Promise<{ jobs: { job: string; waiting: number; ageS: number }[]; deadLetters: number }>;
  liveMeetings(): Promise<number>;
  codeRuns(withinMs: number): Promise<number>;
}

export function reportWorker(settings: MetricSettings, measures: WorkMeasures, parts: Parts): Reporter & { chunkFailed(): void } {
  if (settings.SPOOL_METRICS !== 'emf') return { ...nobody, chunkFailed() {} };
  const dimensions = ofProcess(settings, 'worker');
  const failures = createTally(METRICS.chunkFailures, dimensions);
  const reporter = new EmfReporter({ ...parts, own: [failures.source], shared: [workSource(measures, settings)] });
  return { start: () => reporter.start(), stop: () => reporter.stop(), chunkFailed: () => failures.add() };
}

function workSource(measures: WorkMeasures, settings: MetricSettings): MetricSource {
  const dimensions = ofProcess(settings, 'worker');
  return async () => {
    const [{ jobs, deadLetters }, live, runs] = await Promise.all([measures.queue(), measures.liveMeetings(), measures.codeRuns(METRICS_EVERY_MS)]);
    return [
      // A metric costs by the hour in which it is written: where nothing waits, nothing is.
      ...jobs.filter(({ waiting }) => waiting > 0).flatMap(({ job, waiting, ageS }) => {
        const ofJob = { [CLUSTER_DIMENSION]: clusterOf(settings), [JOB_DIMENSION]: job };
        return [
          { metric: METRICS.queueAge, dimensions: ofJob, values: [ageS] },
          { metric: METRICS.queueDepth, dimensions: ofJob, values: [waiting] },
        ];
      }),
      { metric: METRICS.deadLetters, dimensions, values: [deadLetters] },
      { metric: METRICS.liveMeetings, dimensions, values: [live] },
      { metric: METRICS.codeRuns, dimensions, values: [runs] },
    ];
  };
}

function ofProcess(settings: MetricSettings, name: 'realtime' | 'worker'): Record<string, string> {
  return { [CLUSTER_DIMENSION]: clusterOf(settings), [PROCESS_DIMENSION]: name };
}

/** Of an ARN its last part. */
function clusterOf({ SPOOL_ECS_CLUSTER: cluster }: MetricSettings): string {
  return cluster?.slice(cluster.lastIndexOf('/') + 1) || NO_CLUSTER;
}
