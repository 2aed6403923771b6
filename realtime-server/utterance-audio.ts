/** Collects what was synthesized of one utterance, for the recording's agent track. */
import { StreamingResampler } from '#domain/speech/resample.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';

export class UtteranceAudio {
  /** Piece by piece, so that a long utterance never holds up the event loop. */
  readonly #resampler: StreamingResampler;
  readonly #pieces: Int16Array[] = [];

  constructor(sampleRateHz: number) {
    this.#resampler = new StreamingResampler(sampleRateHz, UPLINK_SAMPLE_RATE_HZ);
  }

  add(samples: Int16Array): void {
    this.#pieces.push(this.#resampler.push(samples));
  }

  /** All of it; nothing can be added afterwards. */
  at16kHz(): Int16Array {
    this.#pieces.push(this.#resampler.end());
    const whole = new Int16Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
    let offset = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, offset);
      offset += piece.length;
    }
    return whole;
  }
}
