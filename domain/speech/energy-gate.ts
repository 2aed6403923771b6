/**
 * A cheap gate in front of the voice detector: a listener who says nothing costs no inference. It only has to know
 * silence from "maybe speech", so every doubt opens it. The noise floor is the lowest level of the last seconds
 * (minimum statistics after R. Martin, IEEE Trans. Speech and Audio Processing 9(5), 2001, without its bias
 * correction: the margin covers it), because even fluent speech dips to the background between words.
 */
import { UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import { VAD_WINDOW_SAMPLES } from './ports.ts';

/** Above the floor by this much opens. Windows of steady noise stay within 2 dB of their minimum. */
const OPEN_ABOVE_FLOOR_DB = 6;
/** As loud as this opens whatever the floor: a held vowel must not become the noise floor. */
const ALWAYS_OPEN_DBFS = -35;
/** Below this nothing is heard by a person or a model: muted microphones, digital zeros, dither. */
const NEVER_OPEN_DBFS = -72;
/** The floor is not believed to be lower, so that the first breath after a mute does not look like a shout. */
const LOWEST_FLOOR_DBFS = -75;
/** Stays open after the last loud window, so that pauses between words cost no restart of the detector: 512 ms. */
export const HANGOVER_WINDOWS = 16;
/** The floor forgets after this: a fan switched on keeps the gate open for about four seconds. */
export const FLOOR_MEMORY_BLOCKS = 4;
const BLOCK_WINDOWS = Math.round(UPLINK_SAMPLE_RATE_HZ / VAD_WINDOW_SAMPLES);

export type GateState = 'open' | 'closed';

export class EnergyGate {
  /** Lowest level of each of the last seconds, oldest first; seeded low so that speech from the start opens. */
  #blocks: number[] = Array.from({ length: FLOOR_MEMORY_BLOCKS }, () => LOWEST_FLOOR_DBFS);
  #blockLowest = Infinity;
  #blockFilled = 0;
  #learned = false;
  #hangover = 0;

  /** One state per 512-sample window, in order; a rest shorter than a window is not judged. */
  feed(samples: Int16Array): GateState[] {
    const states: GateState[] = [];
    for (let start = 0; start + VAD_WINDOW_SAMPLES <= samples.length; start += VAD_WINDOW_SAMPLES) {
      states.push(this.#judge(levelDbfs(samples, start, VAD_WINDOW_SAMPLES)));
    }
    return states;
  }

  #judge(level: number): GateState {
    const floor = Math.min(...this.#blocks, this.#blockLowest);
    const loud = level > NEVER_OPEN_DBFS && (level > ALWAYS_OPEN_DBFS || level > floor + OPEN_ABOVE_FLOOR_DB);
    this.#learn(Math.max(level, LOWEST_FLOOR_DBFS));
    if (loud) this.#hangover = HANGOVER_WINDOWS;
    else if (this.#hangover > 0) this.#hangover -= 1;
    return loud || this.#hangover > 0 ? 'open' : 'closed';
  }

  #learn(level: number): void {
    this.#blockLowest = Math.min(this.#blockLowest, level);
    this.#blockFilled += 1;
    if (this.#blockFilled < BLOCK_WINDOWS) return;
    // The first second replaces the seed at once: a room that is not silent must not keep the gate open for four.
    this.#blocks = this.#learned ? [...this.#blocks.slice(1), this.#blockLowest] : this.#blocks.map(() => this.#blockLowest);
    this.#learned = true;
    this.#blockLowest = Infinity;
    this.#blockFilled = 0;
  }
}

/** RMS level of a stretch in dB relative to full scale; −Infinity for digital zeros. */
export function levelDbfs(samples: Int16Array, start = 0, length = samples.length): number {
  let sum = 0;
  for (let index = start; index < start + length; index++) sum += samples[index]! ** 2;
  return 10 * Math.log10(sum / length / 32_768 ** 2);
}
