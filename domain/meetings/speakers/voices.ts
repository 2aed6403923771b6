/** Voices, first within a chunk, then in the whole meeting; and how alike two of them must be to be one. */

/** A voice as told apart within one chunk. */
export interface VoiceEmbedding {
  voice: number;
  /** The embedding model's name and revision: vectors of different models are not compared. */
  model: string;
  /** Of unit length. */
  embedding: Float32Array;
  /** How much clean speech it was made of. */
  speechSamples: number;
}
export interface ChunkVoice extends VoiceEmbedding {
  chunk: number;
}
/** Voices of several chunks that are one person's. */
export interface VoiceGroup {
  model: string;
  /** Where they lie: their mean, weighted by how long each spoke, of unit length. */
  centroid: Float32Array;
  speechSamples: number;
  /** By chunk, then voice. */
  members: { chunk: number; voice: number }[];
}

/** `S1`… as in the transcript; `S0` is nobody in particular. */
export type SpeakerLabel = string;
/** A speaker as stored: what people said of it, and where its voice lies. */
export interface StoredSpeaker {
  speaker: SpeakerLabel;
  name: string | null;
  mergedInto: SpeakerLabel | null;
  centroid: Float32Array | null;
  model: string | null;
}
export interface LabelledVoices {
  /** Voices that are left out are nobody's in particular. */
  labels: { chunk: number; voice: number; speaker: SpeakerLabel }[];
  speakers: { speaker: SpeakerLabel; centroid: Float32Array; model: string }[];
}

/**
 * A voice needs this much speech of its own for an embedding: pyannote.audio takes no embedding of less than a fifth of
 * its 10 s window (`min_active_ratio` 0.2 in pipelines/clustering.py).
 */
export const MIN_CLEAN_SAMPLES = 2 * 16_000;
/** …and this much, all in all, to become a speaker: short stretches make poor centres (diart's "long" speakers; 5 s in use for enrolment). */
export const MIN_SPEAKER_SAMPLES = 5 * 16_000;
/**
 * Mean cosine similarity at which two groups are one. NVIDIA NeMo's `verify_speakers` takes two recordings for one person
 * from a score of 0.7 = (1 + cosine) / 2 on, with the TitaNet models in use here.
 */
export const LINK_SIMILARITY = 0.4;
/**
 * To the centre a voice belongs to, and by how much farther the next centre must be: the same person lies at 0.48–0.66
 * across recordings, and is accepted elsewhere from 0.5 on with a margin of 0.05 (souffle, pull request 74).
 */
export const MIN_SIMILARITY = 0.5;
export const MIN_MARGIN = 0.05;
/** Two centres this close are one person who was told apart by mistake (from 0.75 on OpenTranscribe names without asking). */
export const SAME_VOICE_SIMILARITY = 0.75;
