/** Whoever speaks the interviewer's words. Each way of speaking reports how far it was heard in samples of the server's speech. */
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

/** For reading only: what arrives counts as taken in, so that the conversation goes on at the reader's pace. */
export class SilentVoice implements AgentVoice {
  readonly #report: ReportPlayback;
  constructor(report: ReportPlayback) {
    this.#report = report;
  }
  setRate(): void {}
  setPace(): void {}
  frame(frame: DownlinkFrame): void {
    this.#report(frame.utterance, frame.firstSample + frame.samples.length);
  }
  text(): void {}
  state(): void {}
  interrupted(): void {}
  flush(): void {}
  close(): void {}
}
