/**
 * The time line of a replay. It is the session's uplink clock, which is the recording's, with room added where that stood
 * still while something happened: without a microphone no sample is sent, and yet code is written. Runs and saved files
 * carry only the time of day; what was typed carries both and ties one to the other.
 */
import { samplesToMs } from '../stream/audio-format.ts';
import type { SessionEvent } from '../session/session.ts';

export interface Hold {
  /** Where the time line goes on without the recording; `toMs` is exclusive. */
  fromMs: number;
  toMs: number;
  /** Where the recording stands meanwhile. */
  audioMs: number;
}
interface Anchor {
  /** Milliseconds since the session was created. */
  wallMs: number;
  audioMs: number;
  replayMs: number;
}

/** Keys within one frame of audio lie on the same sample; this much at one sample is a clock that stands still. */
const STANDS_STILL_MS = 1_000;
const JITTER_MS = 250;
/** Nobody watches longer than this for the next key. */
const MAX_HELD_GAP_MS = 120_000;
/** Events written down in the moment their sample was current. The sample of others lies in the past. */
const CURRENT = new Set(['editor', 'command.recognized', 'help.offered', 'agent.pace']);

export class ReplayClock {
  readonly holds: readonly Hold[];
  readonly #anchors: Anchor[];

  /** @param startedMs when the session began, since it was created; events in the order of the log */
  constructor(events: readonly SessionEvent[], startedMs: number) {
    const anchors = anchorsIn(events, startedMs);
    this.holds = hold(anchors);
    this.#anchors = anchors;
  }

  /** The place of a moment of the day. */
  ofWall(wallMs: number): number {
    const after = firstAfter(this.#anchors, ({ wallMs: at }) => at > wallMs);
    const before = this.#anchors[after - 1];
    const next = this.#anchors[after];
    if (!before) return 0;
    return Math.min(before.replayMs + wallMs - before.wallMs, next?.replayMs ?? Infinity);
  }

  /** The place of a moment of the recording, before whatever happened while that stood still. */
  ofAudio(audioMs: number): number {
    return this.holds.reduce((ms, { fromMs, toMs, audioMs: at }) => (at < audioMs ? ms + toMs - fromMs : ms), audioMs);
  }

  /** Where the recording is at a place; `held`: it stands there. */
  audioAt(replayMs: number): { audioMs: number; held: Hold | null } {
    let heldMs = 0;
    for (const one of this.holds) {
      if (replayMs < one.fromMs) break;
      if (replayMs < one.toMs) return { audioMs: one.audioMs, held: one };
      heldMs += one.toMs - one.fromMs;
    }
    return { audioMs: replayMs - heldMs, held: null };
  }
}

function anchorsIn(events: readonly SessionEvent[], startedMs: number): Anchor[] {
  const anchors: Anchor[] = [{ wallMs: startedMs, audioMs: 0, replayMs: 0 }];
  let audioMs = 0;
  for (const { type, sample, atMs, data } of events) {
    // The clock is past the end of what was heard.
    const endSample = type === 'transcript.final' ? (data as { endSample?: unknown } | null)?.endSample : undefined;
    const knownMs = typeof endSample === 'number' ? samplesToMs(endSample) : CURRENT.has(type) && sample !== undefined ? samplesToMs(sample) : null;
    if (knownMs === null) continue;
    const last = anchors.at(-1)!;
    const wallMs = Math.max(atMs, last.wallMs);
    const goesOnMs = last.audioMs + wallMs - last.wallMs;
    audioMs = Math.max(audioMs, knownMs);
    // A final text comes some time after its words: it counts only where the clock would otherwise lag behind it.
    if (CURRENT.has(type) || audioMs > goesOnMs) anchors.push({ wallMs, audioMs, replayMs: 0 });
  }
  return onTime(anchors);
}

/**
 * Audio may arrive late and then catch up, e.g. after a lost connection, but never early: of how far it lags behind the
 * day, the least from there on is what the pauses account for.
 */
function onTime(anchors: Anchor[]): Anchor[] {
  let leastMs = Infinity;
  for (const anchor of anchors.toReversed()) {
    leastMs = Math.min(leastMs, anchor.wallMs - anchor.audioMs);
    anchor.audioMs = anchor.wallMs - leastMs;
  }
  return anchors;
}

/** Places the anchors, and answers the stretches in which the recording stands still. */
function hold(anchors: Anchor[]): Hold[] {
  const holds: Hold[] = [];
  let heldMs = 0;
  for (let from = 0; from < anchors.length; ) {
    const { audioMs, wallMs } = anchors[from]!;
    let to = from + 1;
    while (to < anchors.length && anchors[to]!.audioMs - audioMs <= JITTER_MS) to += 1;
    const fromMs = audioMs + heldMs;
    const still = anchors[to - 1]!.wallMs - wallMs > STANDS_STILL_MS;
    let atMs = fromMs;
    for (let index = from; index < to; index += 1) {
      const anchor = anchors[index]!;
      if (still && index > from) atMs += Math.min(MAX_HELD_GAP_MS, anchor.wallMs - anchors[index - 1]!.wallMs);
      if (still) anchor.audioMs = audioMs;
      anchor.replayMs = still ? atMs : anchor.audioMs + heldMs;
    }
    if (still) {
      holds.push({ fromMs, toMs: atMs, audioMs });
      heldMs += atMs - fromMs;
    }
    from = still ? to : from + 1;
  }
  return holds;
}

function firstAfter<T>(items: readonly T[], isAfter: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
