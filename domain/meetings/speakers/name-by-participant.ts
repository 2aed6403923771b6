/** Who said what in a meeting whose sender keeps participants apart and tells their names: nobody's voice has to be recognised. */
import { SpoolError } from '../../errors.ts';
import { UNKNOWN_SPEAKER } from '../../session/speaker-names.ts';
import type { ChunkSegment } from '../ports.ts';
import { MIN_SHARE, assignVoices } from './assign-voices.ts';
import { joinTurns } from './join-split-voices.ts';
import { MAX_SPEAKERS, touchedSpeakers } from './number-speakers.ts';
import type { ParticipantSpeaker, SpeakerStore, SpokenItem, SpokenMaterial, ToldByParticipant, Turn } from './ports.ts';
import type { SpeakerLabel } from './voices.ts';

/** A name that is given, or a chunk that is settled, in the milliseconds between reading and writing makes it start over. */
const MAX_ATTEMPTS = 5;

/**
 * Says of everything said who of the participants said it, by name. May be done again at any time; what people named,
 * merged and corrected stays. False, and nothing is done, where the sender did not tell who spoke.
 * @throws SpoolError `unavailable` when the meeting changes faster than this
 */
export async function nameByParticipant({ store, sessionId }: { store: Pick<SpeakerStore, 'participants' | 'saveParticipants'>; sessionId: string }): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const material = await store.participants(sessionId);
    if (!material) return false;
    if (await store.saveParticipants(sessionId, toldByParticipant(material), material.version)) return true;
  }
  throw new SpoolError('unavailable', 'A meeting kept changing while its participants were named.');
}

interface Participant {
  participant: string;
  name: string | null;
}

/**
 * Items go to who spoke most in them (the rule of `assignVoices`), else to nobody. Participants keep the numbers they have;
 * a number a person named or merged goes to whom its items are; all others are numbered by first appearance.
 */
export function toldByParticipant({ spoken, items, speakers }: SpokenMaterial): ToldByParticipant {
  const participants = byAppearance(spoken);
  const numberOf = new Map(participants.map(({ participant }, number) => [participant, number]));
  const turns = joinTurns(spoken.map(({ participant, startSample, endSample }) => ({ voice: numberOf.get(participant)!, startSample, endSample })).toSorted((a, b) => a.startSample - b.startSample || a.voice - b.voice));
  const told = items.map((item) => ({ item, pieces: piecesOf(item, turns) }));
  const labels = labelsOf(participants, speakers, told);
  const speakerOf = ({ voice }: Pick<ChunkSegment, 'voice'>): SpeakerLabel => (voice === undefined ? UNKNOWN_SPEAKER : (labels.get(participants[voice]!.participant) ?? UNKNOWN_SPEAKER));
  return {
    speakers: participants.flatMap(({ participant, name }) => (labels.has(participant) ? [{ speaker: labels.get(participant)!, participant, name }] : [])),
    items: told.flatMap(({ item, pieces }) => (pieces.length === 1 && speakerOf(pieces[0]!) !== item.speaker ? [{ itemId: item.itemId, speaker: speakerOf(pieces[0]!) }] : [])),
    splits: told.flatMap(({ item: { itemId, revision }, pieces }) => (pieces.length === 1 ? [] : [{ itemId, revision, pieces: pieces.map(({ voice, ...piece }) => ({ ...piece, speaker: speakerOf({ voice }) })) }])),
  };
}

/** Each once, by when they first spoke, with the last name they went by. */
function byAppearance(spoken: SpokenMaterial['spoken']): Participant[] {
  const names = new Map<string, string | null>();
  for (const { participant, name } of spoken.toSorted((a, b) => a.startSample - b.startSample || (a.participant < b.participant ? -1 : 1))) {
    names.set(participant, name.trim() || (names.get(participant) ?? null));
  }
  return [...names].map(([participant, name]) => ({ participant, name }));
}

function piecesOf({ itemId, text, startSample, endSample, words, whole }: SpokenItem, turns: readonly Turn[]): ChunkSegment[] {
  const segment = { itemId, text, startSample, endSample, ...(words && !whole ? { words } : {}) };
  const [from, to] = [Math.min(startSample, words?.[0]?.startSample ?? startSample), Math.max(endSample, words?.at(-1)?.endSample ?? endSample)];
  return assignVoices([segment], turns.filter((turn) => turn.startSample < to && turn.endSample > from), 0);
}

/** By participant. Whoever is left when `S999` is reached stays without a number. */
function labelsOf(participants: readonly Participant[], speakers: readonly ParticipantSpeaker[], told: readonly { item: SpokenItem; pieces: ChunkSegment[] }[]): Map<string, SpeakerLabel> {
  const labels = new Map(speakers.flatMap(({ participant, speaker }) => (participant === null ? [] : [[participant, speaker]])));
  const touched = touchedSpeakers(speakers).filter(({ participant }) => participant === null);
  for (const { participant, speaker } of heirs(touched, participants, told)) if (!labels.has(participant)) labels.set(participant, speaker);
  const taken = new Set([...labels.values(), ...touched.map(({ speaker }) => speaker)]);
  let last = 0;
  for (const { participant } of participants) {
    if (labels.has(participant)) continue;
    do last += 1;
    while (taken.has(`S${last}`));
    if (last <= MAX_SPEAKERS) labels.set(participant, `S${last}`);
  }
  return labels;
}

/** Voices that people named before, while they were told apart by ear, are the participants' who said what those voices said; the surest first. */
function heirs(touched: readonly ParticipantSpeaker[], participants: readonly Participant[], told: readonly { item: SpokenItem; pieces: ChunkSegment[] }[]): { participant: string; speaker: SpeakerLabel }[] {
  const found = touched.flatMap(({ speaker }) => {
    const samples = new Map<number, number>();
    for (const { voice, startSample, endSample } of told.flatMap(({ item, pieces }) => (item.speaker === speaker ? pieces : []))) {
      if (voice !== undefined) samples.set(voice, (samples.get(voice) ?? 0) + endSample - startSample);
    }
    const all = [...samples.values()].reduce((sum, each) => sum + each, 0);
    return [...samples].flatMap(([voice, own]) => (own >= all * MIN_SHARE ? [{ participant: participants[voice]!.participant, speaker, own }] : []));
  });
  return found.toSorted((a, b) => b.own - a.own || Number(a.speaker.slice(1)) - Number(b.speaker.slice(1)));
}
