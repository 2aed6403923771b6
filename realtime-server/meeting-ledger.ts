/** Tells storage when another chunk of a meeting is on the disk, which writes its row and its job. */
import { nextReadyAtSample } from '#domain/meetings/chunk-plan.ts';
import type { CapturedAudio } from '#domain/session/ports.ts';

export class MeetingLedger {
  readonly #chunkSamples: number;
  #throughSample: number;
  #nextSample: number;
  readonly #write: (captured: CapturedAudio) => void;

  /** `throughSample`: on the disk already; an earlier process may have ended before it told, so it is told again. */
  constructor({ chunkSamples, throughSample, write }: { chunkSamples: number; throughSample: number; write: (captured: CapturedAudio) => void }) {
    this.#chunkSamples = chunkSamples;
    this.#throughSample = throughSample;
    this.#write = write;
    this.#nextSample = nextReadyAtSample(throughSample, chunkSamples);
    if (throughSample > 0) this.#tell();
  }

  durable(throughSample: number): void {
    this.#throughSample = Math.max(this.#throughSample, throughSample);
    if (this.#throughSample < this.#nextSample) return;
    this.#nextSample = nextReadyAtSample(this.#throughSample, this.#chunkSamples);
    this.#tell();
  }

  /** All of it, to be written with the end. */
  get captured(): CapturedAudio {
    return { throughSample: this.#throughSample, chunkSamples: this.#chunkSamples };
  }

  #tell(): void {
    this.#write(this.captured);
  }
}
