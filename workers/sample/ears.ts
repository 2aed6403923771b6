/** Ears: the interviewer's voice passes at the speed of sound, and how far is reported about every 100 ms, as players do. */
import type { Clock } from '#domain/clock.ts';
import type { DownlinkFrame } from '#domain/stream/frames.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';

const REPORT_MS = 100;

export class Ears {
  #rateHz = 16_000;
  #utterance = -1;
  #received = 0;
  #complete = false;
  #played = 0;
  #sinceMs: number | null = null;
  #cancel: () => void = () => {};
  readonly #clock: Clock;
  readonly #report: (utterance: number, playedSamples: number) => void;

  constructor(clock: Clock, report: (utterance: number, playedSamples: number) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** How much of an utterance was heard, in ms; 0 when another one is being heard, or none. */
  heardMs(utterance: number): number {
    return utterance === this.#utterance ? (this.#now() * 1000) / this.#rateHz : 0;
  }

  open(rateHz: number): void {
    this.close();
    this.#rateHz = rateHz;
  }

  hear(frame: DownlinkFrame): void {
    if (frame.utterance !== this.#utterance) {
      this.close();
      this.#utterance = frame.utterance;
    }
    this.#received = Math.max(this.#received, frame.firstSample + frame.samples.length);
    this.#complete ||= frame.last;
    this.#go();
  }

  obey(message: ServerMessage): void {
    if (message.type === 'agent.interrupted') this.close();
    if (message.type !== 'agent.state') return;
    if (message.state === 'paused') this.#hold();
    else if (message.state === 'speaking') this.#go();
  }

  close(): void {
    this.#cancel();
    this.#sinceMs = null;
    this.#utterance = -1;
    this.#received = this.#played = 0;
    this.#complete = false;
  }

  #go(): void {
    if (this.#utterance < 0 || this.#sinceMs !== null) return;
    this.#sinceMs = this.#clock.monotonicMs();
    this.#tick();
  }

  #tick(): void {
    this.#cancel = this.#clock.schedule(REPORT_MS, () => {
      this.#advance();
      if (this.#complete && this.#played >= this.#received) this.#sinceMs = null;
      else this.#tick();
    });
  }

  #hold(): void {
    if (this.#sinceMs === null) return;
    this.#cancel();
    this.#advance();
    this.#sinceMs = null;
  }

  #advance(): void {
    this.#played = this.#now();
    this.#sinceMs = this.#clock.monotonicMs();
    this.#report(this.#utterance, this.#played);
  }

  /** What has not come cannot be heard. */
  #now(): number {
    const passed = this.#sinceMs === null ? 0 : Math.round(((this.#clock.monotonicMs() - this.#sinceMs) * this.#rateHz) / 1000);
    return Math.min(this.#received, this.#played + passed);
  }
}
