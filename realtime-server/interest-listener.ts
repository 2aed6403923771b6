/** Notices interests in what a person says: one final item after the other, beside the path of the answer, each claim checked against its words. */
import { newId } from '#domain/ids.ts';
import { verifiedExtraction } from '#domain/interests/evidence.ts';
import type { Interest } from '#domain/interests/interest.ts';
import { type LedgerChange, applyExtraction } from '#domain/interests/ledger.ts';
import type { InterestExtractor, InterestRecord, TopicDecision } from '#domain/interests/ports.ts';
import type { EventRecord, ItemRecord, SessionChanges } from '#domain/session/ports.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';

export interface InterestListenerOptions {
  sessionId: string;
  extractor: InterestExtractor;
  stored: InterestRecord[];
  decisions: TopicDecision[];
  /** Aborted when the session leaves this process. */
  signal: AbortSignal;
  /** To be written down and told. */
  onChanges: (changes: SessionChanges, messages: ServerMessage[]) => void;
  onFailure: (error: unknown) => void;
}

export class InterestListener {
  readonly #options: InterestListenerOptions;
  #ledger: InterestRecord[];
  #last: Promise<void> = Promise.resolve();

  constructor(options: InterestListenerOptions) {
    this.#options = options;
    this.#ledger = options.stored;
  }

  /** What stands now, surest first. */
  get interests(): Pick<InterestRecord, 'topic' | 'sentiment'>[] {
    return this.#ledger
      .filter(({ status }) => status === 'detected' || status === 'confirmed')
      .toSorted((a, b) => b.confidence - a.confidence)
      .map(({ topic, sentiment }) => ({ topic, sentiment }));
  }

  /** A final item of the person's, and what had been asked. Items are read in order, one at a time. */
  heard(item: ItemRecord, question: string): void {
    this.#last = this.#last.then(() => this.#read(item, question));
  }

  /** Resolves when everything heard so far was read. */
  settled(): Promise<void> {
    return this.#last;
  }

  async #read(item: ItemRecord, question: string): Promise<void> {
    const { extractor, sessionId, signal, decisions, onChanges, onFailure } = this.#options;
    if (signal.aborted) return;
    try {
      const found = await extractor.extract({ sessionId, text: item.text, question, knownTopics: this.#ledger.map(({ topic }) => topic) }, signal);
      const extraction = verifiedExtraction(item.text, found);
      const { ledger, changes } = applyExtraction(this.#ledger, { item, extraction, extractor: extractor.name, decisions, newId });
      this.#ledger = ledger;
      if (changes.length > 0 && !signal.aborted) onChanges({ interests: changes.map(({ record }) => record), events: changes.map(eventOf) }, changes.map(messageOf));
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  }
}

function messageOf({ type, record }: LedgerChange): ServerMessage {
  return type === 'retracted' ? { type: 'interest.retracted', id: record.id } : { type: 'interest.detected', interest: shown(record) };
}

function eventOf({ type, record }: LedgerChange): EventRecord {
  const sample = record.mentions.at(-1)?.startSample;
  return { type: `interest.${type}`, sample, data: type === 'retracted' ? { id: record.id } : { interest: shown(record) } };
}

/** As clients see it: the strongest mention is the quote. */
function shown(record: InterestRecord): Interest {
  const mentions = record.mentions.map(({ itemId, quote, startSample, endSample }) => ({ itemId, quote, startMs: samplesToMs(startSample), endMs: samplesToMs(endSample) }));
  const strongest = record.mentions.reduce((best, mention, index) => (mention.confidence > record.mentions[best]!.confidence ? index : best), 0);
  const { id, topic, category, sentiment, confidence } = record;
  return { id, topic, category, sentiment, confidence, ...mentions[strongest]!, status: record.status === 'confirmed' ? 'confirmed' : 'detected', mentions };
}
