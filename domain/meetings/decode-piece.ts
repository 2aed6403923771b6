/** Asks the engine for the words of a piece of a meeting, again where it gave none, and says where each part of its answer lies. */
import { type TranscribedPart, type Transcriber, type Transcription, VAD_WINDOW_SAMPLES } from '../speech/ports.ts';
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import { chooseCut, meanPower } from './cut-points.ts';
import { repeatsItself } from './invented-text/loops.ts';
import { middle, owns, type Piece, type PlacedWord, placeWords, plainPiece, punctuated, type Range, written } from './owned-words.ts';
import type { SpeechSegment } from './segment-speech.ts';
import type { VoiceMap } from './voice-map.ts';

/** More voice than this with hardly any words is asked about again; a cough or "mhm" is shorter (as in a live session). */
const RETRY_EMPTY_SAMPLES = msToSamples(900);
/**
 * Silence around what is decoded alone, where the audio itself has less of it. Moonshine gave hardly a word for 67 of 191
 * stretches of Flite's speech cut anywhere; with 300 ms of zeros before and behind for 31, and 600 ms heard 57 of those 67.
 */
const ROOM_SAMPLES = msToSamples(300);
const RETRY_ROOM_SAMPLES = msToSamples(600);
/** Calm English has about 12 letters in a second of voice, Chinese 4 characters: with less the engine has left words out. */
const FEWEST_LETTERS_PER_SECOND = 2;
/** Small models also give up on lists and long segments: then each half is asked for, down to this much voice. */
const SHORTEST_HALF_SAMPLES = msToSamples(1_500);
/** Word times and voice activity differ by so much: a word so close to a segment is of it. */
const NEAR_SAMPLES = msToSamples(500);

export interface Utterance extends Range {
  text: string;
  words?: PlacedWord[];
  part?: TranscribedPart;
  suppressed?: NonNullable<Transcription['suppressed']>['reason'];
}
export interface Decoding {
  sessionId: string;
  transcriber: Transcriber;
  voice: VoiceMap;
  /** Samples of the session. */
  samples(range: Range): Int16Array;
  signal?: AbortSignal;
}

/** A piece with context, for an engine that gives word times; one whose answer has none is asked segment by segment. */
export async function decodePiece(piece: Piece, decoding: Decoding): Promise<Utterance[]> {
  const answer = await ask(piece, decoding);
  const found = answer.words?.length ? fromWords(piece, answer, decoding.voice) : [];
  // A segment whose words are all a neighbour's is not without words.
  const heard = placeWords(answer.words ?? [], piece.startSample, decoding.voice);
  const bare = piece.segments.filter((segment) => !heard.some((word) => overlaps(word, segment)) && (heard.length === 0 || isLong(segment, decoding)));
  for (const segment of bare) found.push(...(await decodeSegment(segment, decoding)));
  return inOrder(found);
}

/** A segment alone, without context; asked for again, and in halves, while its text is doubtful. */
export async function decodeSegment(segment: SpeechSegment, decoding: Decoding): Promise<Utterance[]> {
  const piece = plainPiece(segment);
  const lead = segment.speechStart - segment.startSample;
  const tail = segment.endSample - segment.speechEnd;
  const decode = async (before: number, behind: number) => fromAnswer({ ...piece, startSample: piece.startSample - before }, await ask(piece, decoding, before, behind), decoding.voice);
  const found = await decode(Math.max(0, ROOM_SAMPLES - lead), Math.max(0, ROOM_SAMPLES - tail));
  if (!isLong(segment, decoding) || believable(found, segment, decoding)) return found;
  const again = await decode(RETRY_ROOM_SAMPLES, RETRY_ROOM_SAMPLES);
  if (believable(again, segment, decoding)) return again;
  const halves: Utterance[] = [];
  for (const half of halvesOf(segment, decoding)) halves.push(...(await decodeSegment(half, decoding)));
  // Somebody who chants is told apart from an engine that loops by the halves, which chant as well.
  const answers = [found, again, halves];
  return answers.find((answer) => believable(answer, segment, decoding)) ?? answers.reduce((best, answer) => (worth(answer) > worth(best) ? answer : best));
}

/** Letters that are no loop; a loop is better than what was held back, and that than nothing. */
function worth(utterances: readonly Utterance[]): number {
  const said = letters(utterances);
  if (said > 0) return utterances.some(({ text }) => repeatsItself(text)) ? 0.5 : said;
  return utterances.length > 0 ? 0.1 : 0;
}

function halvesOf(segment: SpeechSegment, { voice, samples }: Decoding): SpeechSegment[] {
  const { startSample, endSample, speechStart, speechEnd } = segment;
  if (speechEnd - speechStart < 2 * SHORTEST_HALF_SAMPLES) return [];
  const from = voice.windowOf(Math.floor(speechStart + (speechEnd - speechStart) / 3));
  const count = Math.floor((speechEnd - speechStart) / 3 / VAD_WINDOW_SAMPLES);
  const start = voice.firstSample + from * VAD_WINDOW_SAMPLES;
  const part = samples({ startSample: start, endSample: start + count * VAD_WINDOW_SAMPLES });
  const voiced = Array.from({ length: count }, (_, window) => voice.voicedAt(from + window));
  const cut = start + Math.round(chooseCut({ voiced, power: (window) => meanPower(part, window), near: count / 2, from: 0 }) * VAD_WINDOW_SAMPLES);
  const first = voice.voicedExtent(speechStart, cut);
  const second = voice.voicedExtent(cut, speechEnd);
  return [
    ...(first ? [{ startSample, endSample: cut, speechStart, speechEnd: first.endSample }] : []),
    ...(second ? [{ startSample: cut, endSample, speechStart: second.startSample, speechEnd }] : []),
  ];
}

