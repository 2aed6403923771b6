/** Who somebody is once merges are followed. For lists, transcripts, notes and exports alike. */
import type { SpeakerLabel } from './voices.ts';

export interface KnownSpeaker {
  speaker: SpeakerLabel;
  name: string | null;
  mergedInto: SpeakerLabel | null;
}
export interface EffectiveSpeaker {
  speaker: SpeakerLabel;
  /** Its own, else the one given to whom was merged into it: a name is not lost by merging. */
  name: string | null;
}

/** Every speaker that was merged or named, to who it is. Whom it does not hold is who they are, without a name. */
export function effectiveSpeakers(known: readonly KnownSpeaker[]): Map<SpeakerLabel, EffectiveSpeaker> {
  const bySpeaker = new Map(known.map((each) => [each.speaker, each]));
  const ends = new Map(known.map(({ speaker }) => [speaker, endOf(speaker, bySpeaker)]));
  const names = new Map<SpeakerLabel, string>();
  for (const { speaker, name } of known.toSorted(byNumber)) if (name !== null && (ends.get(speaker) === speaker || !names.has(ends.get(speaker)!))) names.set(ends.get(speaker)!, name);
  return new Map([...ends].map(([speaker, end]) => [speaker, { speaker: end, name: names.get(end) ?? null }]));
}

/** Where the chain of merges ends. Rows that lead in a circle, which no door lets in, end where they began. */
function endOf(speaker: SpeakerLabel, known: ReadonlyMap<SpeakerLabel, Pick<KnownSpeaker, 'mergedInto'>>): SpeakerLabel {
  const end = mergeChain(speaker, known).at(-1)!;
  return known.get(end)?.mergedInto ? speaker : end;
}

/** A speaker, whom it was merged into, and so on, each once. */
export function mergeChain(speaker: SpeakerLabel, known: ReadonlyMap<SpeakerLabel, Pick<KnownSpeaker, 'mergedInto'>>): SpeakerLabel[] {
  const chain = new Set([speaker]);
  for (let next = known.get(speaker)?.mergedInto; next && !chain.has(next); next = known.get(next)?.mergedInto) chain.add(next);
  return [...chain];
}

/** S2 before S10. */
export function byNumber(a: { speaker: SpeakerLabel }, b: { speaker: SpeakerLabel }): number {
  return Number(a.speaker.slice(1)) - Number(b.speaker.slice(1));
}
