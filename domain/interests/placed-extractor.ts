/**
 * An extractor whose rules know words and not meanings, with somebody beside it who does: topics that the taxonomy does not
 * list get the category that fits their meaning. Cards wait for it a moment at most; then the extractor's category stands.
 */
import type { Clock } from '../clock.ts';
import { SpoolError } from '../errors.ts';
import { within } from '../speech/degradation.ts';
import type { Extraction } from './interest.ts';
import type { InterestExtractor, TopicPlacer } from './ports.ts';
import { findTopic } from './taxonomy.ts';

/** Placing takes some 30 ms; a card is to be there within a second of the words. */
export const PLACE_WITHIN_MS = 300;

/** Of one item with topics to be placed. `unavailable`: it failed or is not ready yet. */
export type PlacementOutcome = 'placed' | 'late' | 'unavailable';
export interface PlacedOptions {
  placer: TopicPlacer;
  clock: Clock;
  onOutcome?: (outcome: PlacementOutcome) => void;
}

export function placedByMeaning(extractor: InterestExtractor, options: PlacedOptions): InterestExtractor {
  return {
    get name() {
      return extractor.name;
    },
    async extract(request, signal) {
      options.placer.prepare?.();
      return placed(await extractor.extract(request, signal), options, signal);
    },
  };
}

async function placed(extraction: Extraction, { placer, clock, onOutcome }: PlacedOptions, signal?: AbortSignal): Promise<Extraction> {
  const topics = [...new Set(extraction.claims.map(({ topic }) => topic))].filter((topic) => !findTopic(topic));
  if (topics.length === 0) return extraction;
  try {
    const places = await within((limited) => placer.place(topics, limited), PLACE_WITHIN_MS, clock, signal);
    const byTopic = new Map(topics.map((topic, at) => [topic, places[at]]));
    onOutcome?.('placed');
    return {
      ...extraction,
      claims: extraction.claims.map((claim) => {
        const category = byTopic.get(claim.topic);
        return category === undefined ? claim : { ...claim, category };
      }),
    };
  } catch (error) {
    if (!signal?.aborted) onOutcome?.(error instanceof SpoolError && error.code === 'engine.timeout' ? 'late' : 'unavailable');
    return extraction;
  }
}
