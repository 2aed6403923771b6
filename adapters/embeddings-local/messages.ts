/** What a process says to its embedding child and hears from it, over Node's IPC channel with 'advanced' serialization. */
import type { CategoryId } from '#domain/interests/categories.ts';

export type EmbeddingRequest = { op: 'embed'; texts: string[] } | { op: 'place'; topics: string[] };
/** `prepare`: have the vectors of the listed topics at hand. It has no answer. */
export type ToChild = (EmbeddingRequest & { id: number }) | { op: 'prepare' };

export interface EmbedAnswer {
  /** One after the other. */
  vectors: Float32Array;
}
export interface PlaceAnswer {
  /** Null while the listed topics have no vectors yet. */
  places: (CategoryId | null)[] | null;
}

export type FromChild =
  | { op: 'loaded'; loadMs: number }
  | { op: 'topics'; texts: number; tookMs: number; cached: boolean }
  | { op: 'answer'; id: number; value: EmbedAnswer | PlaceAnswer }
  /** Only the kind of error leaves the child: its message may quote the text. */
  | { op: 'failed'; id: number; reason: string };
