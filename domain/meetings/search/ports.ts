/** What searching all that was said needs from storage and from a sentence model. */
import type { PersonActor } from '../../actor.ts';
import type { SessionKind } from '../../session/session.ts';

export interface FoundMoment {
  sessionId: string;
  title: string;
  itemId: string;
  speaker: string;
  text: string;
  startMs: number;
  endMs: number;
  /** It can be heard: the session is over and its recording is kept. */
  recorded: boolean;
}
export interface SearchRequest {
  kind?: SessionKind;
  limit: number;
}
/** As the person, over their own sessions. Best first. */
export interface TranscriptSearch {
  byWords(actor: PersonActor, q: string, request: SearchRequest): Promise<FoundMoment[]>;
  /** Nearest first, none less alike than `minCosine`; vectors of other models are not compared. */
  byMeaning(actor: PersonActor, query: MeantQuery, request: SearchRequest & { minCosine: number }): Promise<FoundMoment[]>;
}
export interface MeantQuery {
  model: string;
  /** Of unit length. */
  vector: Float32Array;
}
/** What a query means. Rejects when no sentence model is within reach. */
export type UnderstandQuery = (q: string, signal?: AbortSignal) => Promise<MeantQuery>;

/** The worker's side, as a service. */
export interface TranscriptIndex {
  /** Items whose words have no vector of `model` yet, or only one of an earlier revision. */
  missing(sessionId: string, model: string, limit: number): Promise<{ itemId: string; revision: number; text: string }[]>;
  /** Items that have changed or gone meanwhile are passed over. */
  store(sessionId: string, model: string, vectors: { itemId: string; revision: number; vector: Float32Array }[]): Promise<void>;
}
