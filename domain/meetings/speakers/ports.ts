/** What telling voices apart needs: an engine for one chunk, and the rows of a meeting. */
import type { PersonActor } from '../../actor.ts';
import type { SpokenSpan } from '../ingest/ports.ts';
import type { ChunkSegment } from '../ports.ts';
import type { KnownSpeaker } from './effective-speakers.ts';
import type { ChunkVoice, LabelledVoices, SpeakerLabel, StoredSpeaker, VoiceEmbedding } from './voices.ts';

/** Somebody speaks. Ends before its last sample; turns of different voices may overlap. */
export interface Turn {
  startSample: number;
  endSample: number;
  voice: number;
}
export interface ToldApart {
  /** By start; samples count from the first one given. */
  turns: Turn[];
  /** Of those voices alone that spoke long enough by themselves; others appear in `turns` and get no name. */
  voices: VoiceEmbedding[];
}
export interface Diarizer {
  /** e.g. `pyannote+nemo_en_titanet_small`. */
  readonly name: string;
  /**
   * Tells the voices of one chunk apart (PCM16 mono at 16 kHz, at most `MAX_DIARIZED_SAMPLES`). Voices are numbered from
   * 0 by first appearance. A chunk that fails has words all the same: the caller goes on with `NOBODY_TOLD_APART`.
   * @throws SpoolError `engine.failed` | `engine.timeout` | `engine.rejected`; rejects with the signal's reason when aborted
   */
  tellApart(request: { sessionId: string; samples: Int16Array }, signal?: AbortSignal): Promise<ToldApart>;
}
/** A chunk has at most 30 s, and what is decoded with it at most 2 s on either side; twice that is somebody's mistake. */
export const MAX_DIARIZED_SAMPLES = 60 * 16_000;
export const NOBODY_TOLD_APART: ToldApart = { turns: [], voices: [] };

/** The voices of a meeting, as our servers see them. Runs as the service role. */
export interface SpeakerStore {
  /** `version` changes with every voice, name and merge, and with the end, from which on it is `over`. No voices where the sender told who spoke. Null: there is no such meeting. */
  material(sessionId: string): Promise<{ voices: ChunkVoice[]; speakers: StoredSpeaker[]; over: boolean; version: string } | null>;
  /**
   * In one transaction: says of every item of a told-apart voice who speaks, and stores where the speakers' voices lie.
   * Names and merges are never written. False, and nothing is changed, when the material is not at `version` any more.
   */
  save(sessionId: string, labelled: LabelledVoices, version: string): Promise<boolean>;
  /** `version` changes with every item, span, name and merge. Null: there is no such meeting, or nobody told who spoke. */
  participants(sessionId: string): Promise<(SpokenMaterial & { version: string }) | null>;
  /**
   * In one transaction: splits items and says who speaks in them, and gives participants their numbers, with their names
   * where a number has none yet. Words a person corrected, names and merges are never written. False, and nothing is
   * changed, when the material is not at `version` any more.
   */
  saveParticipants(sessionId: string, told: ToldByParticipant, version: string): Promise<boolean>;
}

/** A meeting whose sender keeps participants apart. Samples of the session. */
export interface SpokenMaterial {
  spoken: SpokenSpan[];
  items: SpokenItem[];
  /** `participant`: whose number it is, once told. */
  speakers: ParticipantSpeaker[];
}
export interface SpokenItem extends Omit<ChunkSegment, 'voice'> {
  revision: number;
  speaker: SpeakerLabel;
  /** Corrected by a person, or written live: it is not split. */
  whole: boolean;
}
export interface ParticipantSpeaker extends KnownSpeaker {
  participant: string | null;
}
export interface ToldByParticipant {
  /** All participants who spoke; null: the sender tells no name. */
  speakers: { speaker: SpeakerLabel; participant: string; name: string | null }[];
  /** Items that are somebody else's than before. */
  items: { itemId: string; speaker: SpeakerLabel }[];
  /** Items, of the revision that was read, which become several. */
  splits: { itemId: string; revision: number; pieces: (Omit<ChunkSegment, 'voice'> & { speaker: SpeakerLabel })[] }[];
}

/** The speakers of a meeting, as their person sees and names them. Runs with the person's claims. */
export interface SpeakerRepository {
  /** With how long each was heard, merges not followed; `speaker` S0 for what nobody is named for. */
  list(actor: PersonActor, sessionId: string): Promise<ListedSpeaker[]>;
  /**
   * Undefined leaves as it is, null takes away. `change` looks at all speakers, which are held until it is written, and
   * may throw. Answers all speakers as they are then.
   */
  change(
    actor: PersonActor,
    sessionId: string,
    change: (speakers: ListedSpeaker[]) => { speaker: SpeakerLabel; name?: string | null; mergedInto?: SpeakerLabel | null },
  ): Promise<ListedSpeaker[]>;
}
export interface ListedSpeaker {
  speaker: SpeakerLabel;
  name: string | null;
  mergedInto: SpeakerLabel | null;
  speechSamples: number;
}
