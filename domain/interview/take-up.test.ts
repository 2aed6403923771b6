import { expect, test } from 'vitest';
import { mentionsOf } from './take-up.ts';

// What every object has by birth is a word too; "I like __proto__", typed, once ended in an internal error.
test.each([['constructor', ['constructor']], ['valueOf', ['valueOf']], ['__proto__', []]])('"%s" is taken up like any other word', (word, topics) => {
  expect(mentionsOf(`I like ${word}`).map(({ topic }) => topic.toLowerCase())).toEqual(topics.map((topic) => topic.toLowerCase()));
});
