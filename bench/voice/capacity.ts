/** Part B: how many talkers, and how many listeners, before answers or acknowledgements come too late. */
import os from 'node:os';
import type { Consumption, House } from './house.ts';
import { type Load, startLoad } from './load.ts';
import { type LoadEnd, type LoadReport, countEach } from './load-report.ts';
import { nowMs } from './person.ts';
import { type Summary, quantile, summarize } from './statistics.ts';

/** Answers that begin later than this at the 95th percentile are too many people. */
export const MAX_VOICE_TO_VOICE_P95_MS = 1_500;
/** So is one acknowledgement later than this. */
export const MAX_ACKNOWLEDGEMENT_MS = 2_000;
/** After a step: what is late by more than the limits has shown by then. */
const AFTERMATH_MS = MAX_ACKNOWLEDGEMENT_MS;
/** Talkers begin spread over one of their cycles. */
const TALKERS_JOIN_OVER_MS = 5_000;
const LISTENERS_JOIN_PER_SECOND = 60;
/** Somebody new in a room with noise keeps the energy gate open for four seconds (`FLOOR_MEMORY_BLOCKS`): joining is over after that. */
const LISTENERS_SETTLE_MS = 5_000;
/** Who measures voice to voice while others listen. */
const PROBE_TALKERS = 4;

export interface CapacityStep {
  talkers: number;
  listeners: number;
  voiceToVoiceMs: Summary | null;
  /** Of turns that were not cut off. */
  turns: number;
  unanswered: number;
  cutOffs: number;
  restP95Ms: number | null;
  transcriptionP95Ms: number | null;
  talkerAcknowledgements: LoadReport['acknowledgements'];
  listenerAcknowledgements: LoadReport['acknowledgements'] | null;
  speakingShare: number;
  /** What went wrong, and how often. */
  failures: Record<string, number>;
  /** Who should be there and is not. */
  missing: number;
  generatorLateMs: number;
  consumption: Consumption;
  loadAverage: number;
  /** Why it is too many; empty when it holds. */
  tooMuch: string[];
}

export interface CapacityRun {
  steps: CapacityStep[];
  /** The largest number that held; 0 when none did. */
  held: number;
  /** Steps left out because the time was over. */
  leftOut: number[];
  end: LoadEnd;
}

export interface CapacityOptions {
  house: House;
  folder: string | null;
  counts: number[];
  stepMs: number;
  /** No step begins after this. */
  deadlineMs: number;
  onStep: (step: CapacityStep) => void;
}

export function measureTalkers(options: CapacityOptions): Promise<CapacityRun> {
  return withLoads(options, ['talkers'], async ([talkers]) =>
    climb(options, async (count, before) => {
      await talkers!.add(count - before, TALKERS_JOIN_OVER_MS);
      return { talkers: count, listeners: 0, loads: [talkers!] };
    }),
  );
}

/** Listeners with a few talkers among them, who measure the answers. */
export function measureListeners(options: CapacityOptions): Promise<CapacityRun> {
  return withLoads(options, ['talkers', 'listeners'], async ([talkers, listeners]) => {
    await talkers!.add(PROBE_TALKERS, TALKERS_JOIN_OVER_MS);
    return climb(options, async (count, before) => {
      await listeners!.add(count - before, ((count - before) * 1000) / LISTENERS_JOIN_PER_SECOND);
      await new Promise((resolve) => setTimeout(resolve, LISTENERS_SETTLE_MS));
      return { talkers: PROBE_TALKERS, listeners: count, loads: [talkers!, listeners!] };
    });
  });
}

async function withLoads(options: CapacityOptions, roles: ('talkers' | 'listeners')[], run: (loads: Load[]) => Promise<Omit<CapacityRun, 'end'>>): Promise<CapacityRun> {
  const { house, folder } = options;
  const loads: Load[] = [];
  try {
    for (const role of roles) loads.push(await startLoad({ role, url: house.server.url, databaseUrl: house.databaseUrl, dataDir: house.world.dataDir, folder }));
    const climbed = await run(loads);
    const ends = await Promise.all(loads.map((load) => load.finish()));
    return { ...climbed, end: { sessions: sum(ends.map((end) => end.sessions)), exactSessions: sum(ends.map((end) => end.exactSessions)), failures: addUp(ends.map((end) => end.failures)) } };
  } finally {
    for (const load of loads) load.close();
  }
}

