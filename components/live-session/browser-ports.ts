/** Everything a live session needs from a real browser. */
import { createApiClient } from '#components/api/client.ts';
import { systemClock } from '#domain/clock.ts';
import { browserMicrophone, browserSpeaker, openBrowserLoudspeaker } from './browser-audio.ts';
import { openBrowserOutbox, takeSession } from './browser-outbox-storage.ts';
import type { LiveSessionPorts } from './live-session-controller.ts';
import type { OutboxStorage } from './outbox.ts';

export function browserPorts(sessionId: string): LiveSessionPorts {
  const api = createApiClient();
  return {
    clock: systemClock,
    random: Math.random,
    openSocket: (url) => new WebSocket(url),
    online: () => navigator.onLine,
    getTicket: (signal) => api.getTicket(sessionId, 'participant', signal),
    getTranscript: async (signal) => (await api.getTranscript(sessionId, signal)).items,
    getInterests: async (signal) => (await api.getInterests(sessionId, signal)).interests,
    async openStorage(onTakenOver) {
      const release = await takeSession(sessionId, onTakenOver);
      let storage: OutboxStorage | null = null;
      try {
        storage = await openBrowserOutbox(sessionId);
      } catch {
        // No IndexedDB here: the controller says so to the person.
      }
      return { storage, release };
    },
    watchPage({ onOnline, onOffline, onLeaving }) {
      const onVisibility = () => document.visibilityState === 'hidden' && onLeaving();
      const stop = new AbortController();
      const { signal } = stop;
      window.addEventListener('online', onOnline, { signal });
      window.addEventListener('offline', onOffline, { signal });
      window.addEventListener('pagehide', onLeaving, { signal });
      document.addEventListener('visibilitychange', onVisibility, { signal });
      return () => stop.abort();
    },
    microphone: browserMicrophone,
    openLoudspeaker: openBrowserLoudspeaker,
    deviceSpeaker: browserSpeaker(),
  };
}
