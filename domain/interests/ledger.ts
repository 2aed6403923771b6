/**
 * What is known of a person's interests in one session, item by item. Pure: the same items in any number of deliveries
 * give the same ledger. Saying it again raises confidence instead of making a duplicate; the latest word on a topic
 * counts; what the person took back or deleted stays away.
 */
import type { ItemRecord } from '../session/ports.ts';
import { sampleRangeOf } from './evidence.ts';
import type { Claim, Extraction } from './interest.ts';
import type { InterestRecord, TopicDecision } from './ports.ts';

/** However often it is said, a machine's reading stays a little unsure. */
const MOST_CONFIDENT = 0.99;
/** What a person confirmed in an earlier session is hardly doubted when it is said again. */
const CONFIRMED_BEFORE = 0.9;
/** Kept of one interest: the first, the surest and the newest. Every change is sent and stored with all of them. */
export const MAX_MENTIONS = 20;

export interface LedgerChange {
  type: 'detected' | 'retracted';
  /** As it is now; also sent again when only its evidence grew. */
  record: InterestRecord;
}
export interface LedgerInput {
  item: Pick<ItemRecord, 'itemId' | 'text' | 'startSample' | 'endSample'>;
  /** Checked against the item's text before. */
  extraction: Extraction;
  extractor: string;
  decisions: readonly TopicDecision[];
  /** Makes the id of a new interest. */
  newId: (topic: string) => string;
}

export function applyExtraction(ledger: readonly InterestRecord[], input: LedgerInput): { ledger: InterestRecord[]; changes: LedgerChange[] } {
  const { item, extraction, decisions } = input;
  const records = new Map(ledger.map((record) => [record.topic, record]));
  const changed = new Map<string, LedgerChange>();
  const deleted = new Set(decisions.filter(({ decision }) => decision === 'deleted').map(({ topic }) => topic));
  for (const claim of extraction.claims) {
    const topic = claim.topic.trim().toLowerCase();
    const known = records.get(topic);
    if (deleted.has(topic) || known?.status === 'deleted' || known?.mentions.some(({ itemId, quote }) => itemId === item.itemId && quote === claim.quote)) continue;
    const record = known ? again(known, claim, input) : first(topic, claim, input);
    records.set(topic, record);
    changed.set(topic, { type: 'detected', record });
  }
  for (const retraction of extraction.retractions) {
    const topic = retraction.topic.trim().toLowerCase();
    const known = records.get(topic);
    if (!known || known.status === 'retracted' || known.status === 'deleted') continue;
    const record: InterestRecord = { ...known, status: 'retracted' };
    records.set(topic, record);
    changed.set(topic, { type: 'retracted', record });
  }
  return { ledger: [...records.values()], changes: [...changed.values()] };
}

function first(topic: string, claim: Claim, input: LedgerInput): InterestRecord {
  const confirmed = input.decisions.some((one) => one.topic === topic && one.decision === 'confirmed');
  return {
    id: input.newId(topic),
    topic,
    category: claim.category,
    sentiment: claim.sentiment,
    confidence: confirmed ? Math.max(CONFIRMED_BEFORE, claim.confidence) : claim.confidence,
    status: 'detected',
    extractor: input.extractor,
    mentions: [mentionOf(claim, input)],
  };
}

function again(known: InterestRecord, claim: Claim, input: LedgerInput): InterestRecord {
  // Taken back earlier and now said anew: only the new words count.
  const anew = known.status === 'retracted';
  const agrees = !anew && known.sentiment === claim.sentiment;
  return {
    ...known,
    status: anew ? 'detected' : known.status,
    sentiment: claim.sentiment,
    // Independent readings that agree: noisy-or. A contradiction leaves what the latest one says.
    confidence: agrees ? Math.min(MOST_CONFIDENT, 1 - (1 - known.confidence) * (1 - claim.confidence)) : claim.confidence,
    mentions: anew ? [mentionOf(claim, input)] : withinLimit([...known.mentions, mentionOf(claim, input)]),
  };
}

function withinLimit(mentions: InterestRecord['mentions']): InterestRecord['mentions'] {
  if (mentions.length <= MAX_MENTIONS) return mentions;
  const surest = mentions.reduce((best, mention, index) => (mention.confidence > mentions[best]!.confidence ? index : best), 0);
  return mentions.toSpliced(surest === 1 ? 2 : 1, 1);
}

function mentionOf(claim: Claim, { item }: LedgerInput): InterestRecord['mentions'][number] {
  return { itemId: item.itemId, quote: claim.quote, ...sampleRangeOf(item, claim.from, claim.to), confidence: claim.confidence };
}
