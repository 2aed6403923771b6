/** Whoever speaks the interviewer's words. Each way of speaking reports how far it was heard in samples of the server's speech. */
import type { Clock } from '#domain/clock.ts';
import type { DownlinkFrame } from '#domain/stream/frames.ts';
import type { AgentState } from '#domain/stream/protocol.ts';

export interface AgentVoice {
  /** The rate of the frames; holds until the next call, i.e. for a connection. */
  setRate(sampleRateHz: number): void;
  frame(frame: DownlinkFrame): void;
  /** A delta of an utterance's text. */
  text(utterance: number, delta: string): void;
  state(state: AgentState): void;
  /** How fast to speak, for a voice that speaks by itself: 1 is its own pace. What the server sends has it already. */
  setPace(pace: number): void;
  /** The rest of this utterance will not be said. */
  interrupted(utterance: number): void;
  /** Falls silent and forgets everything, e.g. after a reconnect, when the server says it again. */
  flush(): void;
  close(): void;
}
export type ReportPlayback = (utterance: number, playedSamples: number) => void;

/** The server makes a long answer faster than it could be spoken; told of each frame it would take us for a flood. */
export const SILENT_REPORT_EVERY_MS = 100;

/** For reading only: what arrives counts as taken in, so that the conversation goes on at the reader's pace. */
export class SilentVoice implements AgentVoice {
  readonly #clock: Clock;
  readonly #report: ReportPlayback;
  #taken: { utterance: number; samples: number } | null = null;
  #cancel: (() => void) | null = null;
  constructor(clock: Clock, report: ReportPlayback) {
    this.#clock = clock;
    this.#report = report;
  }
  setRate(): void {}
  setPace(): void {}
  frame({ utterance, firstSample, samples }: DownlinkFrame): void {
    if (this.#taken && this.#taken.utterance !== utterance) this.#tell();
    this.#taken = { utterance, samples: firstSample + samples.length };
    this.#cancel ??= this.#clock.schedule(SILENT_REPORT_EVERY_MS, () => this.#tell());
  }
  text(): void {}
  state(): void {}
  interrupted(): void {
    this.flush();
  }
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#taken = null;
  }
  close(): void {
    this.#tell();
  }
  #tell(): void {
    const taken = this.#taken;
    this.flush();
    if (taken) this.#report(taken.utterance, taken.samples);
  }
}
