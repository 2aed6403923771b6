/**
 * Looks at sessions' logs and reads them. What a list has told stays true, because no object is ever overwritten: it is
 * kept, and only what is new is listed. An object that is missing when it is read was sealed away or erased: looked at anew.
 */
import { SpoolError } from '#domain/errors.ts';
import { BYTES_PER_SAMPLE, samplesToBytes } from '#domain/stream/audio-format.ts';
import { WAV_HEADER_BYTES } from '#domain/stream/wav.ts';
import { isFence, logPrefix, parseFence, recordingKey, recordingPrefix, slotKey, slotOf } from './layout.ts';
import { forEachBounded, listAll } from './object-store.ts';
import type { ObjectStore } from './object-store.ts';
import { EMPTY_LOG, extendLog } from './session-log.ts';
import type { Base, SessionLog, SlotContent } from './session-log.ts';

/** Of four hours one takes 230 kB: 7 MB in all. */
const KEPT_LOGS = 32;
const PARALLEL_READS = 16;
/** Of a recording at a time: 32 s. */
const RANGE_BYTES = 1024 * 1024;
/** Each time somebody has sealed in between; more often is a fault. */
const MAX_LOOKS = 5;

export class LogReader {
  readonly #store: ObjectStore;
  /** In the order of use, the newest last. */
  readonly #kept = new Map<string, SessionLog>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** The log as it is now. */
  async look(sessionId: string): Promise<SessionLog> {
    for (let looks = 0; ; looks += 1) {
      const kept = this.#kept.get(sessionId);
      // Its retention may be over, or a newer one may have replaced it.
      const outdated = kept?.base && !(await this.#store.head(recordingKey(sessionId, kept.base.slot)));
      const { log, broken } = await this.#extend(sessionId, kept && !outdated ? kept : EMPTY_LOG);
      // A list is no instant: a slot it missed and a later one it found may have been filled while it ran. Once more tells.
      if (broken && looks === 0) {
        this.forget(sessionId);
        continue;
      }
      // While it is being sealed what was listed is about to go.
      const sealing = log.fences.some(({ kind, slot }) => kind === 'seal' && slot > (log.base?.slot ?? -1));
      if (broken || sealing) this.forget(sessionId);
      else this.#keep(sessionId, log);
      return log;
    }
  }

  forget(sessionId: string): void {
    this.#kept.delete(sessionId);
  }

  /** Samples [fromSample, toSample), shorter at the end; of an erased session none. */
  async read(sessionId: string, fromSample: number, toSample: number): Promise<Int16Array> {
    const from = Math.max(0, fromSample);
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      const kept = this.#kept.get(sessionId);
      const log = kept && toSample <= kept.endSample ? kept : await this.look(sessionId);
      const samples = new Int16Array(Math.max(0, Math.min(toSample, log.endSample) - from));
      if (samples.length === 0 || (await this.readInto(sessionId, log, from, samples))) return samples;
      this.forget(sessionId);
    }
    throw new SpoolError('unavailable', 'The audio of a session kept changing while it was read.');
  }

  /** False when something of it is not there any more: sealed away or erased since `log` was looked at. */
  async readInto(sessionId: string, log: SessionLog, fromSample: number, into: Int16Array): Promise<boolean> {
    const bytes = samplesToBytes(into);
    const toSample = fromSample + into.length;
    const wanted = [...recorded(sessionId, log, fromSample, toSample), ...appended(sessionId, log, fromSample, toSample)];
    let complete = true;
    await forEachBounded(wanted, PARALLEL_READS, async ({ key, from, to, at }) => {
      const found = complete ? await this.#store.get(key, { from, to }) : null;
      if (found?.byteLength === to - from) bytes.set(found, at);
      else complete = false;
    });
    return complete;
  }

