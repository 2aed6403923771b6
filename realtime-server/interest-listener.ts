/**
 * Notices interests in what a person says: one final item after the other, beside the path of the answer, each claim checked
 * against its words. A second, better reading of an item takes the place of the first.
 */
import type { Clock } from '#domain/clock.ts';
import { newId } from '#domain/ids.ts';
import { ItemReadings } from '#domain/interests/item-readings.ts';
import type { LedgerChange } from '#domain/interests/ledger.ts';
import type { ExtractionRequest, InterestExtractor, InterestRecord, Reading, TopicDecision } from '#domain/interests/ports.ts';
import { shownInterest } from '#domain/interests/shown-interest.ts';
import type { EventRecord, ItemRecord, SessionChanges } from '#domain/session/ports.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';

/** At the end of a session second readings under way are waited for this long: a person waits with them. */
export const SECOND_READINGS_AT_END_MS = 2_500;

export interface InterestListenerOptions {
  sessionId: string;
  extractor: InterestExtractor;
  stored: InterestRecord[];
  decisions: TopicDecision[];
  clock: Clock;
  /** Aborted when the session leaves this process. */
  signal: AbortSignal;
  /** To be written down and told. */
  onChanges: (changes: SessionChanges, messages: ServerMessage[]) => void;
  /** Of each reading: claims that were thrown away because their quote was not said. */
  onDiscarded: (count: number) => void;
  onFailure: (error: unknown) => void;
}

export class InterestListener {
  readonly #options: InterestListenerOptions;
  readonly #readings: ItemReadings;
  readonly #givesUp = new AbortController();
  /** The first reading of every item heard so far. */
  #last: Promise<void> = Promise.resolve();
  readonly #later = new Set<Promise<void>>();

  constructor(options: InterestListenerOptions) {
    this.#options = options;
    this.#readings = new ItemReadings({ stored: options.stored, decisions: options.decisions, newId });
  }

  /** What stands now, surest first. */
  get interests(): Pick<InterestRecord, 'topic' | 'sentiment'>[] {
    return this.#readings.ledger
      .filter(({ status }) => status === 'detected' || status === 'confirmed')
      .toSorted((a, b) => b.confidence - a.confidence)
      .map(({ topic, sentiment }) => ({ topic, sentiment }));
  }

  /** A final item of the person's, and what had been asked. Items are read in order, one at a time. */
  heard(item: ItemRecord, question: string): void {
    // In turns with whatever else happens here: rules need some milliseconds for a long answer, and audio does not wait.
    this.#last = this.#last.then(() => new Promise<void>((resolve) => setImmediate(resolve))).then(() => this.#read(item, question));
  }

  /** Resolves when everything heard so far was read; second readings are given up after `secondReadingsMs`. */
  async settled(secondReadingsMs = SECOND_READINGS_AT_END_MS): Promise<void> {
    await this.#last;
    const cancel = this.#options.clock.schedule(secondReadingsMs, () => this.#givesUp.abort());
    while (this.#later.size > 0) await Promise.all(this.#later);
    cancel();
  }

  /** Resolves with the first reading of the item; others follow by themselves. */
  async #read(item: ItemRecord, question: string): Promise<void> {
    const { extractor, sessionId, onFailure } = this.#options;
    const signal = AbortSignal.any([this.#options.signal, this.#givesUp.signal]);
    if (this.#options.signal.aborted) return;
    try {
      const knownTopics = this.#readings.ledger.filter(({ status }) => status !== 'retracted').map(({ topic }) => topic);
      const readings = readingsOf(extractor, { sessionId, text: item.text, question, knownTopics }, signal);
      const first = await readings.next();
      if (first.done) return;
      this.#keep(item, first.value);
      const later = this.#keepAll(item, readings)
        .catch((error: unknown) => {
          if (!signal.aborted) onFailure(error);
        })
        .finally(() => this.#later.delete(later));
      this.#later.add(later);
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  }

  async #keepAll(item: ItemRecord, readings: AsyncIterable<Reading>): Promise<void> {
    for await (const reading of readings) this.#keep(item, reading);
  }

  #keep(item: ItemRecord, reading: Reading): void {
    const { signal, onChanges, onDiscarded } = this.#options;
    const { changes, discarded } = this.#readings.put(item, reading);
    if (discarded > 0) onDiscarded(discarded);
    if (changes.length > 0 && !signal.aborted) onChanges({ interests: changes.map(({ record }) => record), events: changes.map(eventOf) }, changes.map(messageOf));
  }
}

async function* readingsOf(extractor: InterestExtractor, request: ExtractionRequest, signal: AbortSignal): AsyncGenerator<Reading> {
  if (extractor.readings) yield* extractor.readings(request, signal);
  else yield { extractor: extractor.name, extraction: await extractor.extract(request, signal) };
}

function messageOf({ type, record }: LedgerChange): ServerMessage {
  return type === 'retracted' ? { type: 'interest.retracted', id: record.id } : { type: 'interest.detected', interest: shownInterest(record) };
}

function eventOf({ type, record }: LedgerChange): EventRecord {
  const sample = record.mentions.at(-1)?.startSample;
  return { type: `interest.${type}`, sample, data: type === 'retracted' ? { id: record.id } : { interest: shownInterest(record) } };
}
