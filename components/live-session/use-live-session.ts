/** The React door to a live session: a snapshot of its view, its actions, and the level of the microphone. */
'use client';

import { useMemo, useSyncExternalStore } from 'react';
import type { LiveSession, LiveSessionActions, LiveSessionView } from './live-session-types.ts';

const IDLE: LiveSessionView = {
  connection: 'idle', status: 'created', agentState: 'listening', microphone: 'off', deviceId: null, devices: [], captions: [], agentText: '',
  announcement: '', personSpeaking: false, unacknowledgedMs: 0, elapsedMs: 0, restored: null, notice: null, ended: null, voice: 'server', soundBlocked: false,
};

/** The live session with this id, as seen from this page. */
export function useLiveSession(sessionId: string): LiveSession {
  const view = useSyncExternalStore(() => () => {}, () => IDLE, () => IDLE);
  const actions = useMemo<LiveSessionActions>(() => {
    void sessionId;
    const nothing = () => {};
    return {
      start: async () => {}, mute: nothing, unmute: nothing, pause: nothing, resume: nothing, skip: nothing, repeat: nothing, sendText: nothing,
      end: nothing, chooseMicrophone: async () => {}, setVoice: nothing, dismissNotice: nothing, retry: nothing,
    };
  }, [sessionId]);
  return { view, actions, level: () => 0 };
}
