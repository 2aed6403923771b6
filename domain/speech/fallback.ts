/**
 * An engine with a stand-in: when the primary fails or is too slow to its first result, the same request goes to the local
 * engine. A primary that keeps failing rests. Aborting is never a failure.
 */
import { Degrading, within, type FallbackOptions } from './degradation.ts';
import type { Synthesizer, Transcriber } from './ports.ts';
import { resampled } from './resample.ts';

/** A transcript later than this after the end of speech is worse than the local one, which takes a tenth of a second. */
export const TRANSCRIBER_SLOW_AFTER_MS = 3_000;
/** Silence where a clause should begin. */
export const SYNTHESIZER_SLOW_AFTER_MS = 2_000;
/** Plain speech of the usual voices, to guess how much of a clause a broken stream has spoken. */
export const SPOKEN_CHARS_PER_SECOND = 15;
/** Less than this is left: the clause counts as spoken. */
const MIN_REST_CHARS = 4;

/** Captions always come from the local engine: they cost nothing there and are replaced by the primary's final text. */
export function transcriberWithFallback(primary: Transcriber, local: Transcriber, options: FallbackOptions): Transcriber {
  const { clock, slowAfterMs = TRANSCRIBER_SLOW_AFTER_MS } = options;
  const state = new Degrading({ port: 'transcriber', from: primary.name, to: local.name }, options);
  return {
    get name() {
      return state.breaker.resting ? local.name : primary.name;
    },
    maxSegmentMs: Math.min(primary.maxSegmentMs, local.maxSegmentMs),
    get givesWordTimes() {
      return (state.breaker.resting ? local : primary).givesWordTimes ?? false;
    },
    load: () => local.load(),
    async transcribe(request, signal) {
      if (request.purpose === 'partial') return local.transcribe(request, signal);
      signal?.throwIfAborted();
      if (!state.breaker.allows()) {
        state.tell(request.sessionId);
        return local.transcribe(request, signal);
      }
      try {
        const result = await within((limited) => primary.transcribe(request, limited), slowAfterMs, clock, signal);
        state.succeeded();
        return result;
      } catch (error) {
        if (signal?.aborted) {
          state.breaker.undecided();
          throw signal.reason;
        }
        state.failed(request.sessionId, error);
        return local.transcribe(request, signal);
      }
    },
  };
}

/** Speaks at the primary's rate whoever speaks: a connection's rate cannot change. */
export function synthesizerWithFallback(primary: Synthesizer, local: Synthesizer, options: FallbackOptions): Synthesizer {
  const { clock, slowAfterMs = SYNTHESIZER_SLOW_AFTER_MS } = options;
  const state = new Degrading({ port: 'synthesizer', from: primary.name, to: local.name }, options);
  const { sampleRateHz } = primary;

  function speakLocally(request: Parameters<Synthesizer['synthesize']>[0], signal?: AbortSignal): AsyncIterable<Int16Array> {
    return resampled(local.synthesize(request, signal), local.sampleRateHz, sampleRateHz);
  }

  return {
    get name() {
      return state.breaker.resting ? local.name : primary.name;
    },
    sampleRateHz,
    async *synthesize(request, signal) {
      signal?.throwIfAborted();
      if (!state.breaker.allows()) {
        state.tell(request.sessionId);
        yield* speakLocally(request, signal);
        return;
      }
      const stop = new AbortController();
      const linked = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      let spokenSamples = 0;
      let decided = false;
      const pieces = primary.synthesize(request, linked)[Symbol.asyncIterator]();
      try {
        for (let next = await within(() => pieces.next(), slowAfterMs, clock, signal); !next.done; next = await pieces.next()) {
          spokenSamples += next.value.length;
          yield next.value;
        }
        decided = true;
        state.succeeded();
        return;
      } catch (error) {
        signal?.throwIfAborted();
        decided = true;
        state.failed(request.sessionId, error);
      } finally {
        if (!decided) state.breaker.undecided();
        stop.abort();
        // Not waited for: an engine that hangs would hold the stand-in up.
        pieces.return?.().catch(() => {});
      }
      const rest = restOf(request.text, (spokenSamples / sampleRateHz) * (request.pace ?? 1));
      if (rest !== '') yield* speakLocally({ ...request, text: rest }, signal);
    },
  };
}

/** What of `text` is probably not spoken after so many seconds at the usual pace, from the beginning of a word on. */
export function restOf(text: string, spokenSeconds: number): string {
  if (spokenSeconds === 0) return text;
  const spokenChars = Math.floor(spokenSeconds * SPOKEN_CHARS_PER_SECOND);
  // Half a word is said again whole.
  const from = spokenChars >= text.length ? text.length : text.lastIndexOf(' ', spokenChars) + 1;
  const rest = text.slice(from).trim();
  return rest.length < MIN_REST_CHARS ? '' : rest;
}
