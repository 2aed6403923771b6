/** The one telling-apart of a whole meeting: which voices of its chunks are one person's, and which had better have no name. */
import { averageLinkage } from './average-linkage.ts';
import { addTo, allProducts, dot, normalized } from './vectors.ts';
import { LINK_SIMILARITY, MIN_CLEAN_SAMPLES, MIN_MARGIN, MIN_SIMILARITY, MIN_SPEAKER_SAMPLES, SAME_VOICE_SIMILARITY, type ChunkVoice, type VoiceGroup } from './voices.ts';

/** 144 MB of similarities. A four-hour meeting has at most 480 chunks of a few voices; of more, the longest count. */
const MAX_CLUSTERED = 6_000;

/**
 * Groups by first appearance. Average linkage on the cosine, weighted by duration; two voices of one chunk are never in
 * one group. Left out, because a wrong name is worse than none: voices with too little speech, of another model than
 * most, too far from their centre, or not clearly nearer to it than to the next. The order given makes no difference.
 */
export function clusterVoices(voices: readonly ChunkVoice[]): VoiceGroup[] {
  const comparable = comparableVoices(voices);
  const counted = comparable.length <= MAX_CLUSTERED ? comparable : inOrder(comparable.toSorted((a, b) => b.speechSamples - a.speechSamples).slice(0, MAX_CLUSTERED));
  const similarities = allProducts(counted.map(({ embedding }) => embedding));
  for (const [a, one] of counted.entries()) {
    // They lie together, since they are in order.
    for (let b = a + 1; counted[b]?.chunk === one.chunk; b++) similarities[a * counted.length + b] = similarities[b * counted.length + a] = -Infinity;
  }
  const linked = averageLinkage({ weights: counted.map(({ speechSamples }) => speechSamples), similarities, threshold: LINK_SIMILARITY });
  const clusters = establish(linked.map((indexes) => new Cluster(indexes.map((index) => counted[index]!))));
  return clusters.flatMap((cluster) => new Cluster(cluster.members.filter((voice) => isClear(voice, cluster, clusters))).asGroup() ?? []).toSorted(byFirst);
}

/** Those with enough speech, a direction, and the model most speech was told apart with; by chunk and voice, each once. */
export function comparableVoices(voices: readonly ChunkVoice[]): ChunkVoice[] {
  const speechOfModel = new Map<string, number>();
  const modelOf = (voice: ChunkVoice): string => `${voice.model}/${voice.embedding.length}`;
  const sound = voices.flatMap((voice) => {
    const embedding = voice.speechSamples >= MIN_CLEAN_SAMPLES ? normalized(voice.embedding) : null;
    if (!embedding) return [];
    speechOfModel.set(modelOf(voice), (speechOfModel.get(modelOf(voice)) ?? 0) + voice.speechSamples);
    return [{ ...voice, embedding }];
  });
  const [most] = [...speechOfModel].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const once = new Map(sound.filter((voice) => modelOf(voice) === most?.[0]).map((voice) => [`${voice.chunk}:${voice.voice}`, voice]));
  return inOrder([...once.values()]);
}

const inOrder = (voices: ChunkVoice[]): ChunkVoice[] => voices.toSorted((a, b) => a.chunk - b.chunk || a.voice - b.voice);
const byFirst = (a: VoiceGroup, b: VoiceGroup): number => a.members[0]!.chunk - b.members[0]!.chunk || a.members[0]!.voice - b.members[0]!.voice;

/** Voices that were joined. */
class Cluster {
  readonly members: ChunkVoice[];
  readonly speechSamples: number;
  readonly #sum: Float64Array;
  readonly centroid: Float32Array | null;

  constructor(members: ChunkVoice[]) {
    this.members = members;
    this.speechSamples = members.reduce((sum, { speechSamples }) => sum + speechSamples, 0);
    this.#sum = new Float64Array(members[0]?.embedding.length ?? 0);
    for (const { embedding, speechSamples } of members) addTo(this.#sum, embedding, speechSamples);
    this.centroid = normalized(this.#sum);
  }

  similarityTo(vector: Float32Array): number {
    return this.centroid ? dot(vector, this.centroid) : -1;
  }

  /** Of a member to all others: its own share of the centre says nothing about it. */
  similarityWithout(member: ChunkVoice): number {
    const rest = Float64Array.from(this.#sum);
    addTo(rest, member.embedding, -member.speechSamples);
    const others = normalized(rest);
    return others ? dot(member.embedding, others) : -1;
  }

  asGroup(): VoiceGroup | null {
    if (!this.centroid) return null;
    return { model: this.members[0]!.model, centroid: this.centroid, speechSamples: this.speechSamples, members: this.members.map(({ chunk, voice }) => ({ chunk, voice })) };
  }
}

/**
 * Of the clusters those that are somebody: with enough speech, and not what is left of another who was torn in two within
 * a chunk (two voices of one chunk cannot be joined). The longest come first, so it is the lesser part that goes.
 */
function establish(clusters: Cluster[]): Cluster[] {
  const established: Cluster[] = [];
  for (const cluster of clusters.toSorted((a, b) => b.speechSamples - a.speechSamples)) {
    if (cluster.speechSamples < MIN_SPEAKER_SAMPLES || !cluster.centroid) continue;
    const tooNear = cluster.members.length > 1 ? SAME_VOICE_SIMILARITY : LINK_SIMILARITY;
    if (established.every((other) => other.similarityTo(cluster.centroid!) < tooNear)) established.push(cluster);
  }
  return established;
}

function isClear(voice: ChunkVoice, own: Cluster, clusters: readonly Cluster[]): boolean {
  if (own.members.length === 1) return true;
  if (own.similarityTo(voice.embedding) < MIN_SIMILARITY) return false;
  const ownSimilarity = own.similarityWithout(voice);
  // Whom two speakers would accept is often two people at once.
  return clusters.every((other) => other === own || other.similarityTo(voice.embedding) < Math.min(MIN_SIMILARITY, ownSimilarity - MIN_MARGIN));
}
