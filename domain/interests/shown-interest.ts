/** From an interest as the session keeps it, on the uplink clock, to what people see: one way for the stream and for REST. */
import { samplesToMs } from '../stream/audio-format.ts';
import type { Interest, Mention } from './interest.ts';
import type { InterestRecord } from './ports.ts';

/** Of a record that has a mention and is neither deleted nor retracted. The strongest mention is the quote, of equals the first. */
export function shownInterest(record: InterestRecord): Interest {
  const { id, topic, category, sentiment, confidence, mentions } = record;
  const strongest = mentions.reduce((best, mention) => (mention.confidence > best.confidence ? mention : best));
  return { id, topic, category, sentiment, confidence, ...shownMention(strongest), status: shownStatus(record), mentions: mentions.map(shownMention) };
}

export function shownMention({ itemId, quote, startSample, endSample }: InterestRecord['mentions'][number]): Mention {
  return { itemId, quote, startMs: samplesToMs(startSample), endMs: samplesToMs(endSample) };
}

export function shownStatus({ status }: Pick<InterestRecord, 'status'>): Interest['status'] {
  return status === 'confirmed' ? 'confirmed' : 'detected';
}
