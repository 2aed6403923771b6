/** Transcription through POST /audio/transcriptions: one WAV per speech segment. */
import { toFile } from 'openai';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Transcriber, Transcription, TranscriptionRequest } from '#domain/speech/ports.ts';
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

  async function transcribeNow(request: TranscriptionRequest, _queueMs: number, signal: AbortSignal | undefined): Promise<Transcription> {
    const startMs = clock.monotonicMs();
    const send = (verbose: boolean) =>
      callOnce(
        async (requestSignal) => {
          const file = await toFile(encodeWav({ samples: request.samples, sampleRateHz: UPLINK_SAMPLE_RATE_HZ }), 'speech.wav', { type: 'audio/wav' });
          const common = { file, model, language: LANGUAGE };
          return verbose
            ? await client.audio.transcriptions.create({ ...common, response_format: 'verbose_json', timestamp_granularities: ['word'] }, { signal: requestSignal })
            : await client.audio.transcriptions.create({ ...common, response_format: 'json' }, { signal: requestSignal });
        },
        { engine: name, limits, clock, log, signal },
      );
    try {
      return readAnswer(await send(wordTimes), name, startMs, clock);
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
  const { text, words } = (typeof answer === 'object' && answer !== null ? answer : {}) as { text?: unknown; words?: unknown };
  if (typeof text !== 'string') throw new SpoolError('engine.failed', 'The answer of the remote engine was not understood.', { fields: { engine } });
  const decodeMs = clock.monotonicMs() - startMs;
  const timed = Array.isArray(words) ? words.filter(isWord).map(({ word, start, end }) => ({ text: word, startMs: Math.round(start * 1000), endMs: Math.round(end * 1000) })) : [];
  return { text: text.trim(), decodeMs, ...(timed.length > 0 ? { words: timed } : {}) };
}

function isWord(value: unknown): value is { word: string; start: number; end: number } {
  const word = value as { word?: unknown; start?: unknown; end?: unknown } | null;
  return typeof word?.word === 'string' && Number.isFinite(word.start) && Number.isFinite(word.end);
}
