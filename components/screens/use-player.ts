'use client';

import { useCallback, useEffect, useRef, useState, type RefCallback } from 'react';
import type { AudioTrack } from '#components/api/client.ts';
import { isRecordingGone } from '#components/api/recording-gone.ts';
import type { PlayRange } from './interest-evidence.ts';

export const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
/** By the arrow keys. */
export const SKIP_MS = 5_000;
/** A browser may answer a seek with a place a hair before it. */
export const SEEK_SLACK_MS = 1;

export interface Player {
  /** For the audio element, which may come later: a recording exists once its session is complete. */
  audio: RefCallback<HTMLAudioElement>;
  playing: boolean;
  positionMs: number;
  /** The recording's length once the browser knows it, before that the session's. */
  lengthMs: number;
  speed: number;
  track: AudioTrack;
  /** The part being played by itself; null: playing goes on to the end. */
  range: PlayRange | null;
  /** True: the browser could not load the recording. */
  failed: boolean;
  /** True: the server has it no more. */
  gone: boolean;
  toggle(): void;
  seek(toMs: number): void;
  playFrom(toMs: number): void;
  /** Plays this part and stops at its end. */
  playRange(range: PlayRange): void;
  setSpeed(speed: number): void;
  setTrack(track: AudioTrack): void;
}

/** An audio element as state and actions. Changing the track keeps the place and goes on playing. */
export function usePlayer(knownLengthMs: number, firstTrack: AudioTrack): Player {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [present, setPresent] = useState(false);
  const attach = useCallback((next: HTMLAudioElement | null) => {
    audio.current = next;
    setPresent(next !== null);
  }, []);
  const [playing, setPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const [loadedMs, setLoadedMs] = useState<number | null>(null);
  const [speed, setSpeedState] = useState(1);
  const [track, setTrackState] = useState(firstTrack);
  const [failed, setFailed] = useState(false);
  const [gone, setGone] = useState(false);
  const [range, setRange] = useState<PlayRange | null>(null);
  /** The same, for the listeners below. */
  const stopAtMs = useRef(Infinity);
  const begin = useCallback((element: HTMLAudioElement) => {
    // Pausing or changing the track right after Play aborts it, and a page that was not touched yet may not play by itself
    // (the place is kept, Play is one press away); only the rest is a failure.
    element.play().catch((error: unknown) => {
      if (!(error instanceof DOMException && (error.name === 'AbortError' || error.name === 'NotAllowedError'))) setFailed(true);
    });
  }, []);
  const resumeAt = useRef<{ ms: number; play: boolean } | null>(null);

  useEffect(() => {
    const element = audio.current;
    if (!present || !element) return;
    let frame = 0;
    const stopAtEnd = () => {
      if (resumeAt.current || element.currentTime * 1000 < stopAtMs.current) return;
      element.pause();
      element.currentTime = stopAtMs.current / 1000;
      stopAtMs.current = Infinity;
      // Both at once: the event of the pause comes later, and in between the page would follow a playing that has no end.
      setPlaying(false);
      setRange(null);
    };
    const follow = () => {
      stopAtEnd();
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
      // Frames are not drawn in a tab nobody sees; this comes a few times a second there as well.
      ['timeupdate', stopAtEnd],
      ['seeked', () => setPositionMs(element.currentTime * 1000)],
      ['error', () => {
        setFailed(true);
        if (element.currentSrc) void isRecordingGone(element.currentSrc).then((isGone) => isGone && setGone(true));
      }],
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
  }, [begin, present]);
  useEffect(() => {
    const element = audio.current;
    if (!present || !element) return;
    // The default as well: loading another track goes back to it.
    element.defaultPlaybackRate = speed;
    element.playbackRate = speed;
  }, [present, speed, track]);

  const limit = (to: PlayRange | null) => {
    stopAtMs.current = to?.toMs ?? Infinity;
    setRange(to);
  };
  const goTo = useCallback((toMs: number) => {
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
    audio: attach, playing, positionMs, speed, track, failed, gone, range,
    lengthMs: loadedMs ?? knownLengthMs,
    toggle: () => (playing ? audio.current?.pause() : play()),
    seek: (toMs) => {
      limit(null);
      goTo(toMs);
    },
    playFrom: (toMs) => {
      limit(null);
      goTo(toMs);
      play();
    },
    playRange: (next) => {
      goTo(next.fromMs);
      limit(next);
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
