/** An interest as clients see it: a claim about a person that leads back to the words and the audio it came from. */
import { z } from 'zod';

export const SENTIMENTS = ['positive', 'mixed', 'negative'] as const;
/** Given up or disliked is `negative`; "it's okay I guess" is `mixed`. */
export type Sentiment = (typeof SENTIMENTS)[number];

/** One place where the person said it. */
export const mentionSchema = z.object({
  itemId: z.string(),
  /** Verbatim words of the item's text. */
  quote: z.string(),
  startMs: z.int().min(0),
  endMs: z.int().min(0),
});
export type Mention = z.infer<typeof mentionSchema>;

export const interestSchema = z.object({
  id: z.uuid(),
  topic: z.string(),
  category: z.string(),
  sentiment: z.enum(SENTIMENTS),
  confidence: z.number().min(0).max(1),
  /** The words of its strongest mention, and where they lie in the recording. */
  quote: z.string(),
  startMs: z.int().min(0),
  endMs: z.int().min(0),
  itemId: z.string(),
  /** `confirmed` by the person; until then `detected`. */
  status: z.enum(['detected', 'confirmed']),
  mentions: z.array(mentionSchema),
});
export type Interest = z.infer<typeof interestSchema>;

/** What an extractor found in one final item: `from` and `to` are offsets in the item's text, and the quote stands there. */
export interface Claim {
  /** Normalised name, lower case, as the taxonomy writes it, or the person's own noun phrase. */
  topic: string;
  category: string;
  sentiment: Sentiment;
  /** 0–1 from this one mention. */
  confidence: number;
  quote: string;
  from: number;
  to: number;
}
/** The person took something back: "no, I meant chemistry, not physics". */
export interface Retraction {
  topic: string;
  quote: string;
  from: number;
  to: number;
}
export interface Extraction {
  claims: Claim[];
  retractions: Retraction[];
  /** How many the extractor threw away itself, because their quote was not said. */
  discarded?: number;
}
