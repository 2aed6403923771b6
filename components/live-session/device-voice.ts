/**
 * The voices of the person's own device instead of the server's. It speaks the interviewer's text sentence by sentence;
 * what was heard is known from word boundaries and is reported as the same share of the server's samples, so that the
 * server keeps exactly the words that were heard.
 */
import type { Clock } from '#domain/clock.ts';
import type { DownlinkFrame } from '#domain/stream/frames.ts';
import type { AgentState } from '#domain/stream/protocol.ts';
import type { AgentVoice, ReportPlayback } from './agent-voice.ts';

export interface DeviceSpeaker {
  hasVoices(): boolean;
  /** Speaks; `onBoundary` gives the index of the character being reached. One text at a time. `pace`: 1 is the voice's own. */
  speak(text: string, events: { onBoundary(charIndex: number): void; onEnd(): void; onError(): void }, pace: number): void;
  /** Falls silent at once; the events of what was spoken do not fire any more. */
  cancel(): void;
}
/** The server falls back to its own clock after 500 ms without a report, so reports come even when nothing moves. */
const REPORT_EVERY_MS = 100;
/** About 15 characters are spoken per second; used only while the server is still sending. */
const SECONDS_PER_CHARACTER = 1 / 15;
const SENTENCE_END = /[.!?…]+["”’)]*\s|\n/;

interface Utterance {
  id: number;
  text: string;
  /** Characters handed to the device so far, and of these, those reached. */
  spokenTo: number;
  heardTo: number;
  receivedSamples: number;
  complete: boolean;
}

export class DeviceVoice implements AgentVoice {
  readonly #clock: Clock;
  readonly #speaker: DeviceSpeaker;
  readonly #report: ReportPlayback;
  readonly #onFailed: () => void;
  #sampleRateHz = 16_000;
  #pace = 1;
  #utterance: Utterance | null = null;
  #speaking = false;
  #paused = false;
  #broken = -1;
  #reported = 0;
  #cancelReport: (() => void) | null = null;

  /** `onFailed`: the device does not speak after all. */
  constructor(clock: Clock, speaker: DeviceSpeaker, report: ReportPlayback, onFailed: () => void) {
    this.#clock = clock;
    this.#speaker = speaker;
    this.#report = report;
    this.#onFailed = onFailed;
  }

  setRate(sampleRateHz: number): void {
    this.#sampleRateHz = sampleRateHz;
  }
  setPace(pace: number): void {
    this.#pace = pace;
  }
  frame(frame: DownlinkFrame): void {
    const utterance = this.#of(frame.utterance);
    if (!utterance) return;
    utterance.receivedSamples = Math.max(utterance.receivedSamples, frame.firstSample + frame.samples.length);
    if (frame.last) {
      utterance.complete = true;
      this.#speakNext();
    }
    this.#keepReporting();
  }
  text(id: number, delta: string): void {
    const utterance = this.#of(id);
    if (!utterance) return;
    utterance.text += delta;
    this.#speakNext();
  }
  state(state: AgentState): void {
    if (state === 'paused' && !this.#paused) {
      this.#paused = true;
      this.#stop();
      this.#reportNow();
    } else if (state === 'speaking' && this.#paused) {
      this.#paused = false;
      this.#speakNext();
      this.#keepReporting();
    }
  }
  interrupted(id: number): void {
    this.#broken = id;
    if (!this.#utterance || this.#utterance.id === id) this.flush();
  }
  flush(): void {
    this.#stop();
    this.#utterance = null;
    this.#paused = false;
    this.#cancelReport?.();
    this.#cancelReport = null;
  }
  close(): void {
    this.flush();
  }

  #of(id: number): Utterance | null {
    if (id === this.#broken) return null;
    if (this.#utterance?.id !== id) {
      this.flush();
      this.#reported = 0;
      this.#utterance = { id, text: '', spokenTo: 0, heardTo: 0, receivedSamples: 0, complete: false };
    }
    return this.#utterance;
  }

  /** Speaks up to the last finished sentence, or everything once the server has sent all of it. */
  #speakNext(): void {
    const utterance = this.#utterance;
    if (!utterance || this.#speaking || this.#paused) return;
    const rest = utterance.text.slice(utterance.spokenTo);
    const sentence = SENTENCE_END.exec(rest);
    const length = sentence ? sentence.index + sentence[0].length : utterance.complete ? rest.length : 0;
    const from = utterance.spokenTo;
    const text = rest.slice(0, length);
    if (length === 0) return;
    utterance.spokenTo += length;
    if (text.trim() === '') {
      utterance.heardTo = utterance.spokenTo;
      this.#speakNext();
      return;
    }
    this.#speaking = true;
    this.#speaker.speak(text, {
      onBoundary: (charIndex) => {
        utterance.heardTo = Math.max(utterance.heardTo, from + Math.min(charIndex, length));
      },
      onEnd: () => {
        this.#speaking = false;
        utterance.heardTo = from + length;
        this.#speakNext();
        if (!this.#speaking) this.#reportNow();
      },
      onError: () => {
        this.#stop();
        this.#onFailed();
      },
    }, this.#pace);
    this.#keepReporting();
  }

  /** Falls silent. What had been begun is taken up again at the last word reached. */
  #stop(): void {
    if (!this.#speaking) return;
    this.#speaking = false;
    this.#speaker.cancel();
    if (this.#utterance) this.#utterance.spokenTo = this.#utterance.heardTo;
  }

  #heardSamples(utterance: Utterance): number {
    const { text, heardTo, receivedSamples, complete } = utterance;
    if (complete) return text.length === 0 ? receivedSamples : Math.floor((heardTo / text.length) * receivedSamples);
    return Math.min(receivedSamples, Math.floor((heardTo * SECONDS_PER_CHARACTER * this.#sampleRateHz) / this.#pace));
  }

  #reportNow(): void {
    const utterance = this.#utterance;
    if (!utterance || utterance.receivedSamples === 0) return;
    // The estimate made while the server was still sending may have been too high; reports never go back.
    this.#reported = Math.max(this.#reported, this.#heardSamples(utterance));
    this.#report(utterance.id, this.#reported);
  }

  #keepReporting(): void {
    this.#cancelReport ??= this.#clock.schedule(REPORT_EVERY_MS, () => {
      this.#cancelReport = null;
      this.#reportNow();
      const utterance = this.#utterance;
      if (utterance && !this.#paused && !(utterance.complete && utterance.heardTo >= utterance.text.length)) this.#keepReporting();
    });
  }
}
