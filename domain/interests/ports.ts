/** What finding, keeping and showing interests needs. */
import type { PersonActor } from '../actor.ts';
import type { CategoryId } from './categories.ts';
import type { Extraction, Interest, Sentiment } from './interest.ts';

export interface ExtractionRequest {
  sessionId: string;
  /** The final text of one item. */
  text: string;
  /** What the interviewer had asked; empty when nobody asks. */
  question: string;
  /** Topics claimed before in this session: "it" and corrections refer to them. */
  knownTopics: string[];
}
export interface InterestExtractor {
  /** With its version, e.g. `words/1`, `model:gpt-4o-mini/extract-1`: kept with every claim. */
  readonly name: string;
  /** Every quote must occur verbatim in `text` at its offsets; callers check and discard what does not. @throws SpoolError `engine.*` */
  extract(request: ExtractionRequest, signal?: AbortSignal): Promise<Extraction>;
  /** Where a quick reading is at hand before the best one. Each takes the place of the one before; the first is never late. */
  readings?(request: ExtractionRequest, signal?: AbortSignal): AsyncIterable<Reading>;
}
/** What one extractor made of an item. */
export interface Reading {
  extractor: string;
  extraction: Extraction;
}

/** Places words near each other in meaning. Vectors have 512 dimensions and unit length. */
export interface Embedder {
  /** The model's: vectors of different names are never compared. */
  readonly name: string;
  /** One for each text, in order; whatever the characters, an empty text too. Very long ones are cut. @throws SpoolError `engine.*` */
  embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]>;
}
/** Finds the category of topics that the taxonomy does not list, by what they mean. */
export interface TopicPlacer {
  /** Gets ready in the background; topics will follow. */
  prepare?(): void;
  /** One for each topic, in order; undefined when it is not sure. @throws SpoolError `engine.*`, also while it is not ready */
  place(topics: string[], signal?: AbortSignal): Promise<(CategoryId | undefined)[]>;
}

/** An interest as the live session writes it. Samples are on the uplink clock. */
export interface InterestRecord {
  id: string;
  topic: string;
  category: string;
  sentiment: Sentiment;
  confidence: number;
  status: 'detected' | 'confirmed' | 'deleted' | 'retracted';
  extractor: string;
  mentions: { itemId: string; quote: string; startSample: number; endSample: number; confidence: number }[];
}

/** What a person decided about a topic, in whichever session; later sessions respect it. */
export interface TopicDecision {
  topic: string;
  decision: 'confirmed' | 'deleted';
}

export interface ProfileInterest {
  topic: string;
  category: string;
  sentiment: Sentiment;
  confidence: number;
  status: 'detected' | 'confirmed';
  /** Newest first: where each was said. */
  evidence: { sessionId: string; interestId: string; itemId: string; quote: string; startMs: number; endMs: number; saidAt: string }[];
}
/** The vector itself stays with the servers: nobody reads 512 numbers. */
export interface ProfileSummary {
  model: string;
  dimensions: number;
  updatedAt: string;
}
export interface Profile {
  interests: ProfileInterest[];
  /** Null while nothing is liked, before it is made, and after it was erased. */
  summary: ProfileSummary | null;
  updatedAt: string | null;
}

/** Every method acts as the person, under row-level security. Null: not found for this person. */
export interface InterestRepository {
  list(actor: PersonActor, sessionId: string): Promise<Interest[] | null>;
  /**
   * Corrects or confirms one; its decision holds in later sessions. `status: 'confirmed'` also brings back one that was
   * deleted or retracted; without it those are not found. An empty patch changes nothing.
   */
  update(actor: PersonActor, sessionId: string, interestId: string, patch: { topic?: string; category?: string; sentiment?: Sentiment; status?: 'confirmed' }): Promise<Interest | null>;
  /** Deletes one; the same topic is not claimed again in later sessions until the person confirms it. False: not found. */
  remove(actor: PersonActor, sessionId: string, interestId: string): Promise<boolean>;
  profile(actor: PersonActor): Promise<Profile>;
  /** Forgets every decision and the summary vector; sessions and their interests stay. */
  eraseProfile(actor: PersonActor): Promise<void>;
}
