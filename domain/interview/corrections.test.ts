import { describe, expect, it } from 'vitest';
import { correctionIn, objectsVaguely } from './corrections.ts';
import { hear } from './listening.ts';

describe('a correction', () => {
  it.each([
    ['No, not chess, I meant checkers.', 'chess', 'checkers'],
    ['wait no not guitar I mean bass', 'guitar', 'bass'],
    ['I said checkers, not chess.', 'chess', 'checkers'],
    ['Checkers, not chess.', 'chess', 'checkers'],
    ['Not chess but checkers.', 'chess', 'checkers'],
    ["It's bouldering, not climbing.", 'climbing', 'bouldering'],
    ['Please change chess to checkers.', 'chess', 'checkers'],
    ['Take football out.', 'football', undefined],
    ['Please forget what I said about the horses.', 'horses', undefined],
    ['No, I did not say I like flying.', 'flying', undefined],
    ["Economics isn't really it either.", 'Economics', undefined],
    ['Please correct that to dragonflies.', undefined, 'dragonflies'],
  ])('%s', (text, wrong, right) => {
    expect(correctionIn(text)).toMatchObject({ ...(wrong ? { wrong } : {}), ...(right ? { right } : {}) });
    expect(correctionIn(text)!.right).toBe(right);
    expect(correctionIn(text)!.wrong).toBe(wrong);
  });
  it.each(['I love painting.', 'Forget that.', 'I am not so sure about that.', 'We play on Sundays.', ''])('is not in %j', (text) => {
    expect(correctionIn(text)).toBeUndefined();
  });
  it('repeats nothing that may not be said', () => {
    expect(correctionIn('Not chess but fucking poker.')!.right).toBeUndefined();
  });
  it.each(["That's not right.", 'No, that is wrong.', 'You got that wrong.', "That's not what I said."])('may leave open what is wrong: %s', (text) => {
    expect(objectsVaguely(text)).toBe(true);
    expect(hear(text).intent).toBe('objection');
  });
  it('within an answer leaves what was meant', () => {
    expect(hear('I like climbing, no, sorry, not climbing, I meant bouldering.')).toMatchObject({ intent: 'answer', topic: 'bouldering' });
  });
});
