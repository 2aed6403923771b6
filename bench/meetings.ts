/**
 * Meetings: hours of audio transcribed per hour with the local engines, how far the live transcript lags behind speech, what
 * it costs to put a four-hour meeting together, and whether memory stays flat.
 * `--minutes N` (of audio for the throughput, default 12), `--rounds N` (default 3), `--hours N` (of audio for the memory,
 * default 0: left out), `--live-seconds N` (default 90).
 */
import os from 'node:os';
import { createLocalSpeech } from '#adapters/speech-local/index.ts';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import { UPLINK_SAMPLE_RATE_HZ, samplesToMs } from '#domain/stream/audio-format.ts';
import { openMeetingWorld } from '#tests/support/meeting-world.ts';
import type { MeetingWorld } from '#tests/support/meeting-world.ts';
import { openRealtimeWorld } from '#tests/support/realtime.ts';
import { seededRandom } from '#tests/support/random.ts';
import { concatSamples, fixtureSamples, noise, silence, speechFixtures } from '#tests/support/speech.ts';
import { round, summarize } from './voice/statistics.ts';
import type { Summary } from './voice/statistics.ts';

const HOUR_SAMPLES = 3_600 * UPLINK_SAMPLE_RATE_HZ;
const MEBIBYTE = 1024 * 1024;

export const OPTIONS = ['--minutes N', '--rounds N', '--live-seconds N', '--hours N'];

export default async function run(args: string[] = []): Promise<{ table: string; results: object }> {
  const option = (name: string, fallback: number) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : fallback);
  const speech = meetingSpeech();
  const live = await liveLag(speech, option('--live-seconds', 90));
  const throughput = await transcribing(speech, option('--minutes', 12), option('--rounds', 3));
  const assembly = await assembling(option('--rounds', 3));
  const hours = option('--hours', 0);
  const memory = hours > 0 ? await memoryOver(speech, hours) : null;
  const results = { cores: os.availableParallelism(), loadAverage: os.loadavg().map((value) => round(value)), throughput, live, assembly, memory };
  return { table: tableOf(results), results };
}

/** About a minute and a half of sentences with the pauses of a meeting, over a quiet room. About 70 % of it is voice. */
function meetingSpeech(): Int16Array {
  const sentences = speechFixtures.filter(({ kind, voice }) => kind === 'complete' && voice !== null).map(({ id }) => id);
  const parts = sentences.flatMap((id, index) => [fixtureSamples(id), silence(400 + ((index * 370) % 1_600))]);
  const speech = concatSamples(...parts);
  const room = noise(samplesToMs(speech.length), -65, 3);
  return speech.map((sample, index) => Math.max(-32_768, Math.min(32_767, sample + (room[index] ?? 0))));
}
function lasting(speech: Int16Array, samples: number): Int16Array {
  const long = new Int16Array(samples);
  for (let at = 0; at < samples; at += speech.length) long.set(speech.subarray(0, Math.min(speech.length, samples - at)), at);
  return long;
}

export interface Throughput {
  minutes: number;
  rounds: number;
  /** Hours of audio per hour. */
  timesRealTime: Summary;
}

/** From the end of the recording to the last chunk settled, closing included: queue, database, voice activity, words. */
async function transcribing(speech: Int16Array, minutes: number, rounds: number): Promise<Throughput> {
  const world = await openMeetingWorld();
  const engines = createLocalSpeech({ dataDir: '/nonexistent', cpuCount: os.availableParallelism(), clock: systemClock, log: silentLog });
  try {
    await engines.ready();
    const worker = await world.worker(engines);
    const samples = lasting(speech, minutes * 60 * UPLINK_SAMPLE_RATE_HZ);
    const ratios: number[] = [];
    for (let each = 0; each < rounds; each += 1) {
      const sessionId = await world.meeting(samples);
      const started = performance.now();
      await untilClosed(world, sessionId);
      ratios.push((minutes * 60_000) / (performance.now() - started));
    }
    await worker.stop();
    return { minutes, rounds, timesRealTime: summarize(ratios)! };
  } finally {
    await engines.stop();
    await world.close();
  }
}

