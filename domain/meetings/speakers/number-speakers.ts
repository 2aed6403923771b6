/** Groups of voices get their numbers; those a person named or merged keep theirs, wherever their voice is found again. */
import { dot } from './vectors.ts';
import { MIN_MARGIN, MIN_SIMILARITY, type LabelledVoices, type SpeakerLabel, type StoredSpeaker, type VoiceGroup } from './voices.ts';

/** So close only the same recordings lie, told apart once more: no second candidate casts doubt on it. */
const CERTAIN_SIMILARITY = 0.95;
/** `S999` is the last a row can hold. */
export const MAX_SPEAKERS = 999;

/**
 * Speakers a person has touched are found again by where their voices lay; whose voice is not found keeps number and name,
 * and no other voice gets either. All others are numbered by first appearance.
 * @param groups by first appearance
 */
export function numberSpeakers(groups: readonly VoiceGroup[], stored: readonly StoredSpeaker[]): LabelledVoices {
  const touched = touchedSpeakers(stored);
  const labelOf = matchVoices(groups, touched);
  const reserved = new Set(touched.map(({ speaker }) => speaker));
  let last = 0;
  for (const group of groups) {
    if (labelOf.has(group)) continue;
    do last += 1;
    while (reserved.has(`S${last}`));
    if (last <= MAX_SPEAKERS) labelOf.set(group, `S${last}`);
  }
  const labelled = groups.flatMap((group) => (labelOf.has(group) ? [{ group, speaker: labelOf.get(group)! }] : []));
  return {
    labels: labelled.flatMap(({ group, speaker }) => group.members.map(({ chunk, voice }) => ({ chunk, voice, speaker }))),
    speakers: labelled.map(({ group, speaker }) => ({ speaker, centroid: group.centroid, model: group.model })),
  };
}

/** Named, merged into another, or the one another was merged into. */
export function touchedSpeakers<Speaker extends Pick<StoredSpeaker, 'speaker' | 'name' | 'mergedInto'>>(stored: readonly Speaker[]): Speaker[] {
  const targets = new Set(stored.map(({ mergedInto }) => mergedInto));
  return stored.filter(({ speaker, name, mergedInto }) => name !== null || mergedInto !== null || targets.has(speaker));
}

/** The most alike first, one to one. Where another who is not found yet would do nearly as well, or better, nobody is taken. */
function matchVoices(groups: readonly VoiceGroup[], touched: readonly StoredSpeaker[]): Map<VoiceGroup, SpeakerLabel> {
  const pairs = touched
    .flatMap((known) => groups.map((group) => ({ known, group, similarity: likeness(known, group) })))
    .filter(({ similarity }) => similarity >= MIN_SIMILARITY)
    .toSorted((a, b) => b.similarity - a.similarity);
  const labels = new Map<VoiceGroup, SpeakerLabel>();
  const found = new Set<StoredSpeaker>();
  for (const pair of pairs) {
    if (found.has(pair.known) || labels.has(pair.group)) continue;
    const rivals = pairs.filter((other) => other !== pair && (other.known === pair.known ? !labels.has(other.group) : other.group === pair.group && !found.has(other.known)));
    if (pair.similarity < CERTAIN_SIMILARITY && rivals.some((rival) => pair.similarity - rival.similarity < MIN_MARGIN)) continue;
    labels.set(pair.group, pair.known.speaker);
    found.add(pair.known);
  }
  return labels;
}

function likeness(known: StoredSpeaker, group: VoiceGroup): number {
  if (!known.centroid || known.model !== group.model || known.centroid.length !== group.centroid.length) return -1;
  return dot(known.centroid, group.centroid);
}
