/** Who speaks while a meeting goes on: chunk by chunk against running centres. The whole meeting is told apart at its end. */
import { comparableVoices } from './cluster-voices.ts';
import { addTo, dot, normalized } from './vectors.ts';
import { LINK_SIMILARITY, MIN_MARGIN, MIN_SIMILARITY, MIN_SPEAKER_SAMPLES, type ChunkVoice, type VoiceGroup } from './voices.ts';

interface Centre {
  sum: Float64Array;
  centroid: Float32Array;
  speechSamples: number;
  members: { chunk: number; voice: number }[];
}

/** Nothing is taken back: what is unclear stays without a name until the end. */
class ProvisionalSpeakers {
  readonly #centres: Centre[] = [];
  #model: string | undefined;

  /**
   * Adds the voices of one chunk: each to the centre it is clearly nearest to, at most one to each, the surest first.
   * One that is like nobody and spoke for long becomes a centre of its own. Voices of another model than the first are passed over.
   */
  add(voices: readonly ChunkVoice[]): void {
    const open = comparableVoices(voices).filter(({ model }) => model === (this.#model ??= model));
    const taken = new Set<Centre>();
    const sure = open
      .map((voice) => ({ voice, ...this.#nearest(voice) }))
      .toSorted((a, b) => b.similarity - a.similarity || a.voice.voice - b.voice.voice);
    for (const { voice, centre, similarity, second } of sure) {
      if (centre && similarity >= MIN_SIMILARITY && second < Math.min(MIN_SIMILARITY, similarity - MIN_MARGIN) && !taken.has(centre)) {
        this.#join(centre, voice);
        taken.add(centre);
      } else if (similarity < LINK_SIMILARITY && voice.speechSamples >= MIN_SPEAKER_SAMPLES) {
        this.#centres.push({ sum: Float64Array.from(voice.embedding, (value) => value * voice.speechSamples), centroid: voice.embedding, speechSamples: voice.speechSamples, members: [key(voice)] });
      }
    }
  }

  /** Whom there is so far, by first appearance. */
  groups(): VoiceGroup[] {
    return this.#centres
      .map(({ centroid, speechSamples, members }) => ({ model: this.#model!, centroid, speechSamples, members }))
      .toSorted((a, b) => a.members[0]!.chunk - b.members[0]!.chunk || a.members[0]!.voice - b.members[0]!.voice);
  }

  #nearest({ embedding }: ChunkVoice): { centre: Centre | undefined; similarity: number; second: number } {
    let [centre, similarity, second]: [Centre | undefined, number, number] = [undefined, -1, -1];
    for (const each of this.#centres) {
      const likeness = dot(embedding, each.centroid);
      if (likeness > similarity) [centre, similarity, second] = [each, likeness, similarity];
      else second = Math.max(second, likeness);
    }
    return { centre, similarity, second };
  }

  #join(centre: Centre, voice: ChunkVoice): void {
    addTo(centre.sum, voice.embedding, voice.speechSamples);
    centre.centroid = normalized(centre.sum) ?? centre.centroid;
    centre.speechSamples += voice.speechSamples;
    centre.members.push(key(voice));
  }
}

const key = ({ chunk, voice }: ChunkVoice): { chunk: number; voice: number } => ({ chunk, voice });

/** The same for all chunks at hand, in their order, whenever each of them came. */
export function provisionalGroups(voices: readonly ChunkVoice[]): VoiceGroup[] {
  const speakers = new ProvisionalSpeakers();
  for (const [, ofChunk] of [...Map.groupBy(voices, ({ chunk }) => chunk)].toSorted(([a], [b]) => a - b)) speakers.add(ofChunk);
  return speakers.groups();
}