  async #extend(sessionId: string, before: SessionLog): Promise<{ log: SessionLog; broken: boolean }> {
    const found: SlotContent[] = [];
    for await (const page of listAll(this.#store, logPrefix(sessionId), before.nextSlot > 0 ? slotKey(sessionId, before.nextSlot - 1) : undefined)) {
      for (const { key, sizeBytes } of page) found.push({ slot: slotOf(key), sizeBytes, fence: null });
    }
    await forEachBounded(found.filter(({ sizeBytes }) => isFence(sizeBytes)), PARALLEL_READS, async (content) => {
      const body = await this.#store.get(slotKey(sessionId, content.slot));
      if (!body) throw new SpoolError('unavailable', 'A fence of an audio log is gone.');
      content.fence = parseFence(body);
    });
    // After the list: what a seal removed before it is in a recording that is there by now.
    return extendLog(before, found, await this.#base(sessionId, before, found));
  }

  /** The newest recording. Each has a fence in the log of its own, unless the log was swept since. */
  async #base(sessionId: string, before: SessionLog, found: readonly SlotContent[]): Promise<Base | null> {
    const knownSlot = before.base?.slot ?? -1;
    const seals = [...before.fences, ...found.flatMap(({ slot, fence }) => (fence ? [{ ...fence, slot }] : []))].filter(({ kind, slot }) => kind === 'seal' && slot > knownSlot);
    for (const { slot, throughSample } of seals.toReversed()) {
      const there = await this.#store.head(recordingKey(sessionId, slot));
      if (there) return checked({ slot, samples: throughSample }, there.sizeBytes);
    }
    if (before.nextSlot > 0 || found[0]?.slot === 0) return before.base;
    const { objects } = await this.#store.list(recordingPrefix(sessionId));
    const newest = objects.at(-1);
    return newest ? { slot: slotOf(newest.key), samples: (newest.sizeBytes - WAV_HEADER_BYTES) / BYTES_PER_SAMPLE } : null;
  }

  #keep(sessionId: string, log: SessionLog): void {
    this.#kept.delete(sessionId);
    if (log.nextSlot === 0) return;
    this.#kept.set(sessionId, log);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_LOGS && oldest !== undefined) this.#kept.delete(oldest);
  }
}

function checked(base: Base, sizeBytes: number): Base {
  if (sizeBytes !== WAV_HEADER_BYTES + base.samples * BYTES_PER_SAMPLE) throw new SpoolError('audio.write_failed', 'A recording has another length than its fence.');
  return base;
}

interface Wanted {
  key: string;
  from: number;
  to: number;
  /** Where in the answer, in bytes. */
  at: number;
}

function* recorded(sessionId: string, { base }: SessionLog, fromSample: number, toSample: number): Generator<Wanted> {
  if (!base) return;
  const end = WAV_HEADER_BYTES + Math.min(toSample, base.samples) * BYTES_PER_SAMPLE;
  const begin = WAV_HEADER_BYTES + fromSample * BYTES_PER_SAMPLE;
  for (let from = begin; from < end; from += RANGE_BYTES) {
    yield { key: recordingKey(sessionId, base.slot), from, to: Math.min(end, from + RANGE_BYTES), at: from - begin };
  }
}

function* appended(sessionId: string, { base, slots, ends }: SessionLog, fromSample: number, toSample: number): Generator<Wanted> {
  for (let index = firstEndingAfter(ends, fromSample); index < slots.length; index += 1) {
    const begins = index > 0 ? ends[index - 1]! : (base?.samples ?? 0);
    if (begins >= toSample) return;
    const from = Math.max(fromSample, begins);
    const to = Math.min(toSample, ends[index]!);
    yield { key: slotKey(sessionId, slots[index]!), from: (from - begins) * BYTES_PER_SAMPLE, to: (to - begins) * BYTES_PER_SAMPLE, at: (from - fromSample) * BYTES_PER_SAMPLE };
  }
}

/** By halving: a meeting has 14,400 objects. */
function firstEndingAfter(ends: readonly number[], sample: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= sample) low = middle + 1;
    else high = middle;
  }
  return low;
}
