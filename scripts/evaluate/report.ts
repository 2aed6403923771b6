/** What `./spool evaluate` shows: a row for each recording, one for all, and what could not be measured. */
import { diarizationErrorRate } from '#domain/evaluation/diarization-errors.ts';
import { addTranscriptErrors, type TranscriptErrors } from '#domain/evaluation/evaluate-transcript.ts';
import { speakerErrorRate } from '#domain/evaluation/speaker-errors.ts';
import { wordErrorRates } from '#domain/evaluation/word-errors.ts';

export interface Evaluation {
  engine: string;
  collarMs: number;
  /** Length of what was transcribed, and how long that took. */
  audioMs: number;
  elapsedMs: number;
  recordings: { name: string; errors: TranscriptErrors }[];
  /** Recordings without a reference. */
  withoutReference: string[];
  failed: { name: string; problem: string }[];
  /** What was not measured, and why. */
  notes: string[];
}

const HEAD = ['RECORDING', 'WORDS', 'WER', 'S', 'D', 'I', 'H', 'MER', 'WIL', 'cpWER', 'DER'];

export function renderEvaluation(evaluation: Evaluation): string {
  const { recordings, withoutReference, failed, notes, engine, audioMs, elapsedMs } = evaluation;
  const corpus = addTranscriptErrors(recordings.map(({ errors }) => errors));
  const rows = [HEAD, ...recordings.map(({ name, errors }) => row(name, errors)), ...(recordings.length > 0 ? [row('all', corpus)] : [])];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const table = rows.map((cells) => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ').trimEnd());
  return [
    ...table,
    '',
    `${recordings.length} ${recordings.length === 1 ? 'recording' : 'recordings'}, ${seconds(audioMs)} of audio, transcribed by ${engine} in ${seconds(elapsedMs)}.`,
    ...notes,
    ...(withoutReference.length > 0 ? [`Left out, because no reference lies beside them: ${withoutReference.join(', ')}.`] : []),
    ...failed.map(({ name, problem }) => `FAILED  ${name}: ${problem}`),
  ].join('\n');
}

/** The same for programs: counts and rates. Rates are shares, not per cent; null is what was not measured. */
export function evaluationAsJson({ recordings, ...rest }: Evaluation): object {
  const corpus = addTranscriptErrors(recordings.map(({ errors }) => errors));
  return { ...rest, recordings: recordings.map(({ name, errors }) => ({ name, ...withRates(errors) })), corpus: withRates(corpus) };
}

function withRates({ words, speakers, diarization }: TranscriptErrors): object {
  return {
    words: words && { ...words, ...wordErrorRates(words) },
    speakers: speakers && { ...speakers, cpWer: speakerErrorRate(speakers) },
    diarization: diarization && { ...diarization, der: diarizationErrorRate(diarization) },
  };
}

function row(name: string, { words, speakers, diarization }: TranscriptErrors): string[] {
  const wanted = words ? words.hits + words.substitutions + words.deletions : 0;
  const rates = words && wordErrorRates(words);
  return [
    name,
    words ? String(wanted) : '-',
    // Without reference words the rate is a count.
    rates ? (wanted > 0 ? percent(rates.wer) : `${rates.wer} heard`) : '-',
    ...(words ? [words.substitutions, words.deletions, words.insertions, words.hits].map(String) : ['-', '-', '-', '-']),
    rates ? percent(rates.mer) : '-',
    rates ? percent(rates.wil) : '-',
    speakers ? percent(speakerErrorRate(speakers)) : '-',
    diarization ? percent(diarizationErrorRate(diarization)) : '-',
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
