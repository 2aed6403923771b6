'use client';

import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import type { AudioTrack } from '#components/api/client.ts';
import { clockTime } from '#domain/session/times.ts';
import { useInventedPerson } from './invented-person.ts';
import { SpeedChoice, TrackChoice } from './player-controls.tsx';
import { spokenLength } from './words.ts';
import { SPEEDS, type Player } from './use-player.ts';

const TRACKS: [AudioTrack, string][] = [['mix', 'Both'], ['user', 'You'], ['agent', 'Interviewer']];

/** The recording: play, place, speed, and whose voice, where there are two. Stays in sight below the transcript. */
export function PlayerPanel({ player, urlOf, voices }: { player: Player; urlOf: (track: AudioTrack) => string; voices: 'one' | 'both' }) {
  const conversation = voices === 'both';
  const invented = useInventedPerson();
  const { playing, positionMs, lengthMs, speed, track } = player;
  return (
    <section aria-label="Recording" className="sticky bottom-0 mt-auto z-10 -mx-5 border-t border-line bg-paper px-5 pt-3 pb-[max(0.875rem,env(safe-area-inset-bottom))] sm:-mx-8 sm:px-8">
      <audio ref={player.audio} src={urlOf(track)} preload="metadata" />
      {player.failed ? (
        <p role="alert" className="mb-2 text-sm text-danger">
          The recording could not be loaded. Check your connection, then reload the page.
        </p>
      ) : null}
      <div className="flex items-center gap-4">
        <button
          type="button"
          onClick={player.toggle}
          aria-label={playing ? 'Pause' : 'Play'}
          className="grid size-13 shrink-0 place-items-center rounded-full bg-accent text-on-accent hover:bg-accent-deep"
        >
          {playing ? <Pause aria-hidden size={22} fill="currentColor" strokeWidth={0} /> : <Play aria-hidden size={22} fill="currentColor" strokeWidth={0} className="translate-x-0.5" />}
        </button>
        <div className="min-w-0 flex-1">
          <input
            type="range"
            aria-label="Place in the recording"
            aria-valuetext={`${spokenLength(positionMs)} of ${spokenLength(lengthMs)}`}
            min={0}
            max={Math.max(1, Math.round(lengthMs))}
            step={100}
            value={Math.min(Math.round(positionMs), Math.round(lengthMs))}
            onChange={(event) => player.seek(Number(event.target.value))}
            className="block h-6 w-full accent-accent"
          />
          <p className="flex justify-between text-sm text-faint tabular-nums">
            <span>{clockTime(positionMs)}</span>
            <span>{clockTime(lengthMs)}</span>
          </p>
        </div>
        {conversation ? null : <SpeedChoice speeds={SPEEDS} speed={speed} onChange={player.setSpeed} />}
      </div>
      {conversation ? (
        <div className="mt-2 flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
          <TrackChoice tracks={TRACKS.map(([value, label]) => [value, value === 'user' ? (invented ?? label) : label])} track={track} onChange={player.setTrack} />
          <SpeedChoice speeds={SPEEDS} speed={speed} onChange={player.setSpeed} named />
        </div>
      ) : null}
    </section>
  );
}
