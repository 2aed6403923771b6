/**
 * The seam between two chunks, looked at when a meeting is put together. Neither may have written what the other wrote,
 * and no voice around it may be without words: what was missed is decoded once more, from where it begins.
 */
import { type Transcriber, VAD_WINDOW_SAMPLES, type VoiceDetector } from '../speech/ports.ts';
import { msToSamples, samplesToMs } from '../stream/audio-format.ts';
import { meanPower } from './cut-points.ts';
import { decodeSegment, type Utterance } from './decode-piece.ts';
import { COVERED_MARGIN_SAMPLES, middle, type Range } from './owned-words.ts';
import type { ChunkSegment, SuppressedSegment } from './ports.ts';
import { SEAM_REACH_SAMPLES, type SeamSide, type WithoutRepetition, withoutRepetition } from './seam-repetition.ts';
import { segmentSpeech } from './segment-speech.ts';
import { judged, policyFor } from './transcribe-chunk.ts';
import { mapVoice, type VoiceMap } from './voice-map.ts';

/** Voice without words for longer than this is a hole (FluidAudio's rule). */
export const HOLE_SAMPLES = msToSamples(1_500);
const REPAIR_ROUNDS = 3;
/** What each further round leaves out of the hole's beginning: 512 ms. */
const ROUND_SAMPLES = 16 * VAD_WINDOW_SAMPLES;

export interface SeamRepair extends WithoutRepetition {
  /** What was missed, as segments of the chunk they lie in, and what was held back of it. */
  added: (ChunkSegment & { chunk: number })[];
  suppressed: (SuppressedSegment & { chunk: number })[];
  /** Voice that is without words even now. */
  holes: Hole[];
}

/** Voice without words, and the room around it in which nothing else is known either. */
export interface Hole extends Range {
  roomFrom: number;
  roomTo: number;
}

/** Voice of more than 1.5 s, within reach of the seam, that no segment of either side lies on. A hole goes on over silence. */
function holesAround(sides: readonly SeamSide[], seam: number, voice: VoiceMap): Hole[] {
  const known = sides.flatMap((side) => [...side.segments, ...side.suppressed]).flatMap(coveredRanges);
  const holes: (Hole & { voicedSamples: number })[] = [];
  let hole: (typeof holes)[number] | undefined;
  let roomFrom = voice.firstSample;
  for (let window = Math.max(0, voice.windowOf(seam - SEAM_REACH_SAMPLES)); window < Math.min(voice.windows, voice.windowOf(seam + SEAM_REACH_SAMPLES)); window += 1) {
    const startSample = voice.firstSample + window * VAD_WINDOW_SAMPLES;
    const endSample = startSample + VAD_WINDOW_SAMPLES;
    if (known.some((range) => range.startSample < endSample && startSample < range.endSample)) {
      hole = undefined;
      roomFrom = endSample;
      continue;
    }
    if (voice.voicedAt(window)) {
      if (!hole) holes.push((hole = { startSample, endSample, roomFrom, roomTo: endSample, voicedSamples: 0 }));
      hole.endSample = endSample;
      hole.voicedSamples += VAD_WINDOW_SAMPLES;
    }
    if (hole) hole.roomTo = endSample;
  }
  return holes.filter((each) => each.voicedSamples > HOLE_SAMPLES).map(({ voicedSamples: _voicedSamples, ...each }) => each);
}

function coveredRanges(segment: Range & { words?: Range[] }): Range[] {
  if (!segment.words?.length) return [segment];
  return segment.words.map(({ startSample, endSample }) => ({ startSample: startSample - COVERED_MARGIN_SAMPLES, endSample: endSample + COVERED_MARGIN_SAMPLES }));
}

export interface RepairSeamOptions {
  sessionId: string;
  earlier: SeamSide;
  later: SeamSide;
  /** Length of the session's audio. */
  totalSamples: number;
  /** The session's samples [fromSample, toSample), within its audio. */
  read(fromSample: number, toSample: number): Promise<Int16Array>;
  transcriber: Transcriber;
  voiceDetector: VoiceDetector;
  language?: string;
  signal?: AbortSignal;
}

/**
 * Takes repeated words from the later chunk and decodes holes around the seam, in up to three rounds. Run again on what
 * it made, it changes nothing but a hole that is left. @throws SpoolError `engine.*`; what `read` throws
 */
export async function repairSeam(options: RepairSeamOptions): Promise<SeamRepair> {
  const { sessionId, earlier, later, totalSamples, read, voiceDetector: detector, language, signal } = options;
  const seam = later.ownedFrom;
  const repair: SeamRepair = { ...withoutRepetition(earlier, later), added: [], suppressed: [], holes: [] };
  const firstSample = Math.max(0, seam - 2 * SEAM_REACH_SAMPLES);
  const samples = await read(firstSample, Math.min(totalSamples, seam + 2 * SEAM_REACH_SAMPLES));
  const voice = await mapVoice({ samples, firstSample, detector, sessionId, ...(signal ? { signal } : {}) });
  const sides = () => [...withRepair(earlier, repair), ...withRepair(later, repair)];
  repair.holes = holesAround(sides(), seam, voice);
  for (let round = 0; round < REPAIR_ROUNDS && repair.holes.length > 0; round += 1) {
    for (const hole of repair.holes) {
      const utterances = await decodeHole(hole, round, { voice, samples, options });
      const chunk = middle(hole) < seam ? earlier.chunk : later.chunk;
      const found = judged({ chunk, utterances, voice, owned: hole, idOf: (index) => `c${chunk}-s${Math.round(samplesToMs(utterances[index]!.startSample))}`, ...(language === undefined ? {} : { language }) });
      repair.added.push(...found.segments.map((segment) => ({ ...segment, chunk })));
      repair.suppressed.push(...found.suppressed.map((segment) => ({ ...segment, chunk })));
    }
    repair.holes = holesAround(sides(), seam, voice);
  }
  return repair;
}

function withRepair(side: SeamSide, { changed, removed, added, suppressed }: SeamRepair): SeamSide[] {
  const segments = side.segments.filter(({ itemId }) => !removed.includes(itemId)).map((segment) => changed.find(({ itemId }) => itemId === segment.itemId) ?? segment);
  const own = <Segment extends { chunk: number }>(segments: Segment[]) => segments.filter(({ chunk }) => chunk === side.chunk);
  return [{ ...side, segments: [...segments, ...own(added)], suppressed: [...side.suppressed, ...own(suppressed)] }];
}

/** From where the hole begins; each round leaves a little more of its beginning out, where the engine may have stumbled. */
async function decodeHole(hole: Hole, round: number, { voice, samples, options }: { voice: VoiceMap; samples: Int16Array; options: RepairSeamOptions }): Promise<Utterance[]> {
  const { sessionId, transcriber, signal } = options;
  const policy = policyFor(transcriber);
  const fromSample = round === 0 ? Math.max(hole.roomFrom, hole.startSample - msToSamples(policy.preRollMs)) : hole.startSample + round * ROUND_SAMPLES;
  if (hole.endSample - fromSample < HOLE_SAMPLES / 2) return [];
  const segments = segmentSpeech({ voice, power: (window) => meanPower(samples, window), fromSample, toSample: hole.roomTo, policy });
  const utterances: Utterance[] = [];
  for (const segment of segments) {
    utterances.push(...(await decodeSegment(segment, { sessionId, transcriber, voice, samples: (range) => samples.subarray(range.startSample - voice.firstSample, range.endSample - voice.firstSample), ...(signal ? { signal } : {}) })));
  }
  return utterances;
}
