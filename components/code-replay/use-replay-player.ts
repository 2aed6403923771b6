'use client';

import { useCallback, useEffect, useRef, useState, type RefCallback } from 'react';
import type { AudioTrack } from '#components/api/client.ts';
import { usePlayer } from '#components/screens/use-player.ts';
import type { Replay } from '#domain/code/replay.ts';

export const REPLAY_SPEEDS = [0.5, 0.75, 1, 1.5, 2, 3, 4];
/** The last frames of a recording need not be heard. */
const END_SLACK_MS = 40;
/** While another track loads the recording stands still for a moment; whoever stopped it means it longer. */
const STOPPED_AFTER_MS = 600;

export interface ReplayPlayer {
  positionMs: number;
  playing: boolean;
  speed: number;
  /** For the recording's element, where there is one. */
  audio: RefCallback<HTMLAudioElement>;
  track: AudioTrack;
  /** True: the browser could not load the recording. */
  failed: boolean;
  /** True: the server has it no more. */
  gone: boolean;
  toggle(): void;
  seek(toMs: number): void;
  setSpeed(speed: number): void;
  setTrack(track: AudioTrack): void;
}

/**
 * Plays a time line: along the recording where that goes on, by the clock where it stands still, has ended, or does not exist.
 * @param recordingMs the recording's length; 0: there is none
 */
export function useReplayPlayer(replay: Replay, recordingMs: number, startMs: number): ReplayPlayer {
  const recording = usePlayer(recordingMs, 'mix');
  const [positionMs, setPositionMs] = useState(() => Math.min(startMs, replay.lengthMs));
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const place = useRef(positionMs);
  const element = useRef<HTMLAudioElement | null>(null);
  /** Set by a seek: the recording is to be found anew. */
  const moved = useRef(false);
  const latest = useRef({ replay, recording, speed, recordingMs });
  useEffect(() => {
    latest.current = { replay, recording, speed, recordingMs };
  });

  /** Where the recording is to be heard at the present place; null: it is silent there. */
  const audibleAt = useCallback((): number | null => {
    const { replay: now, recording: player, recordingMs: lengthMs } = latest.current;
    const { audioMs, held } = now.clock.audioAt(place.current);
    return lengthMs > 0 && !player.failed && held === null && audioMs < player.lengthMs - END_SLACK_MS ? audioMs : null;
  }, []);
  const goTo = useCallback(
    (toMs: number) => {
      const { replay: now, recording: player } = latest.current;
      place.current = Math.max(0, Math.min(toMs, now.lengthMs));
      moved.current = true;
      setPositionMs(place.current);
      const audioMs = audibleAt();
      if (audioMs !== null) player.seek(audioMs);
    },
    [audibleAt],
  );

  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current) return;
    arrived.current = true;
    if (startMs > 0) goTo(startMs);
  }, [goTo, startMs]);

  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    let beforeMs = performance.now();
    let sounding = false;
    /** Since when the recording does not go on; null: it does. */
    let stoppedMs: number | null = null;
    const step = (nowMs: number) => {
      const { replay: now, recording: player, speed: rate } = latest.current;
      const sound = element.current;
      const audioMs = audibleAt();
      if (moved.current) sounding = moved.current = false;
      if (audioMs === null || !sound) {
        if (sound && !sound.paused) sound.pause();
        sounding = false;
        const { held } = now.clock.audioAt(place.current);
        place.current = Math.min(place.current + Math.max(0, nowMs - beforeMs) * rate, held?.toMs ?? Infinity);
      } else if (!sounding) {
        sounding = true;
        stoppedMs = null;
        player.playFrom(audioMs);
      } else if (sound.readyState > 0 && !sound.seeking) {
        const hold = now.clock.holds.find(({ fromMs }) => fromMs > place.current);
        const reachedMs = place.current + Math.max(0, sound.currentTime * 1000 - audioMs);
        place.current = Math.min(sound.ended ? Math.max(reachedMs, place.current + player.lengthMs - audioMs) : reachedMs, hold?.fromMs ?? Infinity);
        // Stopped from outside, e.g. by a key of the keyboard for all players.
        stoppedMs = sound.paused && !sound.ended ? (stoppedMs ?? nowMs) : null;
        if (stoppedMs !== null && nowMs - stoppedMs > STOPPED_AFTER_MS) return setPlaying(false);
      }
      beforeMs = nowMs;
      place.current = Math.min(place.current, now.lengthMs);
      setPositionMs(place.current);
      if (place.current >= now.lengthMs) return setPlaying(false);
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => {
      cancelAnimationFrame(frame);
      element.current?.pause();
    };
  }, [audibleAt, playing]);

  const { audio: attach } = recording;
  const audio = useCallback(
    (next: HTMLAudioElement | null) => {
      element.current = next;
      attach(next);
    },
    [attach],
  );
  return {
    positionMs,
    playing,
    speed,
    audio,
    track: recording.track,
    failed: recording.failed,
    gone: recording.gone,
    toggle: () => {
      if (!playing && place.current >= replay.lengthMs) goTo(0);
      setPlaying(!playing);
    },
    seek: goTo,
    setSpeed: (next) => {
      setSpeed(next);
      recording.setSpeed(next);
    },
    setTrack: (next) => {
      moved.current = true;
      recording.setTrack(next);
    },
  };
}
