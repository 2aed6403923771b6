/** One chunk of a meeting, from its samples to its words. Pure: the same audio and the same engine give the same result. */
import { type Transcriber, VAD_WINDOW_SAMPLES, type VoiceDetector } from '../speech/ports.ts';
import { TURN_POLICIES, type TurnPolicy } from '../session/turn-taking.ts';
import { msToSamples, samplesToMs } from '../stream/audio-format.ts';
import { CUT_REACH_SAMPLES, cutNear, cutReach } from './cut-points.ts';
import { decodePiece, decodeSegment, type Decoding, type Utterance } from './decode-piece.ts';
import { judgeSegment, metricsOf, type Verdict } from './invented-text/judge-segment.ts';
import { CONTEXT_SAMPLES, COVERED_MARGIN_SAMPLES, MAX_DECODE_SAMPLES, piecesWithContext, type Range } from './owned-words.ts';
import type { ChunkResult, ChunkToTranscribe } from './ports.ts';
import { segmentSpeech } from './segment-speech.ts';
import { mapVoice, type VoiceMap } from './voice-map.ts';

/** Room for a segment's tail, the pause its end is found in, and the silence an engine asked again is given. */
const SEGMENT_MARGIN_MS = 2_500;
/** Word times are off by about so much, and voice activity notices both ends late. */
const WORD_MARGIN_SAMPLES = msToSamples(150);

export interface TranscribeChunkOptions extends Pick<ChunkToTranscribe, 'chunk' | 'startSample' | 'endSample' | 'totalSamples'> {
  sessionId: string;
  /**
   * The session's samples [fromSample, toSample), all of them. Asked for once, from some seconds before the chunk to at
   * most `CUT_REACH_SAMPLES` behind it, and never past `totalSamples`.
   */
  read(fromSample: number, toSample: number): Promise<Int16Array>;
  transcriber: Transcriber;
  voiceDetector: VoiceDetector;
  /** Spoken in the meeting, e.g. `en`; phantom phrases of every language are held back without it. */
  language?: string;
  signal?: AbortSignal;
}
/** Whose voices they are, and what the audio is called, the caller finds out. */
export type TranscribedChunk = Omit<ChunkResult, 'voices' | 'sha256'>;

/**
 * Needs the audio to `endSample + CUT_REACH_SAMPLES` on the disk, or the session over (`totalSamples`). Chunk k begins at
 * k chunk lengths; neighbours agree on their border because both find its cut from the same samples.
 * @throws SpoolError `engine.*`; whatever `read` throws; the signal's reason when aborted
 */
export async function transcribeChunk(options: TranscribeChunkOptions): Promise<TranscribedChunk> {
  const { chunk, transcriber, voiceDetector: detector, sessionId, signal, language } = options;
  signal?.throwIfAborted();
  const audio = await readAround(options);
  const owned = await ownedRange(options, audio);
  const heard = { startSample: audio.wholeWindowsBefore(owned.startSample, CONTEXT_SAMPLES), endSample: Math.min(audio.endSample, owned.endSample + CONTEXT_SAMPLES) };
  const voice = await mapVoice({ samples: audio.samples(heard), firstSample: heard.startSample, detector, sessionId, ...(signal ? { signal } : {}) });
  const segments = segmentSpeech({ voice, power: (window) => audio.power(heard.startSample + window * VAD_WINDOW_SAMPLES), fromSample: owned.startSample, toSample: owned.endSample, policy: policyFor(transcriber) });

  const decoding: Decoding = { sessionId, transcriber, voice, samples: audio.samples, ...(signal ? { signal } : {}) };
  const utterances: Utterance[] = [];
  if (transcriber.givesWordTimes) {
    for (const piece of piecesWithContext(segments, owned, heard, Math.min(MAX_DECODE_SAMPLES, msToSamples(transcriber.maxSegmentMs)))) utterances.push(...(await decodePiece(piece, decoding)));
  } else {
    for (const segment of segments) utterances.push(...(await decodeSegment(segment, decoding)));
  }
  signal?.throwIfAborted();
  return { engine: transcriber.name, ownedFrom: owned.startSample, ownedTo: owned.endSample, ...judged({ chunk, utterances, voice, owned, ...(language === undefined ? {} : { language }) }) };
}

/** Segments as in a live meeting, and never longer than the engine takes. */
export function policyFor({ maxSegmentMs }: Pick<Transcriber, 'maxSegmentMs'>): TurnPolicy {
  const { meeting } = TURN_POLICIES;
  return { ...meeting, segmentMaxMs: Math.min(meeting.segmentMaxMs, maxSegmentMs - SEGMENT_MARGIN_MS) };
}

