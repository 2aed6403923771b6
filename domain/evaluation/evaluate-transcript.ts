/** One transcript held against what is known of its recording, and the sums over many. */
import { addDiarizationErrors, countDiarizationErrors, type DiarizationErrors, type SpeakerTurn } from './diarization-errors.ts';
import type { Utterance } from './references.ts';
import { addSpeakerErrors, countSpeakerErrors, type SpeakerErrors } from './speaker-errors.ts';
import { addWordErrors, countWordErrors, type WordErrors } from './word-errors.ts';
import { wordsOf } from './words.ts';

export interface Reference {
  /** What is said, in any order; null when it is not known. */
  utterances: readonly Utterance[] | null;
  /** Who speaks when; null when it is not known. */
  turns: readonly SpeakerTurn[] | null;
}

export interface HeardSegment {
  startMs: number;
  endMs: number;
  text: string;
  /** Left out where the speaker is not known. */
  speaker?: string;
}

/** Null: the reference, or the transcript, does not say what it takes. */
export interface TranscriptErrors {
  words: WordErrors | null;
  speakers: SpeakerErrors | null;
  diarization: DiarizationErrors | null;
}

/** `tellsSpeakers`: whether who transcribed tells speakers apart. It cannot be seen from a transcript in which nothing was heard. */
export function evaluateTranscript(reference: Reference, heard: readonly HeardSegment[], { tellsSpeakers, collarMs = 0 }: { tellsSpeakers: boolean; collarMs?: number }): TranscriptErrors {
  const { utterances, turns } = reference;
  const spoken = heard.map(({ speaker, ...segment }) => ({ ...segment, speaker: speaker ?? null }));
  const namesKnown = utterances?.every(({ speaker, text }) => speaker !== null || wordsOf(text).length === 0) ?? false;
  return {
    words: utterances && countWordErrors(inOrder(utterances), inOrder(heard)),
    speakers: utterances && namesKnown && tellsSpeakers ? withoutPairs(countSpeakerErrors(utterances, spoken)) : null,
    diarization: turns && tellsSpeakers ? countDiarizationErrors(turns, spoken, collarMs) : null,
  };
}

/** Sums over the recordings for which there is something; null when there is none. */
export function addTranscriptErrors(errors: readonly TranscriptErrors[]): TranscriptErrors {
  const known = <Kind extends keyof TranscriptErrors>(kind: Kind) => errors.flatMap((each) => each[kind] ?? []) as NonNullable<TranscriptErrors[Kind]>[];
  const [words, speakers, diarization] = [known('words'), known('speakers'), known('diarization')];
  return {
    words: words.length > 0 ? addWordErrors(words) : null,
    speakers: speakers.length > 0 ? addSpeakerErrors(speakers) : null,
    diarization: diarization.length > 0 ? addDiarizationErrors(diarization) : null,
  };
}

function inOrder(spoken: readonly { startMs: number; text: string }[]): string[] {
  return spoken.toSorted((a, b) => a.startMs - b.startMs).flatMap(({ text }) => wordsOf(text));
}

function withoutPairs({ pairs: _pairs, ...errors }: ReturnType<typeof countSpeakerErrors>): SpeakerErrors {
  return errors;
}
