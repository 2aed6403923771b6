import { describe, expect, it } from 'vitest';
import { scriptedPlacer } from '#adapters/embedder-contract/scripted-embedder.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { SpoolError } from '../errors.ts';
import type { Claim } from './interest.ts';
import { PLACE_WITHIN_MS, placedByMeaning, type PlacementOutcome } from './placed-extractor.ts';
import type { InterestExtractor, TopicPlacer } from './ports.ts';

const claim = (topic: string, category = 'everyday'): Claim => ({ topic, category, sentiment: 'positive', confidence: 0.7, quote: topic, from: 0, to: topic.length });
const request = { sessionId: 'ada', text: 'words', question: '', knownTopics: [] };

function setUp(claims: Claim[], placer: TopicPlacer) {
  const clock = new ManualClock();
  const outcomes: PlacementOutcome[] = [];
  const rules: InterestExtractor = { name: 'words/1', extract: async () => ({ claims, retractions: [] }) };
  return { clock, outcomes, extractor: placedByMeaning(rules, { placer, clock, onOutcome: (outcome) => outcomes.push(outcome) }) };
}

describe('An extractor with a placer beside it', () => {
  it('gives topics that are not listed the category of their meaning, each asked once', async () => {
    const placer = scriptedPlacer({ 'zirl weaving': 'making' });
    const { extractor, outcomes } = setUp([claim('zirl weaving'), claim('zirl weaving'), claim('moff hurdling', 'nature')], placer);
    const { claims } = await extractor.extract(request);
    expect(claims.map(({ category }) => category)).toEqual(['making', 'making', 'nature']);
    expect(placer.asked).toEqual([['zirl weaving', 'moff hurdling']]);
    expect(outcomes).toEqual(['placed']);
    expect(extractor.name).toBe('words/1');
  });

  it('leaves what the taxonomy lists alone', async () => {
    const placer = scriptedPlacer({ astronomy: 'cooking' });
    const { extractor, outcomes } = setUp([claim('astronomy', 'science')], placer);
    expect((await extractor.extract(request)).claims[0]!.category).toBe('science');
    expect([placer.asked, outcomes]).toEqual([[], []]);
  });

  it('keeps its own category when the placer takes too long, and no card waits longer', async () => {
    const { extractor, clock, outcomes } = setUp([claim('zirl weaving')], scriptedPlacer({ 'zirl weaving': 'making' }, () => new Promise(() => {})));
    const found = extractor.extract(request);
    await clock.advance(PLACE_WITHIN_MS);
    expect((await found).claims[0]!.category).toBe('everyday');
    expect(outcomes).toEqual(['late']);
    expect(clock.pending).toBe(0);
  });

  it('keeps its own category when the placer fails or is not ready', async () => {
    const { extractor, outcomes } = setUp([claim('zirl weaving')], scriptedPlacer({}, async () => Promise.reject(new SpoolError('engine.busy'))));
    expect((await extractor.extract(request)).claims[0]!.category).toBe('everyday');
    expect(outcomes).toEqual(['unavailable']);
  });

  it('lets the placer get ready as soon as somebody talks about anything', async () => {
    let prepared = 0;
    const { extractor } = setUp([], { ...scriptedPlacer({}), prepare: () => void (prepared += 1) });
    await extractor.extract(request);
    expect(prepared).toBe(1);
  });

  it('fails as its rules fail', async () => {
    const rules: InterestExtractor = { name: 'words/1', extract: async () => Promise.reject(new SpoolError('engine.failed')) };
    await expect(placedByMeaning(rules, { placer: scriptedPlacer({}), clock: new ManualClock() }).extract(request)).rejects.toMatchObject({ code: 'engine.failed' });
  });
});
