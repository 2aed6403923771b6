/** For the screen before the session: choose a microphone, see its level. Nothing it hears leaves the page. */
'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { browserMicrophone } from './browser-audio.ts';
import type { MicrophoneDevice, MicrophoneState, Problem } from './live-session-types.ts';
import { Microphone } from './microphone.ts';
import type { MicrophonePorts } from './microphone.ts';

const RECENT_SAMPLES = 10 * UPLINK_SAMPLE_RATE_HZ;

interface CheckView {
  state: MicrophoneState;
  deviceId: string | null;
  devices: MicrophoneDevice[];
  problem: Problem | null;
}
export interface MicrophoneCheck extends CheckView {
  /** Asks for permission and listens; from a click. */
  open(): Promise<void>;
  choose(deviceId: string): Promise<void>;
  close(): void;
  /** Loudness now, 0…1, to be read per animation frame. */
  level(): number;
  /** The last ten seconds heard, 16 kHz mono, so that the person can hear themself. Empty: nothing yet. */
  recent(): Int16Array;
}
const OFF: CheckView = { state: 'off', deviceId: null, devices: [], problem: null };

/** A microphone for trying out. It is closed when the component leaves. */
export function useMicrophoneCheck(ports: MicrophonePorts = browserMicrophone): MicrophoneCheck {
  const [check] = useState(() => createCheck(ports));
  useEffect(() => check.close, [check]);
  const view = useSyncExternalStore(check.subscribe, check.getView, () => OFF);
  return { ...view, open: check.open, choose: check.choose, close: check.close, level: check.level, recent: check.recent };
}

/** The check without React. */
export function createCheck(ports: MicrophonePorts) {
  let view = OFF;
  let frames: Int16Array[] = [];
  let length = 0;
  const subscribers = new Set<() => void>();
  const patch = (change: Partial<CheckView>) => {
    view = { ...view, ...change };
    for (const notify of subscribers) notify();
  };
  const microphone = new Microphone(ports, {
    onFrame(samples) {
      frames.push(samples);
      length += samples.length;
      while (length - frames[0]!.length >= RECENT_SAMPLES) length -= frames.shift()!.length;
    },
    onChange: () => patch({ state: microphone.state, deviceId: microphone.deviceId, devices: microphone.devices }),
    onProblem: (problem) => patch({ problem }),
  });
  const forget = () => {
    frames = [];
    length = 0;
  };
  return {
    subscribe: (onChange: () => void) => {
      subscribers.add(onChange);
      return () => void subscribers.delete(onChange);
    },
    getView: () => view,
    open: () => microphone.open(),
    choose: (deviceId: string) => {
      forget();
      return microphone.choose(deviceId);
    },
    close: () => {
      microphone.close();
      forget();
    },
    level: () => microphone.level(),
    recent: () => {
      const recent = new Int16Array(length);
      let at = 0;
      for (const frame of frames) {
        recent.set(frame, at);
        at += frame.length;
      }
      return recent;
    },
  };
}
