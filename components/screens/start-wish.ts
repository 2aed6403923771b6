/**
 * The press on Start in the preparation counts for the live page as well: it opens the microphone without a second one.
 * Kept in memory only, so that a reload or a visit from the list asks before it opens anything.
 */
let wished: string | null = null;

export function wishStart(sessionId: string): void {
  wished = sessionId;
}

/** True once, for the session the person has just pressed Start for. */
export function takeStartWish(sessionId: string): boolean {
  const taken = wished === sessionId;
  if (taken) wished = null;
  return taken;
}
