import type { SpeakerNames } from '#domain/session/speaker-names.ts';
import { shortLength } from '#domain/session/times.ts';
import { voiceName } from './meeting-words.ts';

/** Colours by voice: only to find one’s way, the name says who it is. */
const INKS = ['text-accent', 'text-[var(--code-function)]', 'text-[var(--code-keyword)]', 'text-[var(--code-number)]', 'text-[var(--code-type)]', 'text-danger'];
const DOTS = ['bg-accent', 'bg-[var(--code-function)]', 'bg-[var(--code-keyword)]', 'bg-[var(--code-number)]', 'bg-[var(--code-type)]', 'bg-danger'];

function numberOf(speaker: string): number {
  return Number(/^S([1-9]\d*)$/.exec(speaker)?.[1] ?? 0);
}
/** The colour a voice’s name is written in. */
export function voiceInk(speaker: string): string {
  const number = numberOf(speaker);
  return number === 0 ? 'text-faint' : INKS[(number - 1) % INKS.length]!;
}
/** A voice’s colour, for the eye alone. */
export function VoiceDot({ speaker }: { speaker: string }) {
  const number = numberOf(speaker);
  return <span aria-hidden className={`size-2.5 shrink-0 rounded-full ${number === 0 ? 'bg-edge' : DOTS[(number - 1) % DOTS.length]}`} />;
}

/** Who has spoken so far, and for how long. */
export function VoiceChips({ voices, names, className = '' }: { voices: { speaker: string; ms: number }[]; names: SpeakerNames; className?: string }) {
  if (voices.length === 0) return null;
  return (
    <ul aria-label="Who has spoken" className={`flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft ${className}`}>
      {voices.map(({ speaker, ms }) => (
        <li key={speaker} className="inline-flex items-center gap-1.5">
          <VoiceDot speaker={speaker} />
          {voiceName(speaker, names)} <span className="text-faint tabular-nums">{shortLength(ms)}</span>
        </li>
      ))}
    </ul>
  );
}
