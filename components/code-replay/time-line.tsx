'use client';

import { memo, useMemo, type MouseEvent } from 'react';
import type { Replay } from '#domain/code/replay.ts';
import { placeWords, typingDensity, type Moment } from './moments.ts';

const WIDTH = 1_000;
const PARTS = 160;
/** Lanes from the top: who speaks, what is typed, what happens. */
const VOICE = { y: 2, height: 9 };
const KEYS = { base: 29, height: 15 };
const HEIGHT = 44;

interface Props {
  replay: Replay;
  moments: Moment[];
  ms: number;
  onSeek: (toMs: number) => void;
}

/** The slider over everything, and above it what lies where: voices, typing, runs, hints, silences. */
export function TimeLine({ replay, moments, ms, onSeek }: Props) {
  const lengthMs = Math.max(1, replay.lengthMs);
  function seekThere({ currentTarget, clientX }: MouseEvent<HTMLElement>) {
    const { left, width } = currentTarget.getBoundingClientRect();
    onSeek(Math.max(0, Math.min(1, (clientX - left) / width)) * lengthMs);
  }
  return (
    <div className="min-w-0 flex-1">
      {/* For the mouse; the slider below is for everybody. The thumb's centre stays half its width away from the ends. */}
      <div aria-hidden onClick={seekThere} className="relative mx-2 cursor-pointer">
        <Lanes replay={replay} moments={moments} />
        <span className="absolute inset-y-0 w-0.5 -translate-x-1/2 rounded bg-ink" style={{ left: `${(Math.min(ms, lengthMs) / lengthMs) * 100}%` }} />
      </div>
      <input
        type="range"
        aria-label="Place in the interview"
        aria-valuetext={placeWords(ms, replay.lengthMs)}
        min={0}
        max={Math.max(1, Math.round(replay.lengthMs))}
        step={100}
        value={Math.min(Math.round(ms), Math.round(replay.lengthMs))}
        onChange={(event) => onSeek(Number(event.target.value))}
        className="block h-6 w-full accent-accent"
      />
    </div>
  );
}

const Lanes = memo(function Lanes({ replay, moments }: { replay: Replay; moments: Moment[] }) {
  const lengthMs = Math.max(1, replay.lengthMs);
  const x = (ms: number) => (ms / lengthMs) * WIDTH;
  const density = useMemo(() => typingDensity(replay, PARTS), [replay]);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="block h-11 w-full rounded-lg bg-sunken">
      {replay.silences.map(({ atMs, endMs }) => (
        <rect key={atMs} x={x(atMs)} width={x(endMs - atMs)} y={0} height={HEIGHT} className="fill-line" />
      ))}
      {replay.captions.map(({ itemId, speaker, atMs, endMs }) => (
        <rect key={itemId} x={x(atMs)} width={Math.max(1.5, x(endMs - atMs) - 0.5)} y={VOICE.y + (speaker === 'agent' ? 0 : 3)} height={VOICE.height - 3} className={speaker === 'agent' ? 'fill-edge' : 'fill-accent'} />
      ))}
      {density.map((part, index) =>
        part === 0 ? null : (
          // Parts of one line never change places.
          // oxlint-disable-next-line react/no-array-index-key
          <rect key={index} x={(index * WIDTH) / PARTS} width={WIDTH / PARTS - 1} y={KEYS.base - part * KEYS.height} height={part * KEYS.height} className="fill-soft" />
        ),
      )}
      {moments.map(({ key, kind, tone, atMs }) =>
        kind === 'silence' || kind === 'command' ? null : (
          <rect
            key={key}
            x={Math.min(WIDTH - 4, Math.max(0, x(atMs) - 2))}
            width={4}
            y={kind === 'run' ? 31 : 33}
            height={kind === 'run' ? 12 : 8}
            rx={1}
            className={kind === 'hint' ? 'fill-warn' : kind === 'run' ? (tone === 'good' ? 'fill-accent' : tone === 'calm' ? 'fill-faint' : 'fill-danger') : 'fill-edge'}
          />
        ),
      )}
    </svg>
  );
});
