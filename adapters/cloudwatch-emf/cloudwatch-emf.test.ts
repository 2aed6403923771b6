/** What is written is held to the rules of the embedded metric format, number by number. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { SpoolError } from '#domain/errors.ts';
import { silentLog } from '#domain/log.ts';
import { METRICS, METRICS_EVERY_MS, METRICS_NAMESPACE } from '#domain/operations/metrics.ts';
import { createMetrics } from '#realtime-server/metrics.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { emfDocuments } from './emf-document.ts';
import type { Measured } from './emf-document.ts';
import { EmfReporter, createTally } from './emf-reporter.ts';
import { REALTIME_METRICS, reportRealtime, reportWorker } from './index.ts';
import { prometheusSource, valuesOf } from './prometheus-source.ts';

const NOW_MS = 1_000_000;
const UNITS = ['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Count', 'Percent', 'None'];

/** The rules of the specification that a document can break. */
function breaches(document: Record<string, unknown>): string[] {
  const found: string[] = [];
  const must = (holds: boolean, rule: string) => void (holds || found.push(rule));
  const aws = document._aws as { Timestamp: number; CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] }[] };
  must(Object.keys(aws).toSorted().join() === 'CloudWatchMetrics,Timestamp', 'metadata has a time and directives');
  must(Number.isInteger(aws.Timestamp), 'the time is a whole number of milliseconds');
  for (const { Namespace, Dimensions, Metrics } of aws.CloudWatchMetrics) {
    must(/^[\w./#:-]{1,256}$/.test(Namespace) && !Namespace.startsWith('AWS/'), 'the namespace is ours');
    must(Dimensions.length > 0, 'there is a set of dimensions');
    for (const set of Dimensions) {
      must(set.length <= 30, 'a set has at most 30 dimensions');
      for (const name of set) {
        const value = document[name];
        must(typeof value === 'string' && value.length >= 1 && value.length <= 1024, `${name} has a value of its own`);
      }
    }
    must(Metrics.length >= 1 && Metrics.length <= 100, 'at most 100 metrics');
    must(new Set(Metrics.map(({ Name }) => Name)).size === Metrics.length, 'a metric stands once in a directive');
    for (const { Name, Unit } of Metrics) {
      must(Name.length >= 1 && Name.length <= 1024 && UNITS.includes(Unit), `${Name} has a unit`);
      const values = [document[Name]].flat();
      must(values.length >= 1 && values.length <= 100 && values.every((value) => Number.isFinite(value)), `${Name} has 1 to 100 numbers`);
    }
  }
  must(JSON.stringify(document).length <= 256 * 1024, 'a line is at most 256 KB');
  return found;
}

const process = { Cluster: 'spool-main', Process: 'realtime' };
const job = (name: string) => ({ Cluster: 'spool-main', Job: name });

describe('a document', () => {
  const measured: Measured[] = [
    { metric: METRICS.sessions, dimensions: process, values: [3] },
    { metric: METRICS.voiceToVoice, dimensions: process, values: Array.from({ length: 250 }, (_, index) => index / 100) },
    { metric: METRICS.queueAge, dimensions: job('transcribe-chunk'), values: [12] },
    { metric: METRICS.queueDepth, dimensions: job('transcribe-chunk'), values: [4] },
    { metric: METRICS.queueAge, dimensions: job('write-notes'), values: [Number.NaN] },
    { metric: METRICS.engineFailures, dimensions: process, values: [] },
  ];

  test('keeps to every rule of the format, whatever is measured', () => {
    const documents = emfDocuments([...measured, ...Array.from({ length: 120 }, (_, index) => ({ metric: { ...METRICS.sessions, name: `Of${index}` }, dimensions: process, values: [index] }))], NOW_MS);
    expect(documents.flatMap(breaches)).toEqual([]);
    expect(breaches({ ...documents[0], VoiceToVoice: Array.from({ length: 101 }, () => 1) })).toEqual(['VoiceToVoice has 1 to 100 numbers']);
  });

  test('holds what shares its dimensions, and only what is a number', () => {
    const documents = emfDocuments(measured, NOW_MS);
    expect(documents.map((document) => [document.Process ?? document.Job, Object.keys(document).filter((name) => !['_aws', 'Cluster', 'Process', 'Job'].includes(name))])).toEqual([
      ['realtime', ['Sessions', 'VoiceToVoice']],
      ['realtime', ['VoiceToVoice']],
      ['realtime', ['VoiceToVoice']],
      ['transcribe-chunk', ['QueueAge', 'QueueDepth']],
    ]);
    expect(documents.flatMap(({ VoiceToVoice: values = [] }) => values)).toHaveLength(250);
    expect(documents[3]).toEqual({
      _aws: { Timestamp: NOW_MS, CloudWatchMetrics: [{ Namespace: METRICS_NAMESPACE, Dimensions: [['Cluster', 'Job']], Metrics: [{ Name: 'QueueAge', Unit: 'Seconds' }, { Name: 'QueueDepth', Unit: 'Count' }] }] },
      Cluster: 'spool-main',
      Job: 'transcribe-chunk',
      QueueAge: 12,
      QueueDepth: 4,
    });
  });

  test('never has a dimension that could be many', () => {
    for (const { dimensions } of Object.values(METRICS)) expect(['Cluster,Process', 'Cluster,Job']).toContain(dimensions.join());
    expect(new Set(Object.values(METRICS).map(({ name }) => name)).size).toBe(Object.keys(METRICS).length);
  });
});

describe('what Prometheus keeps', () => {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({ name: 'live', help: 'live', registers }).set(2);
  const failures = new Counter({ name: 'failures', help: 'failures', labelNames: ['code'], registers });
  const delay = new Histogram({ name: 'delay', help: 'delay', buckets: [0.1, 0.5, 1], registers });
  const source = prometheusSource(registry, { live: METRICS.sessions, failures: METRICS.engineFailures, delay: METRICS.acknowledgementDelay }, process);

  test('is told as what happened since the last time', async () => {
    failures.inc({ code: 'a' }, 2);
    failures.inc({ code: 'b' });
    for (const seconds of [0.05, 0.3, 0.3, 7]) delay.observe(seconds);
    expect(await source()).toEqual([
      { metric: METRICS.sessions, dimensions: process, values: [2] },
      { metric: METRICS.engineFailures, dimensions: process, values: [3] },
      { metric: METRICS.acknowledgementDelay, dimensions: process, values: [0.05, expect.closeTo(0.2), expect.closeTo(0.4), 1] },
    ]);
    failures.inc({ code: 'a' });
    expect((await source()).map(({ values }) => values)).toEqual([[2], [1], []]);
  });

  test('keeps its percentiles when there is more than fits', () => {
    // 9 000 below a tenth of a second, 900 up to half, 100 up to one.
    const values = valuesOf([{ upTo: 0.1, value: 9_000 }, { upTo: 0.5, value: 9_900 }, { upTo: 1, value: 10_000 }, { upTo: Infinity, value: 10_000 }]);
    expect(values).toHaveLength(100);
    expect(values.filter((value) => value <= 0.1)).toHaveLength(90);
    expect(values.filter((value) => value <= 0.5)).toHaveLength(99);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });
});

describe('a process', () => {
  test('writes each minute, leaves out what it cannot find out, and tells what is its own once more at the end', async () => {
    const clock = new ManualClock();
    const lines: string[] = [];
    const tally = createTally(METRICS.chunkFailures, { Cluster: 'spool-main', Process: 'worker' });
    let reachable = true;
    const shared = async (): Promise<Measured[]> => {
      if (!reachable) throw new SpoolError('unavailable');
      return [{ metric: METRICS.queueAge, dimensions: job('write-notes'), values: [5] }];
    };
    const reporter = new EmfReporter({ own: [tally.source], shared: [shared], write: (line) => lines.push(line), clock, log: silentLog });
    const written = () => lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>);
    reporter.start();
    tally.add();
    tally.add();
    await clock.advance(METRICS_EVERY_MS);
    expect(written()).toMatchObject([{ ChunkFailures: 2, _aws: { Timestamp: NOW_MS + METRICS_EVERY_MS } }, { Job: 'write-notes', QueueAge: 5 }]);
    reachable = false;
    await clock.advance(METRICS_EVERY_MS);
    expect(written()).toMatchObject([{ ChunkFailures: 0 }]);
    tally.add();
    await reporter.stop();
    expect(written()).toMatchObject([{ ChunkFailures: 1 }]);
    expect(clock.pending).toBe(0);
  });

  test('tells what is its own at the end also while what is shared cannot be found out', async () => {
    const clock = new ManualClock();
    const lines: string[] = [];
    const tally = createTally(METRICS.chunkFailures, { Cluster: 'spool-main', Process: 'worker' });
    const reporter = new EmfReporter({ own: [tally.source], shared: [() => new Promise<Measured[]>(() => {})], write: (line) => lines.push(line), clock, log: silentLog });
    reporter.start();
    tally.add();
    // A database that does not answer.
    await clock.advance(METRICS_EVERY_MS);
    await reporter.stop();
    expect(lines.map((line) => JSON.parse(line) as Record<string, unknown>)).toMatchObject([{ ChunkFailures: 1 }]);
  });
});

