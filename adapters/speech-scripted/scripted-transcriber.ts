/** A `Transcriber` that answers from a script, with the promises of the real one about length, order and abort. */
import { SpoolError } from '#domain/errors.ts';
import type { Transcriber, Transcription, TranscriptionRequest } from '#domain/speech/ports.ts';

export type TranscriptionStep = string | Transcription | Error | Promise<Transcription>;

export interface ScriptedTranscriber extends Transcriber {
  /** Every request it was asked, in order. */
  readonly requests: readonly TranscriptionRequest[];
  /** What `load()` answers; tests set it. */
  currentLoad: number;
}

/** `answer` is asked once per request; silence and too long segments are dealt with as the real engines do. */
export function createScriptedTranscriber(answer: (request: TranscriptionRequest) => TranscriptionStep, options: { name?: string; maxSegmentMs?: number } = {}): ScriptedTranscriber {
  const { name = 'scripted', maxSegmentMs = 25_000 } = options;
  const requests: TranscriptionRequest[] = [];
  return {
    name,
    maxSegmentMs,
    requests,
    currentLoad: 0,
    async transcribe(request, signal) {
      signal?.throwIfAborted();
      if (request.samples.length > maxSegmentMs * 16) throw new SpoolError('engine.rejected', 'Segment is longer than the engine takes.');
      requests.push(request);
      if (request.samples.every((sample) => sample === 0)) return { text: '', decodeMs: 0 };
      const step = answer(request);
      if (step instanceof Error) throw step;
      const result = await orAborted(Promise.resolve(step), signal);
      return typeof result === 'string' ? { text: result, decodeMs: 0 } : result;
    },
    load() {
      return this.currentLoad;
    },
  };
}

function orAborted<Value>(value: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return value;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    void value.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
