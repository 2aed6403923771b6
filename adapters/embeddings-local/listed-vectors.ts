/** The vectors of all listed topics: computed once, then read from a file named after the model and the topics. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ListedText, type ListedVectors, VECTOR_DIMENSIONS } from '#domain/interests/meaning.ts';
import { BATCH_TEXTS, type EmbedBatch, MODEL_NAME } from './sentence-model.ts';

const PREFIX = 'topic-vectors-';
const CHECKSUM_BYTES = 32;

/** A file that cannot be read, is damaged or cannot be written costs the time of computing, nothing else. */
export async function listedVectors(texts: ListedText[], embed: EmbedBatch, folder: string): Promise<ListedVectors & { cached: boolean }> {
  const file = path.join(folder, `${PREFIX}${sha256(JSON.stringify([MODEL_NAME, texts.map(({ text }) => text)])).toString('hex').slice(0, 16)}`);
  const stored = await readVectors(file, texts.length);
  if (stored) return { texts, vectors: stored, cached: true };
  const vectors = new Float32Array(texts.length * VECTOR_DIMENSIONS);
  for (let at = 0; at < texts.length; at += BATCH_TEXTS) {
    const batch = await embed(texts.slice(at, at + BATCH_TEXTS).map(({ text }) => text));
    for (const [index, vector] of batch.entries()) vectors.set(vector, (at + index) * VECTOR_DIMENSIONS);
  }
  await writeVectors(folder, file, vectors).catch(() => {});
  return { texts, vectors, cached: false };
}

async function readVectors(file: string, count: number): Promise<Float32Array | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes?.length !== CHECKSUM_BYTES + count * VECTOR_DIMENSIONS * Float32Array.BYTES_PER_ELEMENT) return null;
  const body = bytes.subarray(CHECKSUM_BYTES);
  if (!sha256(body).equals(bytes.subarray(0, CHECKSUM_BYTES))) return null;
  // Copied, since the bytes may lie at any offset of a larger buffer.
  return new Float32Array(new Uint8Array(body).buffer);
}

async function writeVectors(folder: string, file: string, vectors: Float32Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const body = Buffer.from(vectors.buffer);
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, Buffer.concat([sha256(body), body]), { mode: 0o600 });
  await rename(fresh, file);
  // Those of other models and older topics.
  for (const name of await readdir(folder)) if (name.startsWith(PREFIX) && path.join(folder, name) !== file) await rm(path.join(folder, name), { force: true });
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
