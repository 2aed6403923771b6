import { describe, expect, test } from 'vitest';
import type { Sentiment } from './interest.ts';
import { ItemReadings } from './item-readings.ts';
import type { Reading } from './ports.ts';

let ids = 0;
const newId = () => `id-${(ids += 1)}`;
const open = () => new ItemReadings({ stored: [], decisions: [], newId });
const item = (itemId: string, text: string, revision = 1) => ({ itemId, revision, text, startSample: 0, endSample: 16_000 });
const one = item('u-1', 'I love chess, and my brother loves football.');
const two = item('u-2', 'Chess is the best. Forget football.');
type Said = [topic: string, quote: string, sentiment?: Sentiment];
function reading(extractor: string, { text }: { text: string }, claims: Said[], retracts: Said[] = [], discarded?: number): Reading {
  const place = (quote: string) => ({ quote, from: text.indexOf(quote), to: text.indexOf(quote) + quote.length });
  return {
    extractor,
    extraction: {
      claims: claims.map(([topic, quote, sentiment = 'positive']) => ({ topic, category: 'games', sentiment, confidence: 0.8, ...place(quote) })),
      retractions: retracts.map(([topic, quote]) => ({ topic, ...place(quote) })),
      ...(discarded === undefined ? {} : { discarded }),
    },
  };
}
const shown = (readings: ItemReadings) => readings.ledger.filter(({ status }) => status !== 'retracted').map(({ topic, extractor, mentions }) => [topic, extractor, mentions.length]);

describe('items that are read twice', () => {
  test('count with their newest reading: what it upholds stays, the rest goes', () => {
    const readings = open();
    const first = readings.put(one, reading('words/1', one, [['chess', 'I love chess'], ['football', 'loves football']])).changes;
    expect(first.map(({ type, record }) => [type, record.topic])).toEqual([['detected', 'chess'], ['detected', 'football']]);
    const second = readings.put(one, reading('model:m/1', one, [['chess', 'love chess']])).changes;
    expect(second.map(({ type, record }) => [type, record.topic])).toEqual([['detected', 'chess'], ['retracted', 'football']]);
    expect(shown(readings)).toEqual([['chess', 'model:m/1', 1]]);
    // The same interest, not a new one.
    expect(second.map(({ record }) => record.id)).toEqual(first.map(({ record }) => record.id));
  });

  test('a second reading that says the same changes who said it, and confidence does not grow by it', () => {
    const readings = open();
    const before = readings.put(one, reading('words/1', one, [['chess', 'I love chess']])).changes[0]!.record;
    readings.put(one, reading('model:m/1', one, [['chess', 'I love chess']]));
    expect(readings.ledger).toEqual([{ ...before, extractor: 'model:m/1' }]);
  });

  test('a late second reading of an earlier item does not undo what was said since', () => {
    const readings = open();
    readings.put(one, reading('words/1', one, [['chess', 'I love chess'], ['football', 'loves football']]));
    readings.put(two, reading('words/1', two, [['chess', 'Chess is the best']], [['football', 'Forget football']]));
    expect(readings.put(one, reading('model:m/1', one, [['chess', 'I love chess'], ['football', 'loves football']])).changes.map(({ record }) => record.topic)).not.toContain('football');
    expect(shown(readings)).toEqual([['chess', 'model:m/1', 2]]);
  });

  test('what a second reading takes away comes back as the same interest when it is said again', () => {
    const readings = open();
    const [, football] = readings.put(one, reading('words/1', one, [['chess', 'I love chess'], ['football', 'loves football']])).changes;
    readings.put(one, reading('model:m/1', one, []));
    expect(shown(readings)).toEqual([]);
    const back = readings.put(two, reading('words/1', two, [['football', 'football']])).changes;
    expect(back).toMatchObject([{ type: 'detected', record: { id: football!.record.id, status: 'detected' } }]);
    expect(back[0]!.record.mentions).toHaveLength(1);
  });

  test('a reading of an older text of the item is too late', () => {
    const readings = open();
    const corrected = item('u-1', 'I love checkers.', 2);
    readings.put(corrected, reading('words/1', corrected, [['checkers', 'I love checkers']]));
    expect(readings.put(one, reading('model:m/1', one, [['chess', 'I love chess']])).changes).toEqual([]);
    expect(shown(readings)).toEqual([['checkers', 'words/1', 1]]);
  });

  test('claims that were not said are left out and counted, together with those the extractor left out', () => {
    const readings = open();
    const lie = reading('model:m/1', one, [['chess', 'I love chess']], [], 2);
    lie.extraction.claims.push({ ...lie.extraction.claims[0]!, topic: 'knitting', quote: 'I love knitting' });
    expect(readings.put(one, lie)).toMatchObject({ discarded: 3, changes: [{ record: { topic: 'chess' } }] });
  });

  test('what was stored before this process stays, and is retracted only in words', () => {
    const before = open();
    before.put(one, reading('words/1', one, [['chess', 'I love chess']]));
    const readings = new ItemReadings({ stored: before.ledger, decisions: [], newId });
    expect(readings.put(two, reading('words/1', two, [])).changes).toEqual([]);
    expect(shown(readings)).toEqual([['chess', 'words/1', 1]]);
  });

  test('a thousand answers about the same things are followed in little time, and told in little room', () => {
    const readings = open();
    const names = Array.from({ length: 10 }, (_, index) => `topic ${index}`);
    let characters = 0;
    for (let index = 0; index < 1_000; index++) {
      const next = item(`u-${index}`, `I love ${names.join(', ')}.`);
      characters += JSON.stringify(readings.put(next, reading('words/1', next, names.map((name): Said => [name, name]))).changes).length;
    }
    expect(characters).toBeLessThan(1_000 * names.length * 4_000);
    expect(readings.ledger).toHaveLength(10);
  });
});
