/** The React doors to a meeting: its ledger and its words, and the stream for whoever watches. */
'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '#components/api/client.ts';
import { leaveToSignIn } from '#components/screens/use-load.ts';
import { systemClock } from '#domain/clock.ts';
import { MeetingFollower, NOTHING_FOLLOWED, type FollowerView } from './meeting-follower.ts';
import { MeetingStream, NO_STREAM, type MeetingStreamView } from './meeting-stream.ts';

/** Followed while the component is there. */
export function useMeeting(sessionId: string): { now: FollowerView; follower: MeetingFollower } {
  const [follower] = useState(
    () =>
      new MeetingFollower({
        clock: systemClock,
        getSession: (signal) => api.getSession(sessionId, signal),
        getMeeting: (signal) => api.getMeeting(sessionId, signal),
        getTranscript: async (signal) => (await api.getTranscript(sessionId, signal)).items,
        listSpeakers: (signal) => api.listSpeakers(sessionId, signal),
      }),
  );
  useEffect(() => {
    follower.start();
    return () => follower.stop();
  }, [follower]);
  const now = useSyncExternalStore(follower.subscribe, follower.getView, () => NOTHING_FOLLOWED);
  useEffect(() => {
    if (now.problem) leaveToSignIn(now.problem);
  }, [now.problem]);
  return { now, follower };
}

/** The stream as an observer has it, while `wanted`. */
export function useMeetingStream(sessionId: string, wanted: boolean): { view: MeetingStreamView; retry: () => void } {
  const [stream] = useState(
    () =>
      new MeetingStream({
        clock: systemClock,
        random: Math.random,
        online: () => navigator.onLine,
        openSocket: (url) => new WebSocket(url),
        getTicket: (signal) => api.getTicket(sessionId, 'observer', signal),
      }),
  );
  useEffect(() => {
    if (!wanted) return;
    stream.start();
    return () => stream.stop();
  }, [stream, wanted]);
  return { view: useSyncExternalStore(stream.subscribe, stream.getView, () => NO_STREAM), retry: () => stream.retry() };
}