/** What is needed of the log, read once. */
async function readAround({ startSample: start, endSample: end, totalSamples, read }: TranscribeChunkOptions) {
  const startSample = Math.max(0, start - CUT_REACH_SAMPLES - CONTEXT_SAMPLES);
  const endSample = Math.min(totalSamples ?? Infinity, end + CUT_REACH_SAMPLES);
  const all = await read(startSample, endSample);
  if (all.length !== endSample - startSample) throw new RangeError(`Of ${endSample - startSample} samples of the log ${all.length} were read.`);
  return {
    startSample,
    endSample,
    samples: (range: Range) => all.subarray(range.startSample - startSample, range.endSample - startSample),
    /** About `samples` before `sample`, so that a window begins at it. */
    wholeWindowsBefore(sample: number, samples: number) {
      const windows = Math.floor(Math.min(samples, sample - startSample) / VAD_WINDOW_SAMPLES);
      return sample - windows * VAD_WINDOW_SAMPLES;
    },
    power(sample: number) {
      const window = all.subarray(sample - startSample, sample - startSample + VAD_WINDOW_SAMPLES);
      return window.reduce((sum, value) => sum + value ** 2, 0) / VAD_WINDOW_SAMPLES;
    },
  };
}
type Audio = Awaited<ReturnType<typeof readAround>>;

async function ownedRange({ chunk, startSample: start, endSample: end, totalSamples, voiceDetector: detector, sessionId }: TranscribeChunkOptions, audio: Audio): Promise<Range> {
  const reach = cutReach(chunk === 0 ? end : Math.floor(start / chunk));
  const cut = (border: number) => {
    const range = { startSample: Math.max(0, border - reach), endSample: Math.min(audio.endSample, border + reach) };
    return cutNear({ border, firstSample: range.startSample, samples: audio.samples(range), detector, sessionId });
  };
  const startSample = start === 0 ? 0 : await cut(start);
  return { startSample, endSample: end === totalSamples ? end : Math.max(startSample, await cut(end)) };
}

/** Tells what was said from what was invented, and counts the voice under each. */
export function judged(options: { chunk: number; utterances: readonly Utterance[]; voice: VoiceMap; owned: Range; language?: string; idOf?: (index: number) => string }): Pick<
  TranscribedChunk,
  'segments' | 'suppressed' | 'speechSamples' | 'coveredSamples' | 'suppressedSamples' | 'words'
> {
  const { chunk, utterances, voice, owned, language, idOf = (index: number) => `c${chunk}-${index}` } = options;
  const result: ReturnType<typeof judged> = { segments: [], suppressed: [], speechSamples: voice.voicedSamples(owned.startSample, owned.endSample), coveredSamples: 0, suppressedSamples: 0, words: 0 };
  const covered = new Set<number>();
  const held = new Set<number>();
  const mark = (set: Set<number>, from: number, to: number) => {
    for (let window = voice.windowOf(from); window <= voice.windowOf(to - 1); window += 1) set.add(window);
  };
  for (const [index, utterance] of utterances.entries()) {
    const { text, startSample, endSample, words } = utterance;
    const verdict = verdictOn(utterance, voice, language);
    if (verdict) {
      result.suppressed.push({ segmentId: idOf(index), startSample, endSample, text, ...verdict });
      mark(held, startSample, endSample);
      continue;
    }
    result.segments.push({ itemId: idOf(index), text, startSample, endSample, ...(words ? { words } : {}) });
    result.words += text.split(/\s+/).length;
    if (words) for (const word of words) mark(covered, word.startSample - COVERED_MARGIN_SAMPLES, word.endSample + COVERED_MARGIN_SAMPLES);
    else mark(covered, startSample, endSample);
  }
  result.coveredSamples = voice.voicedSamples(owned.startSample, owned.endSample, (window) => covered.has(window));
  result.suppressedSamples = voice.voicedSamples(owned.startSample, owned.endSample, (window) => held.has(window) && !covered.has(window));
  return result;
}

function verdictOn({ text, startSample, endSample, words, part, suppressed }: Utterance, voice: VoiceMap, language: string | undefined): Verdict | null {
  const margin = words || part ? WORD_MARGIN_SAMPLES : 0;
  const voicedMs = samplesToMs(voice.voicedSamples(startSample - margin, endSample + margin));
  const { avgLogprob, noSpeechProb, compressionRatio } = part ?? {};
  const judgedText = {
    text,
    spanMs: samplesToMs(endSample - startSample),
    voicedMs,
    ...(avgLogprob === undefined ? {} : { avgLogprob }),
    ...(noSpeechProb === undefined ? {} : { noSpeechProb }),
    ...(compressionRatio === undefined ? {} : { compressionRatio }),
    ...(language === undefined ? {} : { language }),
  };
  return suppressed ? { reason: suppressed, metrics: metricsOf(judgedText) } : judgeSegment(judgedText);
}
