/**
 * How well topics that the taxonomy does not list are placed in a category, by spelling and by meaning, on the labelled
 * answers to develop on; and how long it takes. The held-out answers are not looked at.
 */
import { readFileSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LocalEmbeddings } from '#adapters/embeddings-local/index.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { TopicPlacer } from '#domain/interests/ports.ts';
import { findTopic } from '#domain/interests/taxonomy.ts';
import { placePhrase } from '#domain/interests/vectors.ts';
import { extractByWords } from '#domain/interests/words-extractor.ts';
import { silentLog } from '#domain/log.ts';
import { type LabelledAnswer, matchesLabel } from '#tests/support/interest-scoring.ts';

interface Case {
  topic: string;
  right: string[];
  /** The category it has without the model. */
  without: string;
}
export interface Accuracy {
  what: string;
  topics: number;
  withoutModel: number;
  withModel: number;
}
interface Spread {
  medianMs: number;
  fastestMs: number;
  p95Ms: number;
}

const LABELS = path.resolve(import.meta.dirname, '../tests/fixtures/interests');
const ROUNDS = 100;

export const OPTIONS = ['--directory DIR'];
/** `--directory D`: keeps the vectors of the listed topics there; by default they are computed anew, which is measured. */
export default async function run(args: string[] = []): Promise<{ table: string; results: object }> {
  const option = args.includes('--directory') ? args[args.indexOf('--directory') + 1] : undefined;
  const embeddings = new LocalEmbeddings({ dataDir: option ?? path.join(os.tmpdir(), `spool-placing-${process.pid}`), clock: systemClock, log: silentLog });
  try {
    const readyMs = await ready(embeddings);
    const accuracy = await placingAccuracy(embeddings);
    const oneTopic = await time(() => embeddings.place(['restoring old radios']));
    const threeTopics = await time(() => embeddings.place(['restoring old radios', 'varroa mites', 'bell ringing in a small church']));
    const load = os.loadavg().map((value) => Number(value.toFixed(1)));
    const results = { accuracy, listedTopicsReadyMs: Math.round(readyMs), oneTopic, threeTopics, loadAverage: load };
    return { table: tableOf(accuracy, readyMs, { 'one topic': oneTopic, 'three topics': threeTopics }, load), results };
  } finally {
    await embeddings.stop();
  }
}

/** `placer` is ready. */
export async function placingAccuracy(placer: TopicPlacer): Promise<Accuracy[]> {
  const accuracy: Accuracy[] = [];
  for (const file of readdirSync(LABELS).filter((name) => /^answers-development.*\.json$/.test(name)).toSorted()) {
    const answers = JSON.parse(readFileSync(path.join(LABELS, file), 'utf8')) as LabelledAnswer[];
    const name = file.replace(/^answers-|\.json$/g, '');
    accuracy.push(await judge(placer, `${name}: topics as labelled`, labelled(answers)), await judge(placer, `${name}: claims of the rules`, claimed(answers)));
  }
  return accuracy;
}

async function ready(embeddings: LocalEmbeddings): Promise<number> {
  const startedMs = performance.now();
  embeddings.prepare();
  for (;;) {
    try {
      await embeddings.place(['chess']);
      return performance.now() - startedMs;
    } catch (error) {
      if (!(error instanceof SpoolError) || error.code !== 'engine.busy') throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Topics that were labelled and have no listed name. */
function labelled(answers: LabelledAnswer[]): Case[] {
  const byTopic = new Map(answers.flatMap(({ interests }) => interests).map((one) => [one.topic, one]));
  return [...byTopic.values()]
    .filter(({ topic }) => !findTopic(topic))
    .map(({ topic, category, otherCategories = [] }) => ({ topic, right: [category, ...otherCategories], without: placePhrase(topic) }));
}
/** What the rules claimed under a name that is not listed, where a label says what it is. */
function claimed(answers: LabelledAnswer[]): Case[] {
  return answers.flatMap(({ answer, question, interests }) =>
    extractByWords({ text: answer, question, knownTopics: [] }).claims.flatMap(({ topic, category }) => {
      const label = findTopic(topic) ? undefined : interests.find((one) => matchesLabel(topic, one));
      return label ? [{ topic, right: [label.category, ...(label.otherCategories ?? [])], without: category }] : [];
    }),
  );
}

async function judge(placer: TopicPlacer, what: string, cases: Case[]): Promise<Accuracy> {
  const places = await placer.place(cases.map(({ topic }) => topic));
  return {
    what,
    topics: cases.length,
    withoutModel: cases.filter(({ right, without }) => right.includes(without)).length,
    withModel: cases.filter(({ right, without }, at) => right.includes(places[at] ?? without)).length,
  };
}

async function time(work: () => Promise<unknown>): Promise<Spread> {
  const tookMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = performance.now();
    await work();
    tookMs.push(performance.now() - startedMs);
  }
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => Number(tookMs[Math.floor(share * (ROUNDS - 1))]!.toFixed(1));
  return { medianMs: at(0.5), fastestMs: at(0), p95Ms: at(0.95) };
}

function tableOf(accuracy: Accuracy[], readyMs: number, times: Record<string, Spread>, load: number[]): string {
  const share = (right: number, all: number) => `${right}/${all} ${all > 0 ? `${((100 * right) / all).toFixed(0)} %` : ''}`.padEnd(14);
  return [
    `${'category is right'.padEnd(40)} ${'without'.padEnd(14)} with the model`,
    ...accuracy.map(({ what, topics, withoutModel, withModel }) => `${what.padEnd(40)} ${share(withoutModel, topics)} ${share(withModel, topics)}`),
    '',
    `listed topics ready after ${(readyMs / 1000).toFixed(1)} s`,
    ...Object.entries(times).map(([what, { medianMs, fastestMs, p95Ms }]) => `${what.padEnd(13)} median ${medianMs} ms, fastest ${fastestMs} ms, 95 % within ${p95Ms} ms (${ROUNDS} rounds)`),
    `load average ${load.join(' ')}`,
  ].join('\n');
}
