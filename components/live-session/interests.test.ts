import { expect, test } from 'vitest';
import { interestSchema, type Interest } from '#domain/interests/interest.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { NO_INTERESTS, asInterest, withInterestList, withInterestMessage, type InterestState } from './interests.ts';

const ID = { chess: '00000000-0000-4000-8000-000000000001', stars: '00000000-0000-4000-8000-000000000002', maths: '00000000-0000-4000-8000-000000000003' };
function interest(name: keyof typeof ID, change: Partial<Interest> = {}): Interest {
  return { id: ID[name], topic: name, category: 'games', sentiment: 'positive', confidence: 0.8, quote: `I like ${name}`, startMs: 100, endMs: 900, itemId: 'a', status: 'detected', mentions: [], ...change };
}
const detected = (...of: Parameters<typeof interest>): ServerMessage => ({ type: 'interest.detected', interest: interest(...of) });
const retracted = (name: keyof typeof ID): ServerMessage => ({ type: 'interest.retracted', id: ID[name] });
const after = (...messages: ServerMessage[]) => messages.reduce(withInterestMessage, NO_INTERESTS);
const topics = (state: InterestState) => state.interests.map(({ topic, sentiment }) => `${topic} ${sentiment}`);

test('an interest appears once and changes in its place when it comes again', () => {
  expect(topics(after(detected('chess'), detected('stars'), detected('chess', { sentiment: 'negative' })))).toEqual(['chess negative', 'stars positive']);
});

test('what the person takes back disappears', () => {
  expect(topics(after(detected('chess'), detected('stars'), retracted('chess')))).toEqual(['stars positive']);
});

test('a screen reader hears of new interests in one line, not of every update', () => {
  const two = after(detected('chess'), detected('stars'));
  expect(after(detected('chess')).announcement).toBe('Noted as an interest: chess.');
  expect(two.announcement).toBe('2 interests noted, the newest: stars.');
  expect(withInterestMessage(two, detected('chess', { confidence: 0.9 })).announcement).toBe(two.announcement);
  expect(withInterestMessage(two, retracted('chess')).announcement).toBe('Taken back: chess.');
});

test('after a reload the interests so far are there and nothing is announced', () => {
  const state = withInterestList(NO_INTERESTS, [interest('chess')], 0);
  expect(topics(state)).toEqual(['chess positive']);
  expect(state.announcement).toBe('');
});

test('a list that was asked for before a message came does not overrule the message', () => {
  const before = after(detected('chess'), detected('maths'));
  const now = [detected('stars'), retracted('chess'), detected('maths', { sentiment: 'negative' })].reduce(withInterestMessage, before);
  expect(topics(withInterestList(now, [interest('chess'), interest('maths')], before.serial))).toEqual(['maths negative', 'stars positive']);
});

test('after an interruption the list brings what was missed and removes what was taken back meanwhile', () => {
  const before = after(detected('chess'), detected('maths'));
  expect(topics(withInterestList(before, [interest('maths', { sentiment: 'mixed' }), interest('stars')], before.serial))).toEqual(['maths mixed', 'stars positive']);
});

test('whatever is not an interest changes nothing; what the schema allows is read as it is', () => {
  for (const value of [null, 'chess', {}, interest('chess', { startMs: -1 }), interest('chess', { sentiment: 'furious' as never })]) {
    expect(withInterestMessage(NO_INTERESTS, { type: 'interest.detected', interest: value })).toBe(NO_INTERESTS);
  }
  const whole = interestSchema.parse(interest('chess', { status: 'confirmed', mentions: [{ itemId: 'a', quote: 'chess', startMs: 1, endMs: 2 }] }));
  expect(asInterest(structuredClone(whole))).toEqual(whole);
});
