/** Where a quote lies in the recording, and whether it is one at all. */
import type { ItemRecord } from '../session/ports.ts';
import { msToSamples } from '../stream/audio-format.ts';
import type { Extraction } from './interest.ts';

/** Engines without word times make the place an estimate: a little before and after belongs to it. */
const MARGIN_MS = 250;

/** What of an extraction holds: a quote stands verbatim in `text` at its offsets, and is not empty. Whoever extracted. */
export function verifiedExtraction(text: string, { claims, retractions }: Extraction): Extraction {
  const holds = ({ quote, from, to }: { quote: string; from: number; to: number }) => quote.trim() !== '' && text.slice(from, to) === quote;
  return { claims: claims.filter((claim) => holds(claim) && claim.topic.trim() !== '' && claim.confidence >= 0 && claim.confidence <= 1), retractions: retractions.filter(holds) };
}

/** Samples of the characters [from, to) of an item: its time shared among its characters, widened by a margin inside the item. */
export function sampleRangeOf(item: Pick<ItemRecord, 'text' | 'startSample' | 'endSample'>, from: number, to: number): { startSample: number; endSample: number } {
  const samples = item.endSample - item.startSample;
  const at = (offset: number) => item.startSample + Math.round((samples * offset) / Math.max(1, item.text.length));
  const margin = msToSamples(MARGIN_MS);
  return { startSample: Math.max(item.startSample, at(from) - margin), endSample: Math.min(item.endSample, at(to) + margin) };
}