type Raise = (count: number, before: number) => Promise<{ talkers: number; listeners: number; loads: Load[] }>;

async function climb({ house, counts, stepMs, deadlineMs, onStep }: CapacityOptions, raise: Raise): Promise<Omit<CapacityRun, 'end'>> {
  const steps: CapacityStep[] = [];
  let held = 0;
  let before = 0;
  for (const [index, count] of counts.entries()) {
    if (nowMs() > deadlineMs) return { steps, held, leftOut: counts.slice(index) };
    const crowd = await raise(count, before);
    before = count;
    const step = await measureStep(house, crowd, stepMs);
    steps.push(step);
    onStep(step);
    if (step.tooMuch.length > 0) break;
    held = count;
  }
  return { steps, held, leftOut: [] };
}

async function measureStep(house: House, { talkers, listeners, loads }: Awaited<ReturnType<Raise>>, stepMs: number): Promise<CapacityStep> {
  const stop = await house.meter(loads.map((load) => load.pid));
  const fromMs = nowMs();
  await new Promise((resolve) => setTimeout(resolve, stepMs));
  const toMs = nowMs();
  const consumption = await stop();
  const loadAverage = os.loadavg()[0]!;
  await new Promise((resolve) => setTimeout(resolve, AFTERMATH_MS));
  const [talking, listening] = await Promise.all(loads.map((load) => load.report(fromMs, toMs)));
  const step = stepOf(talking!, listening ?? null, talkers + listeners);
  return { talkers, listeners, ...step, consumption, loadAverage, tooMuch: tooMuch(step) };
}

type Judged = Omit<CapacityStep, 'talkers' | 'listeners' | 'consumption' | 'loadAverage' | 'tooMuch'>;

/** Puts the reports of one step together. Turns that were cut off have no voice to voice. */
export function stepOf(talking: LoadReport, listening: LoadReport | null, people: number): Judged {
  const whole = talking.turns.filter((turn) => turn.cutOffs === 0);
  const parts = whole.flatMap((turn) => turn.parts ?? []);
  return {
    voiceToVoiceMs: summarize(parts.map((each) => each.voiceToVoice)),
    turns: whole.length,
    unanswered: talking.unanswered + whole.length - parts.length,
    cutOffs: sum(talking.turns.map((turn) => turn.cutOffs)),
    restP95Ms: quantile(parts.map((each) => each.rest), 0.95),
    transcriptionP95Ms: quantile(parts.map((each) => each.transcription), 0.95),
    talkerAcknowledgements: talking.acknowledgements,
    listenerAcknowledgements: listening?.acknowledgements ?? null,
    speakingShare: talking.speakingShare,
    failures: countEach([...talking.failures, ...(listening?.failures ?? [])]),
    missing: people - talking.connected - (listening?.connected ?? 0),
    generatorLateMs: Math.max(talking.latestMicrophoneMs, listening?.latestMicrophoneMs ?? 0),
  };
}

/** What passes the limits; an answer that did not come is later than any. */
export function tooMuch(step: Judged): string[] {
  const answered = step.voiceToVoiceMs?.count ?? 0;
  const problems: string[] = [];
  if (answered + step.unanswered === 0) problems.push('nobody was answered, so nothing is known');
  else if (step.unanswered > 0.05 * (answered + step.unanswered)) problems.push(`${step.unanswered} of ${answered + step.unanswered} answers missing`);
  else if ((step.voiceToVoiceMs?.p95 ?? 0) > MAX_VOICE_TO_VOICE_P95_MS) problems.push(`voice to voice p95 ${Math.round(step.voiceToVoiceMs!.p95)} ms`);
  const slowest = Math.max(step.talkerAcknowledgements.maxMs ?? 0, step.listenerAcknowledgements?.maxMs ?? 0);
  if (slowest > MAX_ACKNOWLEDGEMENT_MS) problems.push(`an acknowledgement after ${Math.round(slowest)} ms`);
  if (step.missing > 0) problems.push(`${step.missing} people are not connected`);
  for (const [failure, count] of Object.entries(step.failures)) problems.push(`${count} × ${failure}`);
  return problems;
}

function addUp(all: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [name, count] of all.flatMap((each) => Object.entries(each))) total[name] = (total[name] ?? 0) + count;
  return total;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
