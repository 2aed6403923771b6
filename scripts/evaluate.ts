/** `./spool evaluate <folder> [--json] [--collar <seconds>]`: transcribes recordings and counts what is wrong (docs/evaluation.md). */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ConfigurationError, parseEnvironment } from '../config/environment.ts';
import { SpoolError } from '#domain/errors.ts';
import { evaluateTranscript } from '#domain/evaluation/evaluate-transcript.ts';
import { msToSamples, samplesToMs } from '#domain/stream/audio-format.ts';
import { findRecordings, type Recording } from './evaluate/find-recordings.ts';
import { readAudio, AUDIO_EXTENSIONS } from './evaluate/read-audio.ts';
import { evaluationAsJson, renderEvaluation, type Evaluation } from './evaluate/report.ts';
import { openFileTranscriber, type FileTranscriber } from './evaluate/transcribe-file.ts';

const USAGE = 'Usage: ./spool evaluate <folder> [--json] [--collar <seconds>]';

interface Surroundings {
  openTranscriber: () => Promise<FileTranscriber>;
  print: (text: string) => void;
  /** Where a relative folder begins. */
  workingFolder?: string;
  /** One line for each recording that is done. */
  progress?: (text: string) => void;
}

/** Resolves with the exit code: 1 when a recording failed, 2 when there is nothing to do. Uses the engine once for all recordings. */
export async function evaluate(args: string[], { openTranscriber, print, workingFolder = '.', progress }: Surroundings): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' }, collar: { type: 'string' } } });
  const [given, ...more] = positionals;
  const collarMs = Number(values.collar ?? 0) * 1000;
  if (given === undefined || more.length > 0 || !(collarMs >= 0)) return refuse(print, USAGE);
  const folder = path.resolve(workingFolder, given);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return refuse(print, `There is no folder ${folder}.`);
  let recordings: Recording[];
  try {
    recordings = findRecordings(folder);
  } catch (error) {
    return refuse(print, (error as Error).message);
  }
  const known = recordings.filter(({ reference }) => reference);
  if (recordings.length === 0) return refuse(print, `There is no recording in ${folder}: no file ends in .${AUDIO_EXTENSIONS.join(', .')}.`);
  if (known.length === 0) return refuse(print, `No recording in ${folder} has a reference beside it: a file of the same name that ends in .txt, .stm, .json (SegLST) or .rttm.`);
  const transcriber = await openTranscriber();
  try {
    const evaluation = await measure(known, transcriber, collarMs, progress);
    evaluation.withoutReference = recordings.filter(({ reference }) => !reference).map(({ name }) => name);
    print(values.json ? JSON.stringify(evaluationAsJson(evaluation), null, 2) : renderEvaluation(evaluation));
    return evaluation.failed.length > 0 ? 1 : 0;
  } finally {
    await transcriber.stop();
  }
}

function refuse(print: (text: string) => void, why: string): number {
  print(why);
  return 2;
}

async function measure(recordings: readonly Recording[], { engine, tellsSpeakers, transcribeFile }: FileTranscriber, collarMs: number, progress?: (text: string) => void): Promise<Evaluation> {
  const evaluation: Evaluation = { engine, collarMs, audioMs: 0, elapsedMs: 0, recordings: [], withoutReference: [], failed: [], notes: notesOn(recordings, tellsSpeakers) };
  for (const [index, { name, file, reference }] of recordings.entries()) {
    try {
      const samples = withoutIgnored(await readAudio(file), reference!.ignored);
      const startedAt = performance.now();
      const { segments } = await transcribeFile(samples);
      evaluation.elapsedMs += Math.round(performance.now() - startedAt);
      evaluation.audioMs += samplesToMs(samples.length);
      evaluation.recordings.push({ name, errors: evaluateTranscript(reference!, segments, { tellsSpeakers, collarMs }) });
    } catch (error) {
      // What one recording suffers from says nothing about the others.
      evaluation.failed.push({ name, problem: error instanceof SpoolError ? `${error.message} (${error.code})` : (error as Error).message });
    }
    progress?.(`${index + 1} of ${recordings.length}: ${name}`);
  }
  return evaluation;
}

function notesOn(recordings: readonly Recording[], tellsSpeakers: boolean): string[] {
  const references = recordings.map(({ reference }) => reference!);
  const speakersKnown = references.some(({ utterances, turns }) => turns !== null || utterances?.some(({ speaker }) => speaker !== null));
  return speakersKnown && !tellsSpeakers
    ? ['NOT MEASURED: cpWER and DER. The references name speakers, but the transcripts do not: the models that tell speakers apart are not there. ./spool models fetches them.']
    : [];
}

/** What the reference says not to score is not heard either, so that no engine needs word times for it. */
function withoutIgnored(samples: Int16Array, ignored: readonly { startMs: number; endMs: number }[]): Int16Array {
  for (const { startMs, endMs } of ignored) samples.fill(0, msToSamples(startMs), msToSamples(endMs));
  return samples;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await evaluate(process.argv.slice(2), {
      openTranscriber: () => openFileTranscriber(parseEnvironment()),
      ...(process.env.INIT_CWD ? { workingFolder: process.env.INIT_CWD } : {}),
      print: (text) => void process.stdout.write(`${text}\n`),
      ...(process.stderr.isTTY ? { progress: (text: string) => void process.stderr.write(`${text}\n`) } : {}),
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const hasWords = error instanceof ConfigurationError || error instanceof SpoolError || code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${hasWords ? (error as Error).message : (error as Error).stack}\n`);
    process.exitCode = hasWords ? 2 : 1;
  }
}
