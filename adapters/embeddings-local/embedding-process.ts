/**
 * The program of the embedding child. It loads the model, answers one request after the other and leaves when its parent's
 * channel closes. While it computes the vectors of the listed topics, requests go first.
 */
import os from 'node:os';
import { type ListedVectors, listedTexts, placeByMeaning, VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';
import { listedVectors } from './listed-vectors.ts';
import type { EmbedAnswer, FromChild, PlaceAnswer, ToChild } from './messages.ts';
import { BATCH_TEXTS, type EmbedBatch, loadSentenceModel } from './sentence-model.ts';

/** Speech comes first on a small machine. */
const NICENESS = 5;
const cacheFolder = process.argv[2]!;

try {
  os.setPriority(NICENESS);
} catch {
  // Not everywhere allowed, and nothing depends on it.
}
process.on('disconnect', () => process.exit(0));
// A Ctrl-C or a service manager signals the whole group; the parent decides when we end.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

const send = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};

let model: Promise<EmbedBatch> | undefined;
/** One batch at a time: the model's memory is shared. */
let turn: Promise<unknown> = Promise.resolve();
let listed: ListedVectors | undefined;
let preparing = false;

async function embedBatch(texts: string[]): Promise<Float32Array[]> {
  model ??= load();
  const embed = await model;
  const mine = turn.then(() => embed(texts));
  turn = mine.catch(() => {});
  return mine;
}
async function load(): Promise<EmbedBatch> {
  const startedMs = performance.now();
  const loaded = await loadSentenceModel();
  send({ op: 'loaded', loadMs: performance.now() - startedMs });
  return loaded;
}

async function embed(texts: string[]): Promise<EmbedAnswer> {
  const vectors = new Float32Array(texts.length * VECTOR_DIMENSIONS);
  for (let at = 0; at < texts.length; at += BATCH_TEXTS) {
    for (const [index, vector] of (await embedBatch(texts.slice(at, at + BATCH_TEXTS))).entries()) vectors.set(vector, (at + index) * VECTOR_DIMENSIONS);
  }
  return { vectors };
}

async function place(topics: string[]): Promise<PlaceAnswer> {
  if (!listed) {
    void prepare();
    return { places: null };
  }
  const index = listed;
  const { vectors } = await embed(topics);
  return { places: topics.map((_topic, at) => placeByMeaning(vectors.subarray(at * VECTOR_DIMENSIONS, (at + 1) * VECTOR_DIMENSIONS), index) ?? null) };
}

/** Failing leaves the topics without vectors; the next one asks again. */
async function prepare(): Promise<void> {
  if (listed || preparing) return;
  preparing = true;
  const startedMs = performance.now();
  try {
    const inTurn: EmbedBatch = async (texts) => {
      const vectors = await embedBatch(texts);
      // Messages that came meanwhile are heard before the next batch.
      await new Promise(setImmediate);
      return vectors;
    };
    await embedBatch([' ']);
    const found = await listedVectors(listedTexts(), inTurn, cacheFolder);
    listed = found;
    send({ op: 'topics', texts: found.texts.length, tookMs: performance.now() - startedMs, cached: found.cached });
  } catch {
    // What is wrong shows in the answers to requests.
  } finally {
    preparing = false;
  }
}

process.on('message', (message: ToChild) => {
  if (message.op === 'prepare') return void prepare();
  const answer = message.op === 'embed' ? embed(message.texts) : place(message.topics);
  answer.then(
    (value) => send({ op: 'answer', id: message.id, value }),
    (error: unknown) => send({ op: 'failed', id: message.id, reason: error instanceof Error ? error.name : 'unknown' }),
  );
});
