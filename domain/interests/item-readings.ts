/**
 * The ledger of a session whose items may be read more than once: each item counts with its newest reading, in the order in
 * which items were said. What an earlier reading claimed and the newest does not uphold is retracted.
 */
import type { ItemRecord } from '../session/ports.ts';
import { verifiedExtraction } from './evidence.ts';
import { type LedgerChange, applyExtraction } from './ledger.ts';
import type { InterestRecord, Reading, TopicDecision } from './ports.ts';

type Item = Pick<ItemRecord, 'itemId' | 'revision' | 'text' | 'startSample' | 'endSample'>;

export class ItemReadings {
  readonly #stored: readonly InterestRecord[];
  readonly #decisions: readonly TopicDecision[];
  readonly #newId: () => string;
  readonly #read = new Map<string, { item: Item; reading: Reading }>();
  /** A topic that comes back is the same interest. */
  readonly #ids = new Map<string, string>();
  /** What the readings add up to, without what only an earlier one claimed. */
  #upheld: InterestRecord[];
  #ledger: ReadonlyMap<string, InterestRecord>;

  constructor({ stored, decisions, newId }: { stored: readonly InterestRecord[]; decisions: readonly TopicDecision[]; newId: () => string }) {
    this.#stored = stored;
    this.#decisions = decisions;
    this.#newId = newId;
    this.#upheld = [...stored];
    this.#ledger = byTopic(stored);
  }

  get ledger(): InterestRecord[] {
    return [...this.#ledger.values()];
  }

  /** Takes the place of an earlier reading of the item. Claims whose quote was not said are left out and counted. */
  put(item: Item, reading: Reading): { changes: LedgerChange[]; discarded: number } {
    const older = this.#read.get(item.itemId);
    if (older && older.item.revision > item.revision) return { changes: [], discarded: 0 };
    const { claims, retractions, discarded = 0 } = reading.extraction;
    const extraction = verifiedExtraction(item.text, reading.extraction);
    const newest = { item, reading: { ...reading, extraction } };
    this.#read.set(item.itemId, newest);
    // A new item follows all others; a second reading of one may change what every later one meant.
    this.#upheld = older ? [...this.#read.values()].reduce((ledger, one) => this.#with(ledger, one), [...this.#stored]) : this.#with(this.#upheld, newest);
    return { changes: this.#settle(), discarded: discarded + claims.length + retractions.length - extraction.claims.length - extraction.retractions.length };
  }

  #settle(): LedgerChange[] {
    const before = this.#ledger;
    const now = byTopic(this.#upheld);
    for (const [topic, record] of before) if (!now.has(topic)) now.set(topic, { ...record, status: 'retracted' });
    this.#ledger = now;
    return [...now].flatMap(([topic, record]): LedgerChange[] => {
      const was = before.get(topic);
      if (was === record || JSON.stringify(was) === JSON.stringify(record)) return [];
      if (record.status !== 'retracted') return [{ type: 'detected', record }];
      return was === undefined || was.status === 'retracted' ? [] : [{ type: 'retracted', record }];
    });
  }

  #with(ledger: InterestRecord[], { item, reading }: { item: Item; reading: Reading }): InterestRecord[] {
    return applyExtraction(ledger, { item, extraction: reading.extraction, extractor: reading.extractor, decisions: this.#decisions, newId: (topic) => this.#idOf(topic) }).ledger;
  }

  #idOf(topic: string): string {
    const id = this.#ids.get(topic) ?? this.#newId();
    this.#ids.set(topic, id);
    return id;
  }
}

function byTopic(records: readonly InterestRecord[]): Map<string, InterestRecord> {
  return new Map(records.map((record) => [record.topic, record]));
}
