/**
 * The server's speech through the loudspeaker. The queue and the counting live in the audio thread
 * (`public/worklets/playback-buffer.js`); this side gives orders and passes reports on.
 */
import type { DownlinkFrame } from '#domain/stream/frames.ts';
import type { AgentState } from '#domain/stream/protocol.ts';
import type { AgentVoice, ReportPlayback } from './agent-voice.ts';

export interface PlaybackReport {
  utterance: number;
  playedSamples: number;
  done: boolean;
  /** Times the queue ran dry since the page opened. */
  underruns: number;
}
export type PlaybackOrder =
  | { type: 'rate'; sampleRateHz: number }
  | { type: 'frame'; frame: DownlinkFrame }
  | { type: 'pause' | 'resume' | 'flush' | 'close' };
/** The loudspeaker. Orders given before it is ready are kept in order. */
export interface Loudspeaker {
  order(order: PlaybackOrder): void;
  /** False: the browser wants a click first. Call it from one. */
  unlock(): Promise<boolean>;
  close(): void;
}

/** Opens the loudspeaker; called once, from the click that starts the session. */
export type OpenLoudspeaker = (events: {
  onReport(report: PlaybackReport): void;
  /** The browser waits for a click (true), or does not any more. */
  onBlocked(blocked: boolean): void;
  /** This browser cannot play. */
  onFailed(): void;
}) => Loudspeaker;

export class Player implements AgentVoice {
  readonly #loudspeaker: Loudspeaker;
  #paused = false;
  #current = -1;
  /** Late frames of an utterance that was broken off must not start it anew. */
  #broken = -1;

  constructor(loudspeaker: Loudspeaker) {
    this.#loudspeaker = loudspeaker;
  }

  /** To be given to `OpenLoudspeaker`: reports of what is still wanted go on to the server. */
  static reporter(report: ReportPlayback): (report: PlaybackReport) => void {
    return ({ utterance, playedSamples }) => report(utterance, playedSamples);
  }

  setRate(sampleRateHz: number): void {
    this.#loudspeaker.order({ type: 'rate', sampleRateHz });
  }
  frame(frame: DownlinkFrame): void {
    if (frame.utterance === this.#broken) return;
    this.#current = frame.utterance;
    this.#loudspeaker.order({ type: 'frame', frame });
  }
  text(): void {}
  setPace(): void {}
  state(state: AgentState): void {
    if (state === 'paused' && !this.#paused) {
      this.#paused = true;
      this.#loudspeaker.order({ type: 'pause' });
    } else if (state === 'speaking' && this.#paused) {
      this.#paused = false;
      this.#loudspeaker.order({ type: 'resume' });
    }
  }
  interrupted(utterance: number): void {
    this.#broken = utterance;
    // A newer utterance may have begun to arrive; it stays.
    if (this.#current === utterance || this.#current === -1) this.flush();
  }
  flush(): void {
    this.#paused = false;
    this.#loudspeaker.order({ type: 'flush' });
  }
  close(): void {
    this.flush();
  }
}
