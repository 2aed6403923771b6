/**
 * What is measured where there is CloudWatch, under which names: the processes write by them (adapters/cloudwatch-emf), the
 * dashboard and alarms read by them. No dimension ever holds an id or a name of a person; each has a handful of values.
 */
export const METRICS_NAMESPACE = 'Spool';
/** The environment, by the name of its ECS cluster. */
export const CLUSTER_DIMENSION = 'Cluster';
/** Which of our processes: `realtime` or `worker`. */
export const PROCESS_DIMENSION = 'Process';
/** The name of a job (domain/jobs). */
export const JOB_DIMENSION = 'Job';
/** Where there is no cluster. */
export const NO_CLUSTER = 'local';
/** How often each process writes what it measured. */
export const METRICS_EVERY_MS = 60_000;

export interface MetricDefinition {
  name: string;
  unit: 'Count' | 'Seconds';
  /** In this order. */
  dimensions: readonly string[];
  /** The statistic that means something. `Maximum` where every worker writes the same number. */
  statistic: 'Average' | 'Maximum' | 'Sum' | 'p95';
}
const ofProcess = [CLUSTER_DIMENSION, PROCESS_DIMENSION] as const;
const ofJob = [CLUSTER_DIMENSION, JOB_DIMENSION] as const;

export const METRICS = {
  /** Sessions a realtime task writes; their average over the tasks is what the service scales on. */
  sessions: { name: 'Sessions', unit: 'Count', dimensions: ofProcess, statistic: 'Average' },
  connections: { name: 'Connections', unit: 'Count', dimensions: ofProcess, statistic: 'Sum' },
  /** From the end of speech to the first audio of the answer. */
  voiceToVoice: { name: 'VoiceToVoice', unit: 'Seconds', dimensions: ofProcess, statistic: 'p95' },
  /** From audio received to audio durable. */
  acknowledgementDelay: { name: 'AcknowledgementDelay', unit: 'Seconds', dimensions: ofProcess, statistic: 'p95' },
  engineFailures: { name: 'EngineFailures', unit: 'Count', dimensions: ofProcess, statistic: 'Sum' },
  protocolErrors: { name: 'ProtocolErrors', unit: 'Count', dimensions: ofProcess, statistic: 'Sum' },
  /** How long the oldest job that is due has waited. Like the next one written only where one waits: no value means none does. */
  queueAge: { name: 'QueueAge', unit: 'Seconds', dimensions: ofJob, statistic: 'Maximum' },
  /** Jobs that are due and wait. */
  queueDepth: { name: 'QueueDepth', unit: 'Count', dimensions: ofJob, statistic: 'Maximum' },
  /** Jobs nobody tries again by himself. */
  deadLetters: { name: 'DeadLetters', unit: 'Count', dimensions: ofProcess, statistic: 'Maximum' },
  /** Tries of a chunk that failed, whether it was tried again or not. */
  chunkFailures: { name: 'ChunkFailures', unit: 'Count', dimensions: ofProcess, statistic: 'Sum' },
  /** Programs of candidates that were run in the last minute. */
  codeRuns: { name: 'CodeRuns', unit: 'Count', dimensions: ofProcess, statistic: 'Maximum' },
  /** Meetings that go on; fast workers stay up while there is one. */
  liveMeetings: { name: 'LiveMeetings', unit: 'Count', dimensions: ofProcess, statistic: 'Maximum' },
} as const satisfies Record<string, MetricDefinition>;
