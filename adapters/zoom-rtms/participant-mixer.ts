/**
 * Several participants' packets become one recording: each is placed where its timestamp says, voices that overlap are added
 * up, and who spoke when is written down. Pure: the packets are all there is.
 */
import type { SpokenSpan } from '#domain/meetings/ingest/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '#domain/stream/audio-format.ts';

/** How long the recording waits for packets of others: above the 100 ms in which they are sent, and the network's unrest. */
const HOLD_SAMPLES = msToSamples(400);
/** Within it a participant's packets follow one another; beyond it they paused. */
const JITTER_SAMPLES = msToSamples(60);
/** A longer step is a clock that was set. */
const MAX_STEP_SAMPLES = 3_600 * UPLINK_SAMPLE_RATE_HZ;
/** Louder than this somebody speaks: about -44 dBFS, above the noise of an open microphone. */
const SPOKEN_RMS = 200;
/** Shorter pauses lie within what somebody says. */
const PAUSE_SAMPLES = msToSamples(700);

export interface ParticipantPacket {
  userId: number;
  name: string;
  timestampMs: number;
  samples: Int16Array;
}

export class ParticipantMixer {
  #startMs: number | null = null;
  /** Given out already. */
  #given = 0;
  #newest = 0;
  #pending: Int32Array = new Int32Array(0);
  readonly #next = new Map<number, number>();
  readonly #open = new Map<number, SpokenSpan>();
  #spoken: SpokenSpan[] = [];

  /** Takes a packet; returns what of the recording is certain now, in order. */
  push({ userId, name, timestampMs, samples }: ParticipantPacket): Int16Array {
    this.#startMs ??= timestampMs;
    const start = this.#place(userId, Math.round(((timestampMs - this.#startMs) * UPLINK_SAMPLE_RATE_HZ) / 1000));
    const end = start + samples.length;
    this.#next.set(userId, end);
    this.#grow(end - this.#given);
    for (let index = 0; index < samples.length; index += 1) this.#pending[start - this.#given + index]! += samples[index]!;
    if (loudness(samples) >= SPOKEN_RMS) this.#note(userId, name, start, end);
    this.#newest = Math.max(this.#newest, end);
    return this.#give(this.#newest - HOLD_SAMPLES);
  }

  /** The rest, when nobody sends any more. */
  flush(): Int16Array {
    return this.#give(this.#newest);
  }

  /** Who spoke when so far, on the recording's samples. */
  spoken(): SpokenSpan[] {
    return [...this.#spoken, ...this.#open.values()].toSorted((a, b) => a.startSample - b.startSample);
  }

  /** A packet that comes too late for its place is not lost: it follows what was given out. */
  #place(userId: number, wanted: number): number {
    const next = this.#next.get(userId);
    const follows = next !== undefined && (Math.abs(wanted - next) <= JITTER_SAMPLES || wanted < next);
    const start = follows ? next : wanted > this.#newest + MAX_STEP_SAMPLES ? this.#newest : wanted;
    return Math.max(start, this.#given);
  }

  #grow(length: number): void {
    if (length <= this.#pending.length) return;
    const larger = new Int32Array(length);
    larger.set(this.#pending);
    this.#pending = larger;
  }

  #give(through: number): Int16Array {
    const count = Math.min(through - this.#given, this.#pending.length);
    if (count <= 0) return new Int16Array(0);
    const mixed = Int16Array.from(this.#pending.subarray(0, count), (sample) => Math.max(-32_768, Math.min(32_767, sample)));
    this.#pending = this.#pending.slice(count);
    this.#given += count;
    return mixed;
  }

  #note(userId: number, name: string, startSample: number, endSample: number): void {
    const open = this.#open.get(userId);
    if (open && startSample - open.endSample <= PAUSE_SAMPLES) {
      open.endSample = endSample;
      return;
    }
    if (open) this.#spoken.push(open);
    this.#open.set(userId, { participant: String(userId), name, startSample, endSample });
  }
}

function loudness(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}
