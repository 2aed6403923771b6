/** For the screen before the session: choose a microphone, see its level. Nothing it hears leaves the page. */
'use client';

import type { MicrophoneDevice, MicrophoneState, Problem } from './live-session-types.ts';

export interface MicrophoneCheck {
  state: MicrophoneState;
  deviceId: string | null;
  devices: MicrophoneDevice[];
  problem: Problem | null;
  /** Asks for permission and listens; from a click. */
  open(): Promise<void>;
  choose(deviceId: string): Promise<void>;
  close(): void;
  /** Loudness now, 0…1, to be read per animation frame. */
  level(): number;
  /** The last ten seconds heard, 16 kHz mono, so that the person can hear themself. Empty: nothing yet. */
  recent(): Int16Array;
}

/** A microphone for trying out. It is closed when the component leaves. */
export function useMicrophoneCheck(): MicrophoneCheck {
  return {
    state: 'off', deviceId: null, devices: [], problem: null, open: async () => {}, choose: async () => {}, close: () => {}, level: () => 0,
    recent: () => new Int16Array(),
  };
}
