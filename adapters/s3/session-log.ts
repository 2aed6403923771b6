/** One session's log as its objects tell it. Pure: what was listed goes in, where each sample lies comes out. */
import { BYTES_PER_SAMPLE } from '#domain/stream/audio-format.ts';
import { VOID_SLOTS } from './layout.ts';
import type { Fence } from './layout.ts';

export interface PlacedFence extends Fence {
  slot: number;
}
/** An object of the log: a fence, or audio of that many bytes. */
export interface SlotContent {
  slot: number;
  sizeBytes: number;
  fence: Fence | null;
}
/** A recording holds every sample before the fence at `slot`. */
export interface Base {
  slot: number;
  samples: number;
}
export interface SessionLog {
  /** The first slot that is empty: whoever creates it goes on. */
  nextSlot: number;
  /** Samples before `nextSlot`. */
  throughSample: number;
  /** What of them can be read: all, or none where the recording is gone (its retention is over). */
  endSample: number;
  /** Ascending; those that were placed where a seal or an erasure had already passed are among them. */
  fences: PlacedFence[];
  base: Base | null;
  /** Audio behind the base: object `slots[i]` ends before sample `ends[i]`. */
  slots: number[];
  ends: number[];
  erased: boolean;
}

export const EMPTY_LOG: SessionLog = { nextSlot: 0, throughSample: 0, endSample: 0, fences: [], base: null, slots: [], ends: [], erased: false };

/**
 * The log after `found` (ascending by slot, all of it behind what `before` knows) was listed and `base` is the newest
 * recording. A slot that is empty ends it, whatever lies behind: that was never acknowledged. `broken`: a fence lies
 * behind an empty slot, so audio was removed or was being removed while it was listed.
 */
export function extendLog(before: SessionLog, found: readonly SlotContent[], base: Base | null): { log: SessionLog; broken: boolean } {
  const fences = [...before.fences, ...found.flatMap(({ slot, fence }) => (fence ? [{ ...fence, slot }] : []))];
  const log: SessionLog = { ...before, fences, base, slots: [...before.slots], ends: [...before.ends], erased: before.erased || fences.some((fence) => fence.kind === 'erase') };
  if (log.erased) return { log: { ...EMPTY_LOG, fences, erased: true }, broken: false };
  if (base && base.slot !== before.base?.slot) startAt(log, base, before);
  let gone = before.endSample < before.throughSample;
  let broken = false;
  for (const { slot, sizeBytes, fence } of found) {
    if (slot < log.nextSlot) continue; // void, or part of the recording already
    if (slot > log.nextSlot) {
      const later = fences.find((each) => each.slot >= slot);
      if (!later) break;
      if (later.slot !== slot) continue;
      // What lay before this fence is not there any more.
      [log.slots, log.ends, log.throughSample, gone, broken] = [[], [], later.throughSample, later.throughSample > 0, true];
    }
    if (fence) log.nextSlot = slot + VOID_SLOTS;
    else {
      log.throughSample += sizeBytes / BYTES_PER_SAMPLE;
      log.slots.push(slot);
      log.ends.push(log.throughSample);
      log.nextSlot = slot + 1;
    }
  }
  log.endSample = gone ? 0 : log.throughSample;
  return { log, broken };
}

/** A newer recording has taken in what lies before its fence. */
function startAt(log: SessionLog, base: Base, before: SessionLog): void {
  const kept = before.slots.findIndex((slot) => slot > base.slot);
  log.slots = kept < 0 ? [] : before.slots.slice(kept);
  log.ends = kept < 0 ? [] : before.ends.slice(kept);
  if (before.nextSlot > base.slot) return;
  log.nextSlot = base.slot + VOID_SLOTS;
  log.throughSample = base.samples;
}

/** The newest epoch anybody has opened; `except` the fences of one who tries again. */
export function newestEpoch(log: SessionLog, except?: string): number {
  return Math.max(0, ...log.fences.filter((fence) => fence.mark !== except).map((fence) => fence.epoch));
}
