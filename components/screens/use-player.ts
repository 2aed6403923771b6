'use client';

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { AudioTrack } from '#components/api/client.ts';

export const SPEEDS = [0.75, 1, 1.25, 1.5, 2];

export interface Player {
  audio: RefObject<HTMLAudioElement | null>;
  playing: boolean;
  positionMs: number;
  /** The recording's length once the browser knows it, before that the session's. */
  lengthMs: number;
  speed: number;
  track: AudioTrack;
  /** True: the browser could not load the recording. */
  failed: boolean;
  toggle(): void;
  seek(toMs: number): void;
  playFrom(toMs: number): void;
  setSpeed(speed: number): void;
  setTrack(track: AudioTrack): void;
}

/** An audio element as state and actions. Changing the track keeps the place and goes on playing. */
export function usePlayer(knownLengthMs: number, firstTrack: AudioTrack): Player {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const [loadedMs, setLoadedMs] = useState<number | null>(null);
  const [speed, setSpeedState] = useState(1);
  const [track, setTrackState] = useState(firstTrack);
  const [failed, setFailed] = useState(false);
  const begin = useCallback((element: HTMLAudioElement) => {
    // Pausing or changing the track right after Play aborts it; only the rest is a failure.
    element.play().catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFailed(true);
    });
  }, []);
  const resumeAt = useRef<{ ms: number; play: boolean } | null>(null);

  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    let frame = 0;
    const follow = () => {
      // While another track loads the element stands at 0; the place to go back to is what counts.
      if (!resumeAt.current) setPositionMs(element.currentTime * 1000);
      frame = element.paused ? 0 : requestAnimationFrame(follow);
    };
    const listeners: [string, () => void][] = [
      ['play', () => {
        setPlaying(true);
        cancelAnimationFrame(frame);
        follow();
      }],
      ['pause', () => setPlaying(resumeAt.current?.play ?? false)],
      ['seeked', () => setPositionMs(element.currentTime * 1000)],
      ['error', () => setFailed(true)],
      ['loadedmetadata', () => {
        setFailed(false);
        if (Number.isFinite(element.duration)) setLoadedMs(element.duration * 1000);
        const place = resumeAt.current;
        resumeAt.current = null;
        if (!place) return;
        element.currentTime = place.ms / 1000;
        if (place.play) begin(element);
      }],
    ];
    for (const [name, listener] of listeners) element.addEventListener(name, listener);
    return () => {
      cancelAnimationFrame(frame);
      for (const [name, listener] of listeners) element.removeEventListener(name, listener);
    };
  }, [begin]);
  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    // The default as well: loading another track goes back to it.
    element.defaultPlaybackRate = speed;
    element.playbackRate = speed;
  }, [speed, track]);

  const seek = useCallback((toMs: number) => {
    const element = audio.current;
    if (!element) return;
    const at = Math.max(0, toMs);
    setPositionMs(at);
    // Before the browser knows the recording it forgets seeks: keep the place until it does.
    if (element.readyState === 0) {
      resumeAt.current = { ms: at, play: resumeAt.current?.play ?? false };
      element.load();
    } else element.currentTime = at / 1000;
  }, []);
  const play = useCallback(() => {
    const element = audio.current;
    if (!element) return;
    if (element.readyState === 0) {
      resumeAt.current = { ms: resumeAt.current?.ms ?? 0, play: true };
      element.load();
    } else begin(element);
  }, [begin]);

  return {
    audio, playing, positionMs, speed, track, failed, seek,
    lengthMs: loadedMs ?? knownLengthMs,
    toggle: () => (playing ? audio.current?.pause() : play()),
    playFrom: (toMs) => {
      seek(toMs);
      play();
    },
    setSpeed: setSpeedState,
    setTrack: (next) => {
      resumeAt.current = { ms: positionMs, play: playing };
      setFailed(false);
      setTrackState(next);
    },
  };
}
