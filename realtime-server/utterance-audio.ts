/** Collects what was synthesized of one utterance, for the recording's agent track. */
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { resample } from '#domain/speech/resample.ts';

export class UtteranceAudio {
  readonly #sampleRateHz: number;
  readonly #pieces: Int16Array[] = [];

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
  }

  add(samples: Int16Array): void {
    this.#pieces.push(samples);
  }

  at16kHz(): Int16Array {
    const whole = new Int16Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
    let offset = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, offset);
      offset += piece.length;
    }
    return this.#sampleRateHz === UPLINK_SAMPLE_RATE_HZ ? whole : resample(whole, this.#sampleRateHz, UPLINK_SAMPLE_RATE_HZ);
  }
}
