/**
 * Decides sample by sample what of the uplink is new: frames may come twice, overlap, or leave a hole. The first copy of
 * a sample wins; nothing is buffered beyond a hole, because the sender keeps and resends whatever is not acknowledged.
 */
import { UPLINK_SAMPLE_RATE_HZ } from './audio-format.ts';
import type { UplinkFrame } from './frames.ts';

/** Unacknowledged audio a sender may have under way: 60 s, twice what the contract promises. */
export const MAX_AHEAD_SAMPLES = 60 * UPLINK_SAMPLE_RATE_HZ;
/** Sustained speed of the uplink, as a multiple of real time. */
export const MAX_SPEED = 10;
/** A hole is reported again after this long while frames keep arriving beyond it. */
export const GAP_REPEAT_MS = 1_000;

export type UplinkDecision =
  | { kind: 'accept'; samples: Int16Array }
  | { kind: 'duplicate' }
  /** Frames are missing from `fromSample`; `report` is false while the same hole was reported a moment ago. */
  | { kind: 'gap'; fromSample: number; report: boolean }
  | { kind: 'too_fast' };

export class Uplink {
  /** The next sample wanted: everything before was accepted. */
  nextSample: number;
  #credit = MAX_AHEAD_SAMPLES;
  #creditAtMs: number;
  #gapReport: { fromSample: number; atMs: number } | null = null;

  constructor(nextSample: number, nowMs: number) {
    this.nextSample = nextSample;
    this.#creditAtMs = nowMs;
  }

  /** `durableThroughSample`: what is on disk; `nowMs`: a monotonic clock. */
  accept(frame: UplinkFrame, durableThroughSample: number, nowMs: number): UplinkDecision {
    const end = frame.firstSample + frame.samples.length;
    if (end <= this.nextSample) return { kind: 'duplicate' };
    if (frame.firstSample > this.nextSample) return this.#gap(nowMs);
    const samples = frame.samples.subarray(this.nextSample - frame.firstSample);
    if (end - durableThroughSample > MAX_AHEAD_SAMPLES || !this.#spend(samples.length, nowMs)) return { kind: 'too_fast' };
    this.nextSample = end;
    this.#gapReport = null;
    return { kind: 'accept', samples };
  }

  #gap(nowMs: number): UplinkDecision {
    const last = this.#gapReport;
    const report = last === null || last.fromSample !== this.nextSample || nowMs - last.atMs >= GAP_REPEAT_MS;
    if (report) this.#gapReport = { fromSample: this.nextSample, atMs: nowMs };
    return { kind: 'gap', fromSample: this.nextSample, report };
  }

  /** A token bucket: bursts of MAX_AHEAD_SAMPLES, refilled at MAX_SPEED × real time. */
  #spend(samples: number, nowMs: number): boolean {
    const refill = ((nowMs - this.#creditAtMs) / 1000) * UPLINK_SAMPLE_RATE_HZ * MAX_SPEED;
    this.#credit = Math.min(MAX_AHEAD_SAMPLES, this.#credit + refill);
    this.#creditAtMs = nowMs;
    if (samples > this.#credit) return false;
    this.#credit -= samples;
    return true;
  }
}
