import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleRangeOf, verifiedExtraction } from './evidence.ts';
import type { Claim, Sentiment } from './interest.ts';
import { MAX_MENTIONS, applyExtraction } from './ledger.ts';
import type { InterestRecord, TopicDecision } from './ports.ts';

let ids = 0;
const newId = () => `id-${(ids += 1)}`;

/** Somebody says `text`, of which `quote` claims `topic`. */
function says(ledger: InterestRecord[], text: string, claims: [topic: string, sentiment: Sentiment, quote: string][], more: { itemId?: string; retracts?: string[]; decisions?: TopicDecision[] } = {}) {
  const item = { itemId: more.itemId ?? newId(), text, startSample: 16_000, endSample: 48_000 };
  const place = (quote: string) => ({ quote, from: text.indexOf(quote), to: text.indexOf(quote) + quote.length });
  const extraction = {
    claims: claims.map(([topic, sentiment, quote]): Claim => ({ topic, category: 'games', sentiment, confidence: 0.8, ...place(quote) })),
    retractions: (more.retracts ?? []).map((topic) => ({ topic, ...place(text) })),
  };
  return applyExtraction(ledger, { item, extraction, extractor: 'words/1', decisions: more.decisions ?? [], newId });
}

describe('what is known of a person', () => {
  test('a claim is kept with its words and where they lie in the recording', () => {
    const { ledger, changes } = says([], 'Well, I love chess.', [['chess', 'positive', 'I love chess']]);
    expect(ledger).toMatchObject([{ topic: 'chess', sentiment: 'positive', confidence: 0.8, mentions: [{ quote: 'I love chess' }] }]);
    expect(changes).toMatchObject([{ type: 'detected' }]);
    const { startSample, endSample } = ledger[0]!.mentions[0]!;
    expect(startSample).toBeGreaterThan(16_000);
    expect(endSample).toBeLessThanOrEqual(48_000);
  });

  test('saying it again makes it surer, not double', () => {
    const once = says([], 'I love chess.', [['chess', 'positive', 'I love chess']]).ledger;
    const twice = says(once, 'As I said, I enjoy chess.', [['chess', 'positive', 'I enjoy chess']]).ledger;
    expect(twice).toHaveLength(1);
    expect(twice[0]!.confidence).toBeCloseTo(0.96);
    expect(twice[0]!.mentions).toHaveLength(2);
  });

  test('however often it is said, the first, the surest and the newest places are kept', () => {
    const quotes = Array.from({ length: 3 * MAX_MENTIONS }, (_, index) => `chess number ${index}`);
    let ledger: InterestRecord[] = [];
    for (const [index, quote] of quotes.entries()) {
      ledger = says(ledger, quote, [['chess', 'positive', quote]]).ledger;
      // One of the early ones was said the plainest.
      if (index === 5) ledger[0]!.mentions[5]!.confidence = 0.95;
    }
    const kept = ledger[0]!.mentions.map(({ quote }) => quote);
    expect(kept).toEqual([quotes[0], quotes[5], ...quotes.slice(2 - MAX_MENTIONS)]);
  });

  test('the same item delivered twice changes nothing', () => {
    const once = says([], 'I love chess.', [['chess', 'positive', 'I love chess']], { itemId: 'u-1' }).ledger;
    expect(says(once, 'I love chess.', [['chess', 'positive', 'I love chess']], { itemId: 'u-1' })).toEqual({ ledger: once, changes: [] });
  });

  test('the latest word counts where somebody contradicts himself', () => {
    const before = says([], 'I love chess.', [['chess', 'positive', 'I love chess']]).ledger;
    const after = says(before, "Honestly, I can't stand chess any more.", [['chess', 'negative', "I can't stand chess any more"]]).ledger;
    expect(after).toMatchObject([{ sentiment: 'negative', confidence: 0.8 }]);
  });

  test('what is taken back is retracted, and comes back with new words only', () => {
    const before = says([], 'I love chess.', [['chess', 'positive', 'I love chess']]).ledger;
    const taken = says(before, 'No, I meant checkers.', [['checkers', 'positive', 'checkers']], { retracts: ['chess'] });
    expect(taken.changes.map(({ type, record }) => [type, record.topic])).toEqual([['detected', 'checkers'], ['retracted', 'chess']]);
    const anew = says(taken.ledger, 'Well, chess is fun too.', [['chess', 'positive', 'chess is fun']]).ledger;
    expect(anew.find(({ topic }) => topic === 'chess')).toMatchObject({ status: 'detected', mentions: [{ quote: 'chess is fun' }] });
  });

  test('what the person deleted in an earlier session is not claimed again, what was confirmed is hardly doubted', () => {
    const decisions: TopicDecision[] = [{ topic: 'chess', decision: 'deleted' }, { topic: 'ships', decision: 'confirmed' }];
    const { ledger } = says([], 'I love chess and ships.', [['chess', 'positive', 'I love chess'], ['ships', 'positive', 'ships']], { decisions });
    expect(ledger).toMatchObject([{ topic: 'ships', confidence: 0.9 }]);
  });
});

describe('evidence', () => {
  test('a quote that does not stand at its place is no claim, whoever made it', () => {
    const claim = { topic: 'cats', category: 'nature', sentiment: 'positive' as const, confidence: 0.9 };
    const text = 'I like dogs.';
    expect(verifiedExtraction(text, { claims: [{ ...claim, quote: 'I like cats', from: 0, to: 11 }, { ...claim, quote: 'I like dogs', from: 0, to: 11 }, { ...claim, quote: '', from: 3, to: 3 }], retractions: [] }).claims).toEqual([
      { ...claim, quote: 'I like dogs', from: 0, to: 11 },
    ]);
  });

  test('a claim that could not be stored is none', () => {
    const claim = { topic: 'dogs', category: 'nature', sentiment: 'positive' as const, confidence: 0.9, quote: 'I like dogs', from: 0, to: 11 };
    const kept = (over: Partial<Claim>) => verifiedExtraction('I like dogs.', { claims: [{ ...claim, ...over }], retractions: [] }).claims;
    for (const topic of ['d'.repeat(121), 'İ'.repeat(61), 'dogs\0', 'dogs\ncats', ' ']) expect(kept({ topic }), topic).toEqual([]);
    for (const confidence of [-0.1, 1.1, Number.NaN]) expect(kept({ confidence })).toEqual([]);
    // Postgres knows no smaller number than 1e-45 as `real`.
    expect(kept({ confidence: 1e-50 })).toMatchObject([{ confidence: 0 }]);
  });

  test('a quote lies inside its item, and a later one not before an earlier', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), fc.nat({ max: 200 }), fc.nat({ max: 200 }), fc.nat({ max: 1_000_000 }), fc.nat({ max: 400_000 }), (text, a, b, startSample, samples) => {
        const item = { text, startSample, endSample: startSample + samples };
        const from = Math.min(a, b, text.length);
        const to = Math.min(Math.max(a, b), text.length);
        const range = sampleRangeOf(item, from, to);
        expect(range.startSample).toBeGreaterThanOrEqual(item.startSample);
        expect(range.endSample).toBeLessThanOrEqual(item.endSample);
        expect(range.endSample).toBeGreaterThanOrEqual(range.startSample);
      }),
    );
  });
});
