import { wordsExtractor } from '#domain/interests/words-extractor.ts';
import { CHESS, describeInterestExtractor, GIVEN_UP, TAKEN_BACK } from './interest-extractor-contract.ts';
import { scriptedInterestExtractor } from './scripted-interest-extractor.ts';

describeInterestExtractor('The extractor by rules', async () => ({ extractor: wordsExtractor }));
describeInterestExtractor('The scripted extractor', async () => ({
  extractor: scriptedInterestExtractor([
    { text: CHESS, claims: [{ topic: 'chess', category: 'games', quote: 'I love playing chess' }] },
    { text: GIVEN_UP, claims: [{ topic: 'violin', category: 'music', sentiment: 'negative', quote: 'I gave up the violin' }] },
    { text: TAKEN_BACK, claims: [{ topic: 'chemistry', category: 'science', quote: 'I meant chemistry' }], retractions: [{ topic: 'physics', quote: 'not physics' }] },
  ]),
}));
