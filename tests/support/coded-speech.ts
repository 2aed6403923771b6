/** Speech a scripted engine can read: every word is a tone of its own height, so that words can be told wherever audio is cut. */
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import type { Transcriber, Transcription } from '#domain/speech/ports.ts';
import { msToSamples, samplesToMs } from '#domain/stream/audio-format.ts';

export interface CodedWord {
  /** Silence before it. */
  gapMs: number;
  ms: number;
}
export const codedVoice = createScriptedVoiceDetector();
/** A steady level far above the scripted detector's −40 dBFS, one step apart. */
const level = (word: number) => 4_000 + word;

/** Words `w0`, `w1`… one after another, with silence around them. */
export function codedSpeech(words: readonly CodedWord[], beforeMs = 0, behindMs = 1_000): Int16Array {
  const parts = words.flatMap(({ gapMs, ms }, word) => [new Int16Array(msToSamples(gapMs)), new Int16Array(msToSamples(ms)).fill(level(word))]);
  const all = [new Int16Array(msToSamples(beforeMs)), ...parts, new Int16Array(msToSamples(behindMs))];
  const audio = new Int16Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    audio.set(part, at);
    at += part.length;
  }
  return audio;
}

/** The words in `samples`, parts of words included, as an engine that hears them writes them. */
function codedWords(samples: Int16Array): { text: string; startMs: number; endMs: number }[] {
  const words: { text: string; startMs: number; endMs: number }[] = [];
  for (let at = 0; at < samples.length; at += 1) {
    const value = samples[at]!;
    if (value < level(0)) continue;
    const start = at;
    while (at + 1 < samples.length && samples[at + 1] === value) at += 1;
    // A scrap of a word at the edge is not understood.
    if (at + 1 - start >= msToSamples(60)) words.push({ text: `w${value - level(0)}`, startMs: samplesToMs(start), endMs: samplesToMs(at + 1) });
  }
  return words;
}

export interface CodedTranscriber extends Transcriber {
  /** Lengths of what it was asked about, in samples. */
  readonly asked: number[];
}
/** Hears coded speech; `answer` may spoil what it says. */
export function codedTranscriber(options: { givesWordTimes: boolean; maxSegmentMs?: number; answer?: (heard: Transcription, asked: number) => Transcription }): CodedTranscriber {
  const { givesWordTimes, maxSegmentMs = 30_000, answer = (heard) => heard } = options;
  const asked: number[] = [];
  return {
    name: 'coded',
    maxSegmentMs,
    givesWordTimes,
    asked,
    load: () => 0,
    async transcribe({ samples }, signal) {
      signal?.throwIfAborted();
      asked.push(samples.length);
      const words = codedWords(samples);
      const text = words.map((word) => word.text).join(' ');
      return answer({ text, decodeMs: 0, ...(givesWordTimes && words.length > 0 ? { words } : {}) }, asked.length);
    },
  };
}
