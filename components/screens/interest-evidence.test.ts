import { expect, test } from 'vitest';
import type { Interest } from '#domain/interests/interest.ts';
import type { ProfileInterest } from '#domain/interests/ports.ts';
import { groupByCategory, isSameRange, momentFrom, momentLink, otherMentions, playableRange } from './interest-evidence.ts';
import { commandWords, saidWords, topicTitle } from './words.ts';

const entry = (topic: string, category: string, change: Partial<ProfileInterest> = {}): ProfileInterest => ({ topic, category, sentiment: 'positive', confidence: 0.5, status: 'detected', evidence: [], ...change });

test('exactly what was said is played, never more than was recorded', () => {
  expect(playableRange({ startMs: 5_200, endMs: 9_040 }, 34_000)).toEqual({ fromMs: 5_200, toMs: 9_040 });
  expect(playableRange({ startMs: 33_000, endMs: 35_000 }, 34_000)).toEqual({ fromMs: 33_000, toMs: 34_000 });
  expect(playableRange({ startMs: 34_500, endMs: 35_000 }, 34_000)).toBeNull();
  // Of typed words there is no sound.
  expect(playableRange({ startMs: 700, endMs: 700 }, 34_000)).toBeNull();
  expect([isSameRange({ fromMs: 1, toMs: 2 }, { fromMs: 1, toMs: 2 }), isSameRange({ fromMs: 1, toMs: 2 }, { fromMs: 1, toMs: 3 }), isSameRange(null, null)]).toEqual([true, false, false]);
});

test('an interest said again shows the other places in the order they were said', () => {
  const mention = (startMs: number) => ({ itemId: 'a', quote: `at ${startMs}`, startMs, endMs: startMs + 10 });
  const interest = { ...mention(50), mentions: [mention(90), mention(50), mention(10)] } as Interest;
  expect(otherMentions(interest).map(({ startMs }) => startMs)).toEqual([10, 90]);
});

test('the profile goes by category in the taxonomy’s order, what was confirmed first, then the surer', () => {
  const groups = groupByCategory([
    entry('knitting', 'making'), entry('physics', 'science', { confidence: 0.6 }), entry('odd', 'something-new'),
    entry('chemistry', 'science', { confidence: 0.9 }), entry('biology', 'science', { confidence: 0.1, status: 'confirmed' }),
  ]);
  expect(groups.map(({ category, interests }) => [category, interests.map(({ topic }) => topic)])).toEqual([
    ['science', ['biology', 'chemistry', 'physics']], ['making', ['knitting']], ['something-new', ['odd']],
  ]);
  expect(groupByCategory([])).toEqual([]);
});

test('a link to a moment is read back as that moment; nonsense in its place is ignored', () => {
  expect([momentLink('a/b', 5_200), momentLink('a', 0, { play: true })]).toEqual(['/sessions/a%2Fb?at=5200', '/sessions/a?at=0&play=1']);
  expect([momentFrom('5200'), momentFrom('0'), momentFrom('-1'), momentFrom('1e3'), momentFrom(['1', '2']), momentFrom(undefined), momentFrom('')]).toEqual([5_200, 0, null, null, null, null, null]);
});

test('a command is shown by what it did, and offers only a way back that exists', () => {
  expect(commandWords('skip', 'Skip it')).toEqual({ done: 'Skipped.', back: { action: 'undo', label: 'Undo' } });
  expect(commandWords('pause', 'Hold on').back).toEqual({ action: 'resume', label: 'Go on' });
  expect(commandWords('repeat', 'Again?').back).toBeNull();
  expect(commandWords('dance', 'Dance for me')).toEqual({ done: 'Understood: “Dance for me”', back: null });
});

test('a topic reads as a title, and how often it was said as words', () => {
  expect([topicTitle('machine learning'), topicTitle(''), saidWords(0), saidWords(1), saidWords(3)]).toEqual(['Machine learning', '', 'Said once', 'Said once', 'Said 3 times']);
});
