/**
 * Makes one recording of a session's log: a WAV file named by the fence it reaches to, so that whoever makes it makes
 * the same. Goes on with the parts an earlier attempt has sent; at most one part (8 MiB) is in memory.
 */
import { randomUUID } from 'node:crypto';
import { SpoolError } from '#domain/errors.ts';
import { BYTES_PER_SAMPLE, bytesToSamples } from '#domain/stream/audio-format.ts';
import { MAX_WAV_SAMPLES, WAV_HEADER_BYTES, wavHeader } from '#domain/stream/wav.ts';
import { createOnce } from './create-once.ts';
import { VOID_SLOTS, isFence, logPrefix, recordingKey, recordingPrefix, slotOf, utterancePrefix } from './layout.ts';
import { MAX_REMOVED, listAll } from './object-store.ts';
import type { ObjectStore, UploadedPart } from './object-store.ts';
import { placeFence } from './place-fence.ts';
import type { LogParts } from './place-fence.ts';
import { newestEpoch } from './session-log.ts';
import type { PlacedFence, SessionLog } from './session-log.ts';

/** Even, so that no sample is cut; S3 takes 10,000 parts of at least 5 MiB: 80 GB, a month of sound. */
export const PART_BYTES = 8 * 1024 * 1024;
const CONTENT_TYPE = 'audio/wav';

/**
 * Seals what there is now; a writer that begins meanwhile is left for the next seal. False: the session was erased.
 * @throws SpoolError `unavailable` when another one sealed in between, or `audio.write_failed`; both can be repeated
 */
export async function sealSession(parts: LogParts & { partBytes: number }, sessionId: string): Promise<boolean> {
  const { store, reader } = parts;
  let log = await reader.look(sessionId);
  if (log.erased) return false;
  if (log.fences.length === 0) return true;
  if (lastFence(log)?.kind !== 'seal') {
    const placed = await placeFence(parts, sessionId, (seen, mark) => (seen.erased || lastFence(seen)?.kind === 'seal' ? null : { kind: 'seal', epoch: newestEpoch(seen, mark) }));
    log = placed?.log ?? (await reader.look(sessionId));
    if (log.erased) return false;
  }
  const fence = log.fences.findLast(({ kind }) => kind === 'seal');
  if (!fence) throw new SpoolError('unavailable', 'The seal of a session is gone.');
  if (log.base?.slot !== fence.slot) {
    if (log.endSample < log.throughSample) {
      // Its retention is over and nothing has been said since: there is nothing to make.
      if (log.slots.length === 0) return true;
      throw new SpoolError('audio.write_failed', 'What was said before is not there any more.');
    }
    await makeRecording(parts, sessionId, log, fence);
  }
  const made = await store.head(recordingKey(sessionId, fence.slot));
  if (made?.sizeBytes !== sizeOf(fence)) throw new SpoolError('unavailable', 'A recording is not there as it should be.');
  await removeSealed(store, sessionId, fence.slot);
  return true;
}

const lastFence = (log: SessionLog): PlacedFence | undefined => log.fences.at(-1);
const sizeOf = (fence: PlacedFence): number => WAV_HEADER_BYTES + fence.throughSample * BYTES_PER_SAMPLE;

async function makeRecording({ store, reader, clock, partBytes }: LogParts & { partBytes: number }, sessionId: string, log: SessionLog, fence: PlacedFence): Promise<void> {
  const key = recordingKey(sessionId, fence.slot);
  const header = wavHeader(Math.min(fence.throughSample, MAX_WAV_SAMPLES));
  /** Bytes [from, to) of the file. */
  const fill = async (from: number, to: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(to - from);
    const headerEnd = Math.max(from, WAV_HEADER_BYTES);
    bytes.set(header.subarray(from, headerEnd));
    const samples = bytesToSamples(bytes.subarray(headerEnd - from));
    if (await reader.readInto(sessionId, log, (headerEnd - WAV_HEADER_BYTES) / BYTES_PER_SAMPLE, samples)) return bytes;
    reader.forget(sessionId);
    throw new SpoolError('unavailable', 'Audio was sealed or erased by somebody else.');
  };
  const mark = randomUUID();
  const totalBytes = sizeOf(fence);
  if (totalBytes <= partBytes) {
    await createOnce(store, clock, key, await fill(0, totalBytes), mark, CONTENT_TYPE);
    return;
  }
  const begun = (await store.uploads(recordingPrefix(sessionId))).findLast((upload) => upload.key === key);
  const uploadId = begun?.uploadId ?? (await store.beginUpload(key, CONTENT_TYPE, mark));
  const sent = new Map((begun && (await store.uploadedParts(key, uploadId)))?.map((part) => [part.number, part]));
  const all: UploadedPart[] = [];
  for (let number = 1; (number - 1) * partBytes < totalBytes; number += 1) {
    const from = (number - 1) * partBytes;
    const to = Math.min(totalBytes, from + partBytes);
    const there = sent.get(number);
    const part = there?.sizeBytes === to - from ? there : await store.putPart(key, uploadId, number, await fill(from, to));
    // Somebody else has completed or ended it; which, the look at the recording tells.
    if (!part) return;
    all.push(part);
  }
  await store.completeUpload(key, uploadId, all);
}

/** What the recording up to `slot` has taken in, what nobody reads behind its fence, older recordings, attempts that were given up. */
async function removeSealed(store: ObjectStore, sessionId: string, slot: number): Promise<void> {
  await removeWhere(store, logPrefix(sessionId), ({ key, sizeBytes }) => !isFence(sizeBytes) && slotOf(key) < slot + VOID_SLOTS);
  await removeWhere(store, recordingPrefix(sessionId), ({ key }) => slotOf(key) < slot);
  for (const upload of await store.uploads(recordingPrefix(sessionId))) if (slotOf(upload.key) <= slot) await store.abortUpload(upload.key, upload.uploadId);
}

/** Every byte of sound a session has. Fences stay: they hold off whoever has not heard of it, and are a few numbers each. */
export async function removeAudio(store: ObjectStore, sessionId: string): Promise<void> {
  for (const upload of await store.uploads(recordingPrefix(sessionId))) await store.abortUpload(upload.key, upload.uploadId);
  // Once more as long as there was something: what arrived while it was listed goes too.
  for (let removed = 1; removed > 0; ) {
    removed = await removeWhere(store, logPrefix(sessionId), ({ sizeBytes }) => !isFence(sizeBytes));
    for (const prefix of [recordingPrefix(sessionId), utterancePrefix(sessionId)]) removed += await removeWhere(store, prefix, () => true);
  }
}

async function removeWhere(store: ObjectStore, prefix: string, which: (object: { key: string; sizeBytes: number }) => boolean): Promise<number> {
  let removed = 0;
  for await (const page of listAll(store, prefix)) {
    const keys = page.filter(which).map(({ key }) => key);
    for (let at = 0; at < keys.length; at += MAX_REMOVED) await store.remove(keys.slice(at, at + MAX_REMOVED));
    removed += keys.length;
  }
  return removed;
}
