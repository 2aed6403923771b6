'use client';

import type { AudioTrack } from '#components/api/client.ts';

/** Whose voice is heard. */
export function TrackChoice({ tracks, track, onChange, className = '' }: { tracks: readonly (readonly [AudioTrack, string])[]; track: AudioTrack; onChange: (track: AudioTrack) => void; className?: string }) {
  return (
    <fieldset className={`flex rounded-full bg-sunken p-1 ${className}`}>
      <legend className="sr-only">Whose voice</legend>
      {tracks.map(([value, label]) => (
        <label key={value} className="rounded-full px-3.5 py-1.5 text-sm max-sm:px-3 text-soft hover:text-ink has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-lift has-focus-visible:outline-2 has-focus-visible:outline-accent">
          <input type="radio" name="track" value={value} checked={track === value} onChange={() => onChange(value)} className="sr-only" />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** How fast it is played. `named`: the word stands before it where there is room. */
export function SpeedChoice({ speeds, speed, onChange, named = false }: { speeds: readonly number[]; speed: number; onChange: (speed: number) => void; named?: boolean }) {
  return (
    <label className="flex items-center gap-2 text-sm text-soft">
      <span className={named ? 'max-sm:sr-only' : 'sr-only'}>Speed</span>
      <select value={speed} onChange={(event) => onChange(Number(event.target.value))} className="select h-9 rounded-full border border-edge bg-raised pl-3 text-ink">
        {speeds.map((one) => (
          <option key={one} value={one}>
            {one} ×
          </option>
        ))}
      </select>
    </label>
  );
}
