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
