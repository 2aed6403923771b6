/** What holds of the extractor by rules whatever is said. How well it reads is measured in corpus.test.ts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifiedExtraction } from './evidence.ts';
import { extractByWords, MAX_CHARS } from './words-extractor.ts';

const SPOKEN = 'i love hate not never really the a my and but or so because when if it that they he my brother like to playing football maths chess no yes sorry wait mean stopped used would rather than is was fun boring for me scratch forget what most is about in on with'.split(' ');
const speech = fc.array(fc.tuple(fc.constantFrom(...SPOKEN), fc.constantFrom(' ', ' ', ' ', ', ', '. ', '? ', ' — ', '…')), { maxLength: 60 }).map((words) => words.flat().join(''));
const read = (text: string, question = 'What do you enjoy doing?') => extractByWords({ text, question, knownTopics: ['chess'] });

test('Every claim and retraction quotes what was said, at its place', () => {
  fc.assert(
    fc.property(fc.oneof(speech, fc.string({ unit: 'grapheme', maxLength: 200 })), fc.oneof(speech, fc.constant('')), (text, question) => {
      const extraction = read(text, question);
      expect(verifiedExtraction(text, extraction)).toEqual(extraction);
    }),
  );
});

test('The same answer is read the same every time', () => {
  fc.assert(
    fc.property(speech, (text) => {
      expect(read(text)).toEqual(read(text));
    }),
  );
});

test('No topic is claimed twice in an answer', () => {
  fc.assert(
    fc.property(speech, (text) => {
      const topics = read(text).claims.map(({ topic }) => topic);
      expect(new Set(topics).size).toBe(topics.length);
    }),
  );
});

// People talk before the greeting is over, and greetings end in the first question.
test.each(['', 'Hello! Nice to', 'Good morning! How are you? What do you enjoy doing most?'])('What somebody does is claimed after "%s"', (question) => {
  expect(read('I collect old stamps.', question).claims.map(({ topic }) => topic)).toEqual(['collecting old stamps']);
});

test('What somebody does today is small talk when asked how they are', () => {
  expect(read('I am making pancakes.', 'Hello! How are you today?').claims).toEqual([]);
});

const SUM_UP = 'So, this is what I heard. You like astronomy, baking and the violin. You do not care much for chess. Is anything wrong or missing?';
test('A no to a sum-up is about the telling, and takes no interest away', () => {
  expect(read('No, that is all.', SUM_UP)).toEqual({ claims: [], retractions: [] });
});

// Recognisers leave commas out.
test.each(['No, it was the piano, not the violin.', 'No, it was the piano not the violin.', 'I meant the piano not the violin.'])('"%s" puts one thing in the place of another', (text) => {
  const { claims, retractions } = extractByWords({ text, question: SUM_UP, knownTopics: ['astronomy', 'baking', 'violin', 'chess'] });
  expect([claims.map(({ topic, sentiment }) => `${topic} ${sentiment}`), retractions.map(({ topic }) => topic)]).toEqual([['piano positive'], ['violin']]);
});

test.each(['speak slower', 'Please talk more slowly.', 'repeat that please', 'delete that', 'Speak up, please.'])('"%s" is for the interviewer and no interest', (command) => {
  expect(read(command).claims).toEqual([]);
  expect(read(`${command.replace(/\.$/, '')}. I love chess.`).claims.map(({ topic }) => topic)).toEqual(['chess']);
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('"%s" is a word like any other', (word) => {
  for (const { topic } of read(`I like ${word}`).claims) expect(topic).not.toMatch(/function|native|object/i);
  expect(verifiedExtraction(`I like ${word}`, read(`I like ${word}`))).toEqual(read(`I like ${word}`));
});

const REPEATED = ['i love ', 'i spend all most half my ', "i don't really not never ", 'and ', 'maths, ', 'the ', 'what i like most is ', 'no wait sorry i mean ', 'if i had ', 'i like a and b and ', 'my brother ', "it's ", 'write that ', 'not so much ', 'forget ', 'a', "'", '. ', 'is fun ', 'a bit of a little of the '];
// The event loop is shared with audio. What grows faster than the text would hang here, and the test with it.
test.each(REPEATED)('The longest answer there is, "%s…", is read through', (repeated) => {
  const text = repeated.repeat(MAX_CHARS).slice(0, MAX_CHARS);
  for (let run = 0; run < 20; run++) expect(verifiedExtraction(text, read(text))).toEqual(read(text));
});
