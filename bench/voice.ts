/**
 * How it feels to talk to Spool, and to how many at once: spoken utterances at real speed through a real socket, against
 * a server and an embedded database started for it. What is measured and how is told in docs/benchmarks.md.
 */
import os from 'node:os';
import { type CapacityStep, measureListeners, measureTalkers } from './voice/capacity.ts';
import { openHouse } from './voice/house.ts';
import { measureLatency } from './voice/latency.ts';
import { summarizeLatency } from './voice/latency-summary.ts';
import { type VoiceOptions, parseVoiceOptions } from './voice/options.ts';
import { nowMs } from './voice/person.ts';
import { type VoiceResults, aimsOf, tableOf } from './voice/report.ts';
import { openSeats } from './voice/seats.ts';
import { type SpokenUtterance, spokenFixtures, spokenFolder } from './voice/utterances.ts';

/** Utterances of a quick run. */
const QUICK = { complete: 2, hesitant: 1 };

export const OPTIONS = ['--quick', '--folder DIR', '--repeat N', '--only PART', '--talkers 4,8,12', '--listeners 100,500', '--profile DIR'];

export async function run(args: string[] = []): Promise<{ table: string; results: VoiceResults }> {
  const options = parseVoiceOptions(args);
  const utterances = options.folder === null ? spokenFixtures() : spokenFolder(options.folder);
  const loadAverageBefore = os.loadavg()[0]!;
  const house = await openHouse(options.profile === null ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${options.profile}` });
  try {
    const latency = options.parts.includes('latency') ? await latencyPart(house, options, utterances) : null;
    const capacity = (part: 'talkers' | 'listeners') => ({
      house,
      folder: options.folder,
      counts: options[part],
      stepMs: options.stepSeconds[part] * 1000,
      deadlineMs: nowMs() + options.budgetSeconds[part] * 1000,
      onStep: tellStep,
    });
    const talkers = options.parts.includes('talkers') ? await measureTalkers(capacity('talkers')) : null;
    const listeners = options.parts.includes('listeners') ? await measureListeners(capacity('listeners')) : null;
    const results: VoiceResults = {
      at: new Date().toISOString(),
      machine: { processor: os.cpus()[0]?.model.trim() ?? 'unknown', cores: os.availableParallelism(), node: process.versions.node, loadAverageBefore, loadAverageAfter: os.loadavg()[0]! },
      engines: house.engines,
      utterances: options.folder === null ? `${utterances.length} spoken fixtures (synthetic voices)` : `${utterances.length} recordings`,
      latency,
      talkers,
      listeners,
      complaints: house.complaints(),
      aims: aimsOf({ latency, talkers, listeners }),
    };
    return { table: tableOf(results), results };
  } finally {
    await house.close({ gracefully: options.profile !== null });
  }
}
export default run;

async function latencyPart(house: Awaited<ReturnType<typeof openHouse>>, options: VoiceOptions, utterances: SpokenUtterance[]) {
  const complete = utterances.filter(({ kind }) => kind === 'complete');
  const hesitant = utterances.filter(({ kind }) => kind === 'hesitant');
  const chosen = options.quick ? [...complete.slice(0, QUICK.complete), ...hesitant.slice(0, QUICK.hesitant)] : utterances;
  tell(`Latency: ${chosen.length * options.repeat} utterances, one after the other.`);
  const seats = await openSeats(house.databaseUrl);
  try {
    const repeated = Array.from({ length: options.repeat }, () => chosen).flat();
    const deadlineMs = nowMs() + options.budgetSeconds.latency * 1000;
    return summarizeLatency(await measureLatency({ url: house.server.url, seats, audio: house.world.audio, utterances: repeated, deadlineMs }));
  } finally {
    await seats.close();
  }
}

function tellStep(step: CapacityStep): void {
  const p95 = step.voiceToVoiceMs ? `${Math.round(step.voiceToVoiceMs.p95)} ms` : 'unknown';
  tell(`${step.talkers} talkers, ${step.listeners} listeners: voice to voice p95 ${p95}; ${step.tooMuch.length === 0 ? 'holds' : `too much: ${step.tooMuch.join(', ')}`}.`);
}

/** Progress goes to standard error, so that the table alone can be kept. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
