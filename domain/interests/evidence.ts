/** Where a quote lies in the recording, and whether it is one at all. */
import { isPlainLine } from '../identity/person-name.ts';
import type { ItemRecord } from '../session/ports.ts';
import { msToSamples } from '../stream/audio-format.ts';
import type { Extraction } from './interest.ts';

/** Engines without word times make the place an estimate: a little before and after belongs to it. */
const MARGIN_MS = 250;
/** As the person may correct it, and as the database keeps it. */
const MAX_TOPIC_CHARS = 120;

/** What of an extraction holds: a quote stands verbatim in `text` at its offsets, is not empty, and is about a topic that can be kept. Whoever extracted. */
export function verifiedExtraction(text: string, { claims, retractions }: Extraction): Extraction {
  const holds = ({ topic, quote, from, to }: { topic: string; quote: string; from: number; to: number }) => isTopic(topic) && quote.trim() !== '' && text.slice(from, to) === quote;
  return {
    claims: claims.filter((claim) => holds(claim) && claim.confidence >= 0 && claim.confidence <= 1).map((claim) => ({ ...claim, confidence: Math.round(claim.confidence * 1_000) / 1_000 })),
    retractions: retractions.filter(holds),
  };
}

/** A name on one line, not longer than a topic may be once it is kept in lower case: that can lengthen it. */
export function isTopic(topic: string): boolean {
  const kept = topic.trim().toLowerCase();
  return WORD.test(kept) && [...kept].length <= MAX_TOPIC_CHARS && isPlainLine(kept);
}
const WORD = /[\p{L}\p{N}]/u;

/** Samples of the characters [from, to) of an item: its time shared among its characters, widened by a margin inside the item. */
export function sampleRangeOf(item: Pick<ItemRecord, 'text' | 'startSample' | 'endSample'>, from: number, to: number): { startSample: number; endSample: number } {
  const samples = item.endSample - item.startSample;
  const at = (offset: number) => item.startSample + Math.round((samples * offset) / Math.max(1, item.text.length));
  const margin = msToSamples(MARGIN_MS);
  return { startSample: Math.max(item.startSample, at(from) - margin), endSample: Math.min(item.endSample, at(to) + margin) };
}