function letters(utterances: readonly Utterance[]): number {
  return utterances.reduce((sum, { text, suppressed }) => sum + (suppressed ? 0 : (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0)), 0);
}

/** Neither left out nor repeated: engines do both, mostly with lists. */
function believable(utterances: readonly Utterance[], segment: SpeechSegment, { voice }: Decoding): boolean {
  const seconds = voice.voicedSamples(segment.speechStart, segment.speechEnd) / UPLINK_SAMPLE_RATE_HZ;
  const said = utterances.filter((utterance) => !utterance.suppressed);
  return said.length === utterances.length && said.length > 0 && letters(said) >= seconds * FEWEST_LETTERS_PER_SECOND && !said.some(({ text }) => repeatsItself(text));
}

/** With so many zeros before and behind. */
function ask(range: Range, { sessionId, transcriber, samples, signal }: Decoding, before = 0, behind = 0): Promise<Transcription> {
  signal?.throwIfAborted();
  const part = samples(range);
  const padded = new Int16Array(before + part.length + behind);
  padded.set(part, before);
  return transcriber.transcribe({ sessionId, purpose: 'final', samples: padded }, signal);
}

function isLong(segment: SpeechSegment, { voice }: Decoding): boolean {
  return voice.voicedSamples(segment.speechStart, segment.speechEnd) >= RETRY_EMPTY_SAMPLES;
}

function fromAnswer(piece: Piece, answer: Transcription, voice: VoiceMap): Utterance[] {
  const { speechStart: startSample, speechEnd: endSample } = piece.segments[0]!;
  if (answer.suppressed) return [{ text: answer.suppressed.text, startSample, endSample, suppressed: answer.suppressed.reason }];
  if (answer.words?.length) return fromWords(piece, answer, voice);
  const parts = answer.segments?.filter((part) => part.text.trim() !== '') ?? [];
  if (parts.length <= 1) {
    const text = answer.text.trim();
    return text === '' ? [] : [{ text, startSample, endSample, ...(parts[0] ? { part: parts[0] } : {}) }];
  }
  const within = (ms: number) => Math.max(startSample, Math.min(endSample, piece.startSample + msToSamples(ms)));
  return inOrder(parts.map((part) => ({ text: part.text.trim(), startSample: within(part.startMs), endSample: within(part.endMs), part })));
}

/** The words it owns, divided where the engine divides its text and where the voice pauses. */
function fromWords(piece: Piece, answer: Transcription, voice: VoiceMap): Utterance[] {
  const words = punctuated(answer.text, placeWords(answer.words ?? [], piece.startSample, voice));
  const groups: { key: string; part: TranscribedPart | undefined; words: typeof words }[] = [];
  for (const [index, word] of words.entries()) {
    if (!owns(piece, word)) continue;
    const part = partOf(answer, index);
    const key = `${part?.startMs} ${nearestSegment(piece.segments, word)}`;
    const group = groups.at(-1);
    if (group?.key === key) group.words.push(word);
    else groups.push({ key, part, words: [word] });
  }
  const within = (sample: number) => Math.max(piece.ownedFrom, Math.min(piece.ownedTo, sample));
  return inOrder(
    groups.map(({ part, words: said }) => ({
      text: written(said),
      startSample: within(said[0]!.startSample),
      endSample: within(said.at(-1)!.endSample),
      words: said.map(({ text, startSample, endSample }) => ({ text, startSample: within(startSample), endSample: within(endSample) })),
      ...(part ? { part } : {}),
    })),
  );
}

function partOf({ segments = [], words = [] }: Transcription, index: number): TranscribedPart | undefined {
  const { startMs, endMs } = words[index]!;
  return segments.find((part) => (startMs + endMs) / 2 < part.endMs) ?? segments.at(-1);
}

/** Index of the segment the word lies in or next to; −1 where nobody speaks. */
function nearestSegment(segments: readonly SpeechSegment[], word: Range): number {
  let nearest = -1;
  let least = NEAR_SAMPLES;
  for (const [index, { startSample, endSample }] of segments.entries()) {
    const distance = Math.max(startSample - middle(word), middle(word) - endSample, 0);
    if (distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
}

function overlaps(a: Range, b: Range): boolean {
  return a.startSample < b.endSample && b.startSample < a.endSample;
}

/** By their start, none beginning before the one before has ended. */
function inOrder(utterances: Utterance[]): Utterance[] {
  let through = 0;
  return utterances
    .toSorted((a, b) => a.startSample - b.startSample)
    .map((utterance) => {
      const startSample = Math.max(through, utterance.startSample);
      through = Math.max(startSample, utterance.endSample);
      return { ...utterance, startSample, endSample: through };
    });
}
