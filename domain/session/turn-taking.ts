/**
 * When a person's turn is over, per kind of session. All times are measured on the uplink clock, so audio that arrives
 * late or in a burst is judged like audio that arrives in time. Silence counts from the last window the detector calls
 * voice, which lies 110–150 ms behind the true end (docs/engines.md): 256 ms here are about 380 ms of true silence.
 *
 * Sources: LiveKit Agents 1.7 (`voice/turn.py`: endpoint 0.3–2.5 s with a turn model, interruption 0.5 s, false
 * interruption 2.0 s), Pipecat 1.7 (speech start 200 ms), Silero VAD (activation 0.5, windows of 32 ms).
 */
import { readsComplete } from '../interview/readiness.ts';
import type { SessionKind } from './session.ts';
import { UNKNOWN_SPEAKER } from './speaker-names.ts';

export interface TurnPolicy {
  /** Whether an interviewer answers. */
  interviewer: boolean;
  /** What the transcript calls whoever talks; in a meeting nobody knows who that is yet. */
  speaker: string;
  /** Voiced time before a sound counts as speech. */
  minSpeechMs: number;
  /** Audio before the detected start that belongs to the segment: Silero reacts late to soft onsets. */
  preRollMs: number;
  /** Silence at which the end is suspected and transcription starts. */
  suspicionMs: number;
  /** Silence that ends the turn when the text reads complete. Above suspicionMs, so that decoding overlaps it. */
  completeSilenceMs: number;
  /** The same when only a comma at its end speaks against it: engines often hear one in a falling voice. */
  commaSilenceMs: number;
  /** The same when the text is a word or two: such answers are often only begun. */
  shortAnswerSilenceMs: number;
  /** Silence that ends the turn when the text does not read complete. */
  incompleteSilenceMs: number;
  /** Nothing typed for this long: the person has stopped typing. Null: typing says nothing about whose turn it is. */
  typingPauseMs: number | null;
  /** Nothing said, typed or run for this long: help is offered; and again not before `helpAgainMs`. Null: never. */
  helpAfterMs: number | null;
  helpAgainMs: number;
  /** A segment longer than this is closed at its next pause, so that text appears and no engine sees too much. */
  segmentCutMs: number;
  /** A segment without any pause is cut at its quietest point. Below the engines' 25 s limit. */
  segmentMaxMs: number;
}

/** Answers of up to this many words wait `shortAnswerSilenceMs`. */
export const SHORT_ANSWER_WORDS = 2;
/** Speech over the interviewer's voice for this long, with words in it, is an interruption (LiveKit: 0.5 s). */
export const INTERRUPTION_MIN_MS = 500;
/** Playback stopped for a sound that did not become words goes on after this long at the latest (LiveKit: 2.0 s). */
export const FALSE_INTERRUPTION_MS = 2_000;
/** With no audio arriving in mid-turn for this long (the sender stopped without silence), the turn is closed. */
export const STALL_MS = 1_500;
/** No playback report for this long: a real-time clock from the first frame stands in. */
export const PLAYBACK_REPORT_TIMEOUT_MS = 500;

const conversation: TurnPolicy = {
  interviewer: true,
  speaker: 'user',
  minSpeechMs: 96,
  preRollMs: 500,
  suspicionMs: 128,
  completeSilenceMs: 256,
  commaSilenceMs: 640,
  shortAnswerSilenceMs: 416,
  incompleteSilenceMs: 1_600,
  typingPauseMs: null,
  helpAfterMs: null,
  helpAgainMs: 0,
  segmentCutMs: 12_000,
  segmentMaxMs: 22_000,
};

export const TURN_POLICIES: Record<SessionKind, TurnPolicy> = {
  onboarding: conversation,
  // Long thinking pauses are normal while coding.
  code: {
    ...conversation,
    completeSilenceMs: 600,
    commaSilenceMs: 1_200,
    shortAnswerSilenceMs: 800,
    incompleteSilenceMs: 4_000,
    // Pauses between bursts of typing are mostly below two seconds (keystroke research puts the border to planning there).
    typingPauseMs: 2_000,
    // Reading a statement, or thinking about an edge case, takes a minute without anybody being stuck.
    helpAfterMs: 90_000,
    helpAgainMs: 300_000,
  },
  // Nobody answers: longer silences give better segments (research: close after 500 ms, 15–20 s segments).
  dictation: { ...conversation, interviewer: false, preRollMs: 800, suspicionMs: 400, completeSilenceMs: 700, shortAnswerSilenceMs: 700, incompleteSilenceMs: 1_500 },
  meeting: { ...conversation, interviewer: false, speaker: UNKNOWN_SPEAKER, suspicionMs: 400, completeSilenceMs: 500, shortAnswerSilenceMs: 500, incompleteSilenceMs: 1_000, segmentCutMs: 10_000, segmentMaxMs: 15_000 },
};

/** Silence in milliseconds after which a turn that reads `text` is over. */
export function silenceToEndMs(policy: TurnPolicy, text: string): number {
  if (!readsComplete(text)) {
    const withoutComma = text.trim().replace(/,$/, '.');
    return withoutComma !== text.trim() && readsComplete(withoutComma) ? Math.min(policy.commaSilenceMs, policy.incompleteSilenceMs) : policy.incompleteSilenceMs;
  }
  const words = text.trim().split(/\s+/).length;
  return words <= SHORT_ANSWER_WORDS ? policy.shortAnswerSilenceMs : policy.completeSilenceMs;
}
