/** What the handlers need to know of a session. */
export interface RecordingStates {
  /** Null: no such session (any more). */
  recordingState(sessionId: string): Promise<{ ended: boolean; consent: boolean } | null>;
}
