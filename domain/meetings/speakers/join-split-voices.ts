/** Mends what an engine tore apart within one chunk, before two voices of a chunk count as two people for good. */
import type { ToldApart, Turn } from './ports.ts';
import { addTo, dot, normalized } from './vectors.ts';
import { SAME_VOICE_SIMILARITY, type VoiceEmbedding } from './voices.ts';

/** Voices that are plainly one become one; all are numbered from 0 by first appearance; turns that touch are one. */
export function joinSplitVoices({ turns, voices }: ToldApart): ToldApart {
  const joined: (VoiceEmbedding & { from: number[] })[] = [];
  for (const voice of voices.toSorted((a, b) => b.speechSamples - a.speechSamples || a.voice - b.voice)) {
    const [same] = joined
      .map((other) => ({ other, similarity: dot(other.embedding, voice.embedding) }))
      .filter(({ similarity }) => similarity >= SAME_VOICE_SIMILARITY)
      .toSorted((a, b) => b.similarity - a.similarity);
    if (same) mixInto(same.other, voice);
    else joined.push({ ...voice, from: [voice.voice] });
  }
  const main = new Map(joined.flatMap((each) => each.from.map((from) => [from, each.voice])));
  const numbers = new Map<number, number>();
  const numberOf = (voice: number): number => {
    const who = main.get(voice) ?? voice;
    if (!numbers.has(who)) numbers.set(who, numbers.size);
    return numbers.get(who)!;
  };
  const renumbered = turns.toSorted((a, b) => a.startSample - b.startSample || a.endSample - b.endSample || a.voice - b.voice).map((turn) => ({ ...turn, voice: numberOf(turn.voice) }));
  return {
    turns: joinTurns(renumbered),
    voices: joined.map(({ from: _from, ...voice }) => ({ ...voice, voice: numberOf(voice.voice) })).toSorted((a, b) => a.voice - b.voice),
  };
}

function mixInto(voice: VoiceEmbedding & { from: number[] }, more: VoiceEmbedding): void {
  const sum = Float64Array.from(voice.embedding, (value) => value * voice.speechSamples);
  addTo(sum, more.embedding, more.speechSamples);
  voice.embedding = normalized(sum) ?? voice.embedding;
  voice.speechSamples += more.speechSamples;
  voice.from.push(more.voice);
}

/** Turns of one voice that touch or overlap are one. @param turns by start */
export function joinTurns(turns: readonly Turn[]): Turn[] {
  const joined: Turn[] = [];
  for (const turn of turns) {
    const before = joined.findLast(({ voice }) => voice === turn.voice);
    if (before && turn.startSample <= before.endSample) before.endSample = Math.max(before.endSample, turn.endSample);
    else joined.push({ ...turn });
  }
  return joined;
}

/** Of each voice the stretches in which nobody else speaks, by start. */
export function cleanSpeech(turns: readonly Turn[]): Map<number, { startSample: number; endSample: number }[]> {
  const edges = [...new Set(turns.flatMap(({ startSample, endSample }) => [startSample, endSample]))].toSorted((a, b) => a - b);
  const clean = new Map<number, { startSample: number; endSample: number }[]>();
  for (const [index, startSample] of edges.slice(0, -1).entries()) {
    const endSample = edges[index + 1]!;
    const speaking = new Set(turns.filter((turn) => turn.startSample < endSample && turn.endSample > startSample).map(({ voice }) => voice));
    const [only] = speaking;
    if (only === undefined || speaking.size > 1) continue;
    const stretches = clean.get(only) ?? [];
    clean.set(only, stretches);
    const last = stretches.at(-1);
    if (last?.endSample === startSample) last.endSample = endSample;
    else stretches.push({ startSample, endSample });
  }
  return clean;
}
