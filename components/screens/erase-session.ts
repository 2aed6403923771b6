/** Erasing means both sides: the server, and audio of the session that this browser kept because it was never sent. */
import { api } from '#components/api/client.ts';

/** @throws ProblemError when the server did not erase the session; then nothing is erased here either */
export async function eraseSession(sessionId: string): Promise<void> {
  await api.eraseSession(sessionId);
  const { eraseBrowserOutbox } = await import('#components/live-session/browser-outbox-storage.ts');
  await eraseBrowserOutbox(sessionId).catch(() => {}); // a browser that keeps nothing has nothing to erase
}
