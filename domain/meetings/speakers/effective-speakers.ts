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
export function endOf(speaker: SpeakerLabel, known: ReadonlyMap<SpeakerLabel, Pick<KnownSpeaker, 'mergedInto'>>): SpeakerLabel {
  const seen = new Set<SpeakerLabel>();
  let end = speaker;
  for (let next = known.get(end)?.mergedInto; next; next = known.get(end)?.mergedInto) {
    if (seen.has(end)) return speaker;
    seen.add(end);
    end = next;
  }
  return end;
}

/** S2 before S10. */
export function byNumber(a: { speaker: SpeakerLabel }, b: { speaker: SpeakerLabel }): number {
  return Number(a.speaker.slice(1)) - Number(b.speaker.slice(1));
}
