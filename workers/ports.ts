/** Rows that were deleted, as far as they are still on the disk. */
export interface DeletedRows {
  removeFromDisk(): Promise<void>;
}
/** What the handlers need to know of a session. */
export interface RecordingStates {
  /** Null: no such session (any more). */
  recordingState(sessionId: string): Promise<{ ended: boolean; consent: boolean } | null>;
}
