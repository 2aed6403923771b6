'use client';

import Check from 'lucide-react/icons/check';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Link from 'lucide-react/icons/link';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import type { AudioTrack } from '#components/api/client.ts';
import { SpeedChoice, TrackChoice } from '#components/screens/player-controls.tsx';
import { personSpoke } from '#components/screens/playable.ts';
import type { Replay } from '#domain/code/replay.ts';
import { clockTime } from '#domain/session/times.ts';
import { neighbour, type Moment, type MomentKind } from './moments.ts';
import { TimeLine } from './time-line.tsx';
import { REPLAY_SPEEDS, type ReplayPlayer } from './use-replay-player.ts';

interface Props {
  replay: Replay;
  moments: Moment[];
  player: ReplayPlayer;
  /** Null: there is no recording. */
  audioUrl: ((track: AudioTrack) => string) | null;
  person: string;
  /** True: the link to this moment has just been copied. */
  copied: boolean;
  onCopy: () => void;
}
const JUMPS: { kind: MomentKind; label: string; name: string }[] = [
  { kind: 'run', label: 'Run', name: 'run' },
  { kind: 'hint', label: 'Hint', name: 'hint' },
  { kind: 'silence', label: 'Silence', name: 'long silence' },
];

/** The controls of a replay; they stay in sight. */
export function ReplayDock({ replay, moments, player, audioUrl, person, copied, onCopy }: Props) {
  const { playing, positionMs, speed } = player;
  // Who only typed was never recorded: then there is one voice.
  const spoke = personSpoke(replay.captions.map(({ speaker, atMs, endMs }) => ({ speaker, startMs: atMs, endMs })));
  const tracks: [AudioTrack, string][] = [['mix', 'Both'], ['user', person], ['agent', 'Interviewer']];
  return (
    <section aria-label="Replay controls" className="sticky bottom-0 z-10 shrink-0 border-t border-line bg-paper px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6">
      {audioUrl ? <audio ref={player.audio} src={audioUrl(player.track)} preload="metadata" /> : null}
      {audioUrl && player.failed ? (
        <p role="alert" className="mb-2 text-sm text-danger">
          {player.gone ? 'The recording is not kept any more.' : 'The recording could not be loaded.'} The replay goes on without sound.
        </p>
      ) : null}
      <div className="flex items-center gap-4">
        <button type="button" onClick={player.toggle} aria-label={playing ? 'Pause' : 'Play'} className="grid size-12 shrink-0 place-items-center rounded-full bg-accent text-on-accent hover:bg-accent-deep">
          {playing ? <Pause aria-hidden size={20} fill="currentColor" strokeWidth={0} /> : <Play aria-hidden size={20} fill="currentColor" strokeWidth={0} className="translate-x-0.5" />}
        </button>
        <TimeLine replay={replay} moments={moments} ms={positionMs} onSeek={player.seek} />
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="text-sm text-soft tabular-nums sm:min-w-28 sm:pl-16">
          {clockTime(positionMs)} <span className="text-faint">/ {clockTime(replay.lengthMs)}</span>
        </p>
        {/* On a phone the list of moments does this. */}
        <div className="flex flex-wrap gap-2 max-sm:hidden">
          {JUMPS.map(({ kind, label, name }) => (
            <Jump key={kind} label={label} name={name} before={neighbour(moments, kind, positionMs, -1)} next={neighbour(moments, kind, positionMs, 1)} onGo={player.seek} />
          ))}
        </div>
        <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-2">
          {audioUrl && !spoke ? null : audioUrl ? (
            <TrackChoice tracks={tracks} track={player.track} onChange={player.setTrack} className="max-sm:hidden" />
          ) : (
            <p className="text-sm text-faint">No recording</p>
          )}
          <SpeedChoice speeds={REPLAY_SPEEDS} speed={speed} onChange={player.setSpeed} />
          <button type="button" onClick={onCopy} className="flex h-9 items-center gap-2 rounded-full border border-edge bg-raised px-3.5 text-sm hover:border-ink">
            {copied ? <Check aria-hidden size={16} className="text-accent" /> : <Link aria-hidden size={16} />}
            <span>{copied ? 'Copied' : 'Copy link'}</span>
          </button>
        </div>
      </div>
    </section>
  );
}

const ARROW = 'grid size-9 place-items-center rounded-full text-soft hover:bg-raised hover:text-ink disabled:opacity-40 disabled:pointer-events-none';
function Jump({ label, name, before, next, onGo }: { label: string; name: string; before: Moment | null; next: Moment | null; onGo: (toMs: number) => void }) {
  return (
    <div role="group" aria-label={`Jump to a ${name}`} className={`flex items-center rounded-full bg-sunken text-sm ${before || next ? 'text-ink' : 'text-faint'}`}>
      <button type="button" aria-label={`Previous ${name}`} title={`Previous ${name}`} disabled={!before} onClick={() => before && onGo(before.atMs)} className={ARROW}>
        <ChevronLeft aria-hidden size={16} />
      </button>
      {label}
      <button type="button" aria-label={`Next ${name}`} title={`Next ${name}`} disabled={!next} onClick={() => next && onGo(next.atMs)} className={ARROW}>
        <ChevronRight aria-hidden size={16} />
      </button>
    </div>
  );
}
