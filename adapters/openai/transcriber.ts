/** Transcription through POST /audio/transcriptions: one WAV per speech segment. */
import { toFile } from 'openai';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { TranscribedPart, Transcriber, Transcription, TranscriptionRequest } from '#domain/speech/ports.ts';
import { TranscriptionQueue } from '#domain/speech/transcription-queue.ts';
import { msToSamples, UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { encodeWav } from '#domain/stream/wav.ts';
import { engineError } from './engine-errors.ts';
import { MAX_SEGMENT_MS, TRANSCRIBER_LIMITS, TRANSCRIPTION_SLOTS } from './limits.ts';
import { callOnce } from './remote-call.ts';
import { engineName, type RemoteEngineOptions } from './remote-engine.ts';

/** Told to the engine, because one short segment is too little to recognise a language by. */
const LANGUAGE = 'en';
/** Each partial is a paid request on growing audio: captions are spaced out as if the queue were half full. */
export const REMOTE_LOAD_FLOOR = 0.5;
/** Of OpenAI's models only Whisper gives word times; the servers that follow it serve Whisper by that name. */
const GIVES_WORD_TIMES = /whisper/i;

export function createOpenAiTranscriber(options: RemoteEngineOptions & { slots?: number }): Transcriber {
  const { client, model, clock, log, limits = TRANSCRIBER_LIMITS, slots = TRANSCRIPTION_SLOTS } = options;
  const name = engineName(model);
  let wordTimes = GIVES_WORD_TIMES.test(model);
  /** Some servers take the question and leave the words out of the answer. */
  let wordsMissing = false;

  async function transcribeNow(request: TranscriptionRequest, _queueMs: number, signal: AbortSignal | undefined): Promise<Transcription> {
    const startMs = clock.monotonicMs();
    const send = (verbose: boolean) =>
      callOnce(
        async (requestSignal) => {
          const file = await toFile(encodeWav({ samples: request.samples, sampleRateHz: UPLINK_SAMPLE_RATE_HZ }), 'speech.wav', { type: 'audio/wav' });
          const common = { file, model, language: LANGUAGE };
          return verbose
            ? await client.audio.transcriptions.create({ ...common, response_format: 'verbose_json', timestamp_granularities: ['word', 'segment'] }, { signal: requestSignal })
            : await client.audio.transcriptions.create({ ...common, response_format: 'json' }, { signal: requestSignal });
        },
        { engine: name, limits, clock, log, signal },
      );
    try {
      const answer = readAnswer(await send(wordTimes), name, startMs, clock);
      if (answer.text !== '') wordsMissing = answer.words === undefined;
      return answer;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const known = engineError(error, name);
      const refusesWords = wordTimes && known.code === 'engine.rejected' && [400, 422].includes(Number(known.fields?.status));
      if (!refusesWords) throw known;
      wordTimes = false;
      return readAnswer(await send(false), name, startMs, clock);
    }
  }

  const queue = new TranscriptionQueue<Transcription>({ slots, clock, run: transcribeNow });
  return {
    name,
    maxSegmentMs: MAX_SEGMENT_MS,
    get givesWordTimes() {
      return wordTimes && !wordsMissing;
    },
    load: () => Math.max(REMOTE_LOAD_FLOOR, queue.load()),
    async transcribe(request, signal) {
      signal?.throwIfAborted();
      if (request.samples.length > msToSamples(MAX_SEGMENT_MS)) throw new SpoolError('engine.rejected', 'The segment is longer than the engine takes.', { fields: { engine: name } });
      if (request.samples.length === 0) return { text: '', decodeMs: 0 };
      return queue.submit(request, signal);
    },
  };
}

/** @throws SpoolError `engine.failed` when the answer is not a transcription */
function readAnswer(answer: unknown, engine: string, startMs: number, clock: Clock): Transcription {
  const { text, words, segments } = (typeof answer === 'object' && answer !== null ? answer : {}) as { text?: unknown; words?: unknown; segments?: unknown };
  if (typeof text !== 'string') throw new SpoolError('engine.failed', 'The answer of the remote engine was not understood.', { fields: { engine } });
  const decodeMs = clock.monotonicMs() - startMs;
  const parts = Array.isArray(segments) ? segments.filter(isPart) : [];
  // Some servers put words into their segments instead of beside them.
  const timed = (Array.isArray(words) && words.length > 0 ? words : parts.flatMap((part) => part.words ?? [])).filter(isWord);
  return {
    text: text.trim(),
    decodeMs,
    ...(timed.length > 0 ? { words: timed.map(({ word, start, end }) => ({ text: word, startMs: toMs(start), endMs: toMs(end) })) } : {}),
    ...(parts.length > 0 ? { segments: parts.map(readPart) } : {}),
  };
}

interface RawPart {
  text: string;
  start: number;
  end: number;
  avg_logprob?: unknown;
  no_speech_prob?: unknown;
  compression_ratio?: unknown;
  words?: unknown[];
}

function readPart(part: RawPart): TranscribedPart {
  const figures = { avgLogprob: part.avg_logprob, noSpeechProb: part.no_speech_prob, compressionRatio: part.compression_ratio };
  const known = Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
  return { text: part.text.trim(), startMs: toMs(part.start), endMs: toMs(part.end), ...known };
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

function isPart(value: unknown): value is RawPart {
  const part = value as Partial<Record<keyof RawPart, unknown>> | null;
  return typeof part?.text === 'string' && Number.isFinite(part.start) && Number.isFinite(part.end) && (part.words === undefined || part.words === null || Array.isArray(part.words));
}

function isWord(value: unknown): value is { word: string; start: number; end: number } {
  const word = value as { word?: unknown; start?: unknown; end?: unknown } | null;
  return typeof word?.word === 'string' && Number.isFinite(word.start) && Number.isFinite(word.end);
}