async function untilClosed(world: MeetingWorld, sessionId: string): Promise<void> {
  const deadline = performance.now() + 3_600_000;
  for (;;) {
    const status = (await world.sessions.get(world.person, sessionId))?.status;
    if (status === 'completed' || status === 'partial') return;
    if (performance.now() > deadline) throw new Error('The meeting was not closed within an hour.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export interface LiveLag {
  seconds: number;
  /** From the moment a segment's first sound was sent until any text of it was shown, and until its text was final. */
  firstTextMs: Summary | null;
  finalOfFirstWordMs: Summary | null;
  /** From the end of a segment to its final text. */
  finalMs: Summary | null;
}

/** One person talks at real-time pace into a meeting of the real realtime server. */
async function liveLag(speech: Int16Array, seconds: number): Promise<LiveLag> {
  const world = await openRealtimeWorld();
  try {
    const server = await world.startServer();
    const session = await world.createSession('meeting');
    const participant = await world.join(server, session.id);
    await participant.live();
    const startMs = performance.now();
    await participant.speak(concatSamples(lasting(speech, seconds * UPLINK_SAMPLE_RATE_HZ), silence(2_000)));
    await participant.end(30_000);
    const said = (sample: number) => startMs + samplesToMs(sample);
    const shown = participant.messages.flatMap((message, index) => (message.type === 'transcript.partial' || message.type === 'transcript.final' ? [{ message, atMs: participant.arrivedAtMs[index]! }] : []));
    const first = new Map<string, number>();
    for (const { message, atMs } of shown) if (!first.has(message.itemId)) first.set(message.itemId, atMs);
    const finals = shown.flatMap(({ message, atMs }) => (message.type === 'transcript.final' ? [{ itemId: message.itemId, startSample: message.startSample, endSample: message.endSample, atMs }] : []));
    return {
      seconds,
      firstTextMs: summarize(finals.map(({ itemId, startSample }) => first.get(itemId)! - said(startSample)), 0),
      finalOfFirstWordMs: summarize(finals.map(({ startSample, atMs }) => atMs - said(startSample)), 0),
      finalMs: summarize(finals.map(({ endSample, atMs }) => atMs - said(endSample)), 0),
    };
  } finally {
    await world.close();
  }
}

export interface Assembly {
  hours: number;
  items: number;
  voices: number;
  /** Telling the voices of the whole meeting apart; then notes without a model, and the status. */
  assembleMs: Summary;
  notesMs: Summary;
}

/** A meeting of four hours, 480 chunks of ten segments and three voices each, put together without a language model. */
async function assembling(rounds: number): Promise<Assembly> {
  const hours = 4;
  const world = await openMeetingWorld();
  try {
    const sessionId = await world.meeting(hours * HOUR_SAMPLES);
    const sentences = speechFixtures.filter(({ kind }) => kind === 'complete').map(({ text }) => text);
    const said = ['We decided to ship the release on Friday.', 'I will write the report by Monday.', 'Who will talk to the printer?', ...sentences];
    const random = seededRandom(7);
    const people = Array.from({ length: 5 }, () => unit(Float32Array.from({ length: 192 }, () => random() * 2 - 1)));
    let items = 0;
    let voices = 0;
    for (let chunk = 0; chunk < hours * 120; chunk += 1) {
      const start = chunk * 480_000;
      const segments = Array.from({ length: 10 }, (_, index) => ({
        itemId: `c${chunk}-${index}`,
        text: said[(chunk * 10 + index * 3) % said.length]!,
        startSample: start + index * 48_000,
        endSample: start + index * 48_000 + 40_000,
        voice: index % 3,
      }));
      const apart = [0, 1, 2].map((voice) => ({ voice, model: 'scripted', embedding: unit(people[(chunk + voice) % people.length]!.map((value) => value + (random() - 0.5) * 0.03)), speechSamples: 120_000 }));
      items += segments.length;
      voices += apart.length;
      await world.ledger.settle(sessionId, chunk, { sha256: `${chunk}`, engine: 'scripted', ownedFrom: start, ownedTo: start + 480_000, segments, suppressed: [], voices: apart, speechSamples: 400_000, coveredSamples: 400_000, suppressedSamples: 0, words: 90 });
    }
    const assembleMs: number[] = [];
    const notesMs: number[] = [];
    for (let each = 0; each < rounds; each += 1) {
      // Made anew each time: the same transcript is not summed up twice.
      await world.database.asOwner('delete from meeting_notes where session_id = $1', [sessionId]);
      const started = performance.now();
      await world.closing.assemble({ sessionId, lastTry: false });
      const assembled = performance.now();
      await world.closing.writeNotes({ sessionId, lastTry: false });
      assembleMs.push(assembled - started);
      notesMs.push(performance.now() - assembled);
    }
    return { hours, items, voices, assembleMs: summarize(assembleMs, 0)!, notesMs: summarize(notesMs, 0)! };
  } finally {
    await world.close();
  }
}
function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

export interface MemoryOver {
  hours: number;
  timesRealTime: number;
  /** Resident memory of the worker's own process by tenths of the meeting, in MiB; the engines are processes of their own. */
  processMiB: number[];
}

/** The whole of a long recording through one worker. */
async function memoryOver(speech: Int16Array, hours: number): Promise<MemoryOver> {
  const world = await openMeetingWorld();
  const engines = createLocalSpeech({ dataDir: '/nonexistent', cpuCount: os.availableParallelism(), clock: systemClock, log: silentLog });
  try {
    await engines.ready();
    const sessionId = await world.meeting(hours * HOUR_SAMPLES, { repeating: speech });
    const worker = await world.worker(engines);
    const started = performance.now();
    const processMiB: number[] = [];
    for (let tenth = 1; tenth <= 10; tenth += 1) {
      for (;;) {
        const { chunks } = (await world.meetings.get(world.person, sessionId))!;
        if (chunks.filter(({ state }) => state === 'transcribed' || state === 'failed').length >= (chunks.length * tenth) / 10) break;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      processMiB.push(round(process.memoryUsage.rss() / MEBIBYTE, 0));
    }
    await untilClosed(world, sessionId);
    const timesRealTime = round((hours * 3_600_000) / (performance.now() - started));
    await worker.stop();
    return { hours, timesRealTime, processMiB };
  } finally {
    await engines.stop();
    await world.close();
  }
}

function tableOf({ cores, loadAverage, throughput, live, assembly, memory }: { cores: number; loadAverage: number[]; throughput: Throughput; live: LiveLag; assembly: Assembly; memory: MemoryOver | null }): string {
  const spread = (summary: Summary | null, unitOf: string) => (summary ? `${summary.p50}${unitOf} (${summary.min}–${summary.max}${unitOf}, p95 ${summary.p95}${unitOf}, n=${summary.count})` : 'nothing measured');
  return [
    `Meetings on ${cores} cores, load ${loadAverage.join(' / ')}`,
    `  audio hours per hour, local engines   ${spread(throughput.timesRealTime, ' ×')} of ${throughput.minutes} min each`,
    `  live: first text after the first word ${spread(live.firstTextMs, ' ms')}`,
    `  live: final after the first word      ${spread(live.finalOfFirstWordMs, ' ms')}`,
    `  live: final after the last word       ${spread(live.finalMs, ' ms')}`,
    `  assembling ${assembly.hours} h (${assembly.items} segments, ${assembly.voices} voices)   ${spread(assembly.assembleMs, ' ms')}, then notes ${spread(assembly.notesMs, ' ms')}`,
    ...(memory ? [`  worker's memory over ${memory.hours} h of audio    ${memory.processMiB.join(', ')} MiB, at ${memory.timesRealTime} × real time`] : []),
  ].join('\n');
}
