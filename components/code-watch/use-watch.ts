'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '#components/api/client.ts';
import { loadEvents, loadVersions } from '#components/code-replay/load-replay.ts';
import { openBrowserLoudspeaker } from '#components/live-session/browser-audio.ts';
import { systemClock } from '#domain/clock.ts';
import { IDLE_WATCH, WatchController, type WatchPorts, type WatchView } from './watch-controller.ts';

/** The interview as its team sees it; watching begins with the component and ends with it. */
export function useWatch(sessionId: string): { view: WatchView; watch: WatchController } {
  const [watch] = useState(() => new WatchController(browserPorts(sessionId)));
  useEffect(() => {
    watch.start();
    return () => watch.stop();
  }, [watch]);
  return { view: useSyncExternalStore(watch.subscribe, watch.getView, () => IDLE_WATCH), watch };
}

function browserPorts(sessionId: string): WatchPorts {
  return {
    clock: systemClock,
    random: Math.random,
    online: () => navigator.onLine,
    openSocket(url, onBytes) {
      const address = new URL(url);
      address.searchParams.set('hear', 'both');
      const socket = new WebSocket(address);
      socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer) onBytes(new Uint8Array(data));
      });
      return socket;
    },
    getTicket: (signal) => api.getTicket(sessionId, 'observer', signal),
    getSession: (signal) => api.getSession(sessionId, signal),
    getTranscript: async (signal) => (await api.getTranscript(sessionId, signal)).items,
    getEvents: (after, signal) => loadEvents(sessionId, after, signal),
    getVersions: (after, signal) => loadVersions(sessionId, after, signal),
    openLoudspeaker: openBrowserLoudspeaker,
  };
}
