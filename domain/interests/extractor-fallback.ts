/**
 * A language model with rules beside it: what the rules read is there at once, and the model's reading takes its place when
 * it comes. When the model fails, is too slow or rests, the rules' reading stands.
 */
import { Degrading, within, type FallbackOptions } from '../speech/degradation.ts';
import type { InterestExtractor, Reading } from './ports.ts';

/** Nobody waits for it, but a reading that corrects what was said so long ago only confuses. */
export const EXTRACTOR_SLOW_AFTER_MS = 10_000;

export function extractorWithFallback(primary: InterestExtractor, local: InterestExtractor, options: FallbackOptions): InterestExtractor & Required<Pick<InterestExtractor, 'readings'>> {
  const { clock, slowAfterMs = EXTRACTOR_SLOW_AFTER_MS } = options;
  const state = new Degrading({ port: 'interests', from: primary.name, to: local.name }, options);

  async function* readings(...[request, signal]: Parameters<InterestExtractor['extract']>): AsyncGenerator<Reading> {
    signal?.throwIfAborted();
    yield { extractor: local.name, extraction: await local.extract(request, signal) };
    if (signal?.aborted) return;
    if (!state.breaker.allows()) return state.tell(request.sessionId);
    let reading: Reading;
    try {
      reading = { extractor: primary.name, extraction: await within((limited) => primary.extract(request, limited), slowAfterMs, clock, signal) };
      state.succeeded();
    } catch (error) {
      if (signal?.aborted) return state.breaker.undecided();
      return state.failed(request.sessionId, error);
    }
    if (!signal?.aborted) yield reading;
  }

  return {
    get name() {
      return state.breaker.resting ? local.name : primary.name;
    },
    readings,
    async extract(request, signal) {
      let last: Reading | undefined;
      for await (const reading of readings(request, signal)) last = reading;
      signal?.throwIfAborted();
      return last!.extraction;
    },
  };
}
