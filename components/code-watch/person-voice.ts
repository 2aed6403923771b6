/** The candidate's voice for whoever watches: frames of the uplink clock through a loudspeaker, as they come. */
import type { Clock } from '#domain/clock.ts';
import { UPLINK_SAMPLE_RATE_HZ, samplesToMs } from '#domain/stream/audio-format.ts';
import type { UplinkFrame } from '#domain/stream/frames.ts';
import type { Loudspeaker } from '#components/live-session/player.ts';

/** After a lost connection the candidate's browser sends faster than speech: what is this far ahead is skipped. */
export const MAX_AHEAD_MS = 1_500;

export class PersonVoice {
  readonly #clock: Clock;
  readonly #loudspeaker: Loudspeaker;
  #run = 0;
  /** Where the run under way began, on the uplink clock and on this page's. */
  #began = { sample: 0, atMs: 0 };
  #nextSample = -1;

  constructor(clock: Clock, loudspeaker: Loudspeaker) {
    this.#clock = clock;
    this.#loudspeaker = loudspeaker;
    loudspeaker.order({ type: 'rate', sampleRateHz: UPLINK_SAMPLE_RATE_HZ });
  }

  frame({ seq, firstSample, samples }: Omit<UplinkFrame, 'samples'> & { samples: Int16Array }): void {
    const nowMs = this.#clock.monotonicMs();
    const aheadMs = samplesToMs(firstSample - this.#began.sample) - (nowMs - this.#began.atMs);
    if (firstSample !== this.#nextSample || Math.abs(aheadMs) > MAX_AHEAD_MS) {
      if (this.#nextSample >= 0) this.#loudspeaker.order({ type: 'flush' });
      this.#run += 1;
      this.#began = { sample: firstSample, atMs: nowMs };
    }
    this.#nextSample = firstSample + samples.length;
    // The frame's own buffer moves to the audio thread.
    this.#loudspeaker.order({ type: 'frame', frame: { utterance: this.#run, seq, firstSample: firstSample - this.#began.sample, last: false, samples: samples.slice() } });
  }

  close(): void {
    this.#loudspeaker.close();
  }
}
