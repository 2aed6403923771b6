import type { SummarisedInterest } from '#domain/interests/summary.ts';
import type { ConversationTurn } from '#domain/interview/ports.ts';

/** Rows that were deleted, as far as they are still on the disk. */
export interface DeletedRows {
  removeFromDisk(): Promise<void>;
}
/** What the handlers need to know of a session. */
export interface RecordingStates {
  /** Null: no such session (any more). */
  recordingState(sessionId: string): Promise<{ ended: boolean; consent: boolean } | null>;
}
/** What a profile holds, and the vector that sums it up. */
export interface ProfileSummaries {
  interestsOf(personId: string): Promise<SummarisedInterest[]>;
  /**
   * Null removes it. False: the profile holds other interests by now and nothing was written. One that was erased after
   * `changedAt` stays without a summary.
   */
  write(from: { personId: string; changedAt: string; interests: SummarisedInterest[]; summary: { model: string; vector: Float32Array } | null }): Promise<boolean>;
}
/** Samples, and the seat of the invented person in them. */
export interface SampleSessions {
  /** What was said so far. Null: there is no such sample (any more), or it is over. */
  conversation(sessionId: string): Promise<ConversationTurn[] | null>;
  /** A ticket to the participant's seat, of which only the hash is stored. Null: as above. */
  issueTicket(sessionId: string): Promise<string | null>;
  /** Ends one that could not be made, with what there is of it; whoever still writes it is shut out. */
  giveUp(sessionId: string): Promise<void>;
}
