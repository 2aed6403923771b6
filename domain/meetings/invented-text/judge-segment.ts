/**
 * The one filter of invented text. Speech models write words where nobody spoke; each test below names its reason, and
 * what is held back is kept with it. Where the voice carries the words, the voice is believed.
 *
 * Thresholds of the metrics are Whisper's own (openai/whisper `transcribe.py`: no speech 0.6 with −1.0, compression 2.4);
 * −1.3 is Vexa's. Servers that decode in batches apply none of them themselves, so it is done here.
 */
import { findLoop, loopsFasterThanSpeech, wordsIn } from './loops.ts';
import { phantomPhrase } from './phantom-phrases.ts';

type InventedReason = 'no_voice' | 'no_speech' | 'low_confidence' | 'repetition' | 'phantom_phrase' | 'too_dense';

/** Three windows of voice: the shortest "mm" has more. */
const MIN_VOICED_MS = 96;
const NO_SPEECH_PROBABILITY = 0.6;
const NO_SPEECH_LOGPROB = -1.0;
const LOW_LOGPROB = -1.3;
const COMPRESSION_RATIO = 2.4;
/** A chant is believed at the pace people chant at, while the voice goes on. */
const CHANT_WORDS_PER_SECOND = 3;
const CHANT_VOICED_SHARE = 0.6;
/** Hurried speech has 22 letters a second; a stock phrase needs a voice at least so long. */
const MS_PER_LETTER = 45;
/** A stock phrase the engine doubts is not believed for its voice. */
const DOUBTED_LOGPROB = -0.7;
const DOUBTED_NO_SPEECH = 0.3;
/** Words, and letters, in a second of voice; fast bursts have 7 and 33. Fewer words than MIN_RATED are one breath. */
const MAX_WORDS_PER_SECOND = 8;
const MAX_LETTERS_PER_SECOND = 36;
const MIN_RATED_WORDS = 4;

/** Short answers people do give, which engines are never sure of. */
const BACKCHANNELS = new Set(['yeah', 'yes', 'yep', 'yup', 'no', 'nope', 'okay', 'ok', 'right', 'sure', 'mhm', 'mm', 'hmm', 'hm', 'uh', 'huh', 'um', 'ah', 'oh', 'aha', 'exactly', 'true', 'well',
  'ja', 'nein', 'genau', 'doch', 'oui', 'non', 'si', 'sí', 'да', 'нет', 'はい', 'うん', '네', '对', '嗯']);

export interface JudgedText {
  text: string;
  /** Length of the segment, and how much of it is voice. */
  spanMs: number;
  voicedMs: number;
  /** As the engine gave them. */
  avgLogprob?: number;
  noSpeechProb?: number;
  compressionRatio?: number;
  /** e.g. `en`. */
  language?: string;
}
export interface Verdict {
  reason: InventedReason;
  metrics: Record<string, number>;
}

/** Why nobody said `text`, or null. */
export function judgeSegment(judged: JudgedText): Verdict | null {
  const reason = reasonAgainst(judged);
  return reason && { reason, metrics: metricsOf(judged) };
}

/** What is kept with a suppressed segment; figures the engine did not give are left out. */
export function metricsOf({ text, spanMs, voicedMs, avgLogprob, noSpeechProb, compressionRatio }: JudgedText): Record<string, number> {
  return {
    spanMs,
    voicedMs,
    words: wordsIn(text).length,
    ...(avgLogprob === undefined ? {} : { avgLogprob }),
    ...(noSpeechProb === undefined ? {} : { noSpeechProb }),
    ...(compressionRatio === undefined ? {} : { compressionRatio }),
  };
}

function reasonAgainst(judged: JudgedText): InventedReason | null {
  const { text, voicedMs, avgLogprob = 0, noSpeechProb = 0, language } = judged;
  const phantom = phantomPhrase(text, language);
  if (phantom === 'annotation' || phantom === 'credits') return 'phantom_phrase';
  if (voicedMs < MIN_VOICED_MS) return 'no_voice';
  const words = wordsIn(text);
  if (words.length <= 3 && words.every((word) => BACKCHANNELS.has(word))) return null;
  if (noSpeechProb > NO_SPEECH_PROBABILITY && avgLogprob < NO_SPEECH_LOGPROB) return 'no_speech';
  if (phantom && (voicedMs < words.join('').length * MS_PER_LETTER || avgLogprob < DOUBTED_LOGPROB || noSpeechProb > DOUBTED_NO_SPEECH)) return 'phantom_phrase';
  if (avgLogprob < LOW_LOGPROB) return 'low_confidence';
  if (repeats(judged, words)) return 'repetition';
  const seconds = voicedMs / 1000;
  const letters = words.join('').length;
  if (words.length >= MIN_RATED_WORDS && (words.length / seconds > MAX_WORDS_PER_SECOND || letters / seconds > MAX_LETTERS_PER_SECOND)) return 'too_dense';
  return null;
}

function repeats({ text, spanMs, voicedMs, compressionRatio = 0 }: JudgedText, words: readonly string[]): boolean {
  if (loopsFasterThanSpeech(text, voicedMs / 1000)) return true;
  if (compressionRatio <= COMPRESSION_RATIO) return false;
  const chanted = findLoop(words) !== null && words.length / (voicedMs / 1000) <= CHANT_WORDS_PER_SECOND && voicedMs / Math.max(1, spanMs) >= CHANT_VOICED_SHARE;
  return !chanted;
}