describe('what is written', () => {
  const world = () => {
    const clock = new ManualClock();
    const lines: string[] = [];
    const parts = { write: (line: string) => lines.push(line), clock, log: silentLog };
    const minute = async () => {
      await clock.advance(METRICS_EVERY_MS);
      const documents = lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(documents.flatMap(breaches)).toEqual([]);
      return documents.map(({ _aws, ...rest }) => rest);
    };
    return { clock, parts, minute };
  };
  const emf = { SPOOL_METRICS: 'emf', SPOOL_ECS_CLUSTER: 'arn:aws:ecs:eu-central-1:123456789012:cluster/spool-main' } as const;

  test('by the live sessions is what Prometheus has', async () => {
    const { parts, minute } = world();
    const metrics = createMetrics({ sessions: () => 2, connections: () => 3 });
    for (const name of Object.keys(REALTIME_METRICS)) expect(metrics.registry.getSingleMetric(name), name).toBeDefined();
    const reporter = reportRealtime(emf, metrics.registry, parts);
    reporter.start();
    metrics.voiceToVoice.observe(0.6);
    metrics.engineFailures.inc({ code: 'engine.timeout' });
    expect(await minute()).toEqual([{ ...process, Sessions: 2, Connections: 3, VoiceToVoice: expect.closeTo(0.625), EngineFailures: 1, ProtocolErrors: 0 }]);
    await reporter.stop();
  });

  test('by a worker is how long work waits where some does, and what failed', async () => {
    const { parts, minute } = world();
    const queue = async () => ({ jobs: [{ job: 'transcribe-chunk', waiting: 4, ageS: 9.5 }, { job: 'write-notes', waiting: 0, ageS: 0 }], deadLetters: 1 });
    const reporter = reportWorker({ SPOOL_METRICS: 'emf' }, { queue, liveMeetings: async () => 2, codeRuns: async (withinMs) => withinMs / 1000 }, parts);
    reporter.start();
    reporter.chunkFailed();
    const local = { Cluster: 'local' };
    expect(await minute()).toEqual([
      { ...local, Process: 'worker', ChunkFailures: 1, DeadLetters: 1, LiveMeetings: 2, CodeRuns: 60 },
      { ...local, Job: 'transcribe-chunk', QueueAge: 9.5, QueueDepth: 4 },
    ]);
    await reporter.stop();
  });

  test('is nothing where nobody asks for it', async () => {
    const { clock, parts, minute } = world();
    const reporter = reportWorker({}, { queue: () => Promise.reject(new Error('asked')), liveMeetings: async () => 0, codeRuns: async () => 0 }, parts);
    reporter.start();
    reporter.chunkFailed();
    expect(await minute()).toEqual([]);
    expect(clock.pending).toBe(0);
    await reporter.stop();
  });
});
