import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echoOf, ECHO_SHARE, isBackchannel, readsComplete } from './readiness.ts';
import { BACKCHANNELS, COMPLETE, ECHOES, INCOMPLETE, NOT_BACKCHANNELS } from './readiness.examples.ts';

/** Required of each set; the figures are printed so that a change of rules shows what it cost. */
const MIN_ACCURACY = 0.9;

function accuracy(title: string, wrong: unknown[], total: number): number {
  const share = 1 - wrong.length / total;
  console.log(`${title}: ${(share * 100).toFixed(1)} % of ${total}${wrong.length > 0 ? `, wrong: ${JSON.stringify(wrong)}` : ''}`);
  return share;
}

describe('whether a turn reads complete', () => {
  it('is judged right for finished turns', () => {
    expect(COMPLETE.length + INCOMPLETE.length).toBeGreaterThanOrEqual(60);
    expect(accuracy('finished turns', COMPLETE.filter((text) => !readsComplete(text)), COMPLETE.length)).toBeGreaterThanOrEqual(MIN_ACCURACY);
  });
  it('is judged right for unfinished turns', () => {
    expect(accuracy('unfinished turns', INCOMPLETE.filter((text) => readsComplete(text)), INCOMPLETE.length)).toBeGreaterThanOrEqual(MIN_ACCURACY);
  });
  it('is no for nothing at all', () => {
    for (const nothing of ['', '  ', '...', '?']) expect(readsComplete(nothing)).toBe(false);
  });
  it('is decided by the last sentence', () => {
    expect(readsComplete('I like football. And')).toBe(false);
    expect(readsComplete('I like football and. Music is fine too.')).toBe(true);
  });
  it('is answered for any text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2000 }), (text) => typeof readsComplete(text) === 'boolean'));
    expect(readsComplete(`${'well so okay i mean '.repeat(500)}x`)).toBeTypeOf('boolean');
  });
});

describe('mere agreement', () => {
  it('is told from words that take the turn', () => {
    const wrong = [...BACKCHANNELS.filter((text) => !isBackchannel(text)), ...NOT_BACKCHANNELS.filter((text) => isBackchannel(text))];
    const total = BACKCHANNELS.length + NOT_BACKCHANNELS.length;
    expect(total).toBeGreaterThanOrEqual(40);
    expect(accuracy('agreement', wrong, total)).toBeGreaterThanOrEqual(MIN_ACCURACY);
  });
  it.each(['Stop.', 'Wait.', 'No.', 'What?'])('is never %j', (text) => {
    expect(isBackchannel(text)).toBe(false);
  });
});

describe("the interviewer's own voice", () => {
  it('is told from an answer', () => {
    const wrong = ECHOES.filter(({ agent, text, echo }) => echoOf(text, agent) >= ECHO_SHARE !== echo);
    expect(ECHOES.length).toBeGreaterThanOrEqual(15);
    expect(accuracy('echo', wrong, ECHOES.length)).toBeGreaterThanOrEqual(MIN_ACCURACY);
  });
  it('gives 1 for a quotation, 0 for nothing, and a share between', () => {
    expect(echoOf('good to MEET you', 'Hello, good to meet you!')).toBe(1);
    expect(echoOf('', 'Hello')).toBe(0);
    expect(echoOf('Hello', '')).toBe(0);
    expect(echoOf('good to see you', 'Hello, good to meet you!')).toBe(0.75);
  });
  it('counts one or two words only when they follow each other', () => {
    expect(echoOf('you most', 'What do you enjoy doing most?')).toBe(0);
    expect(echoOf('doing most', 'What do you enjoy doing most?')).toBe(1);
  });
  it('is always a share', () => {
    fc.assert(fc.property(fc.lorem(), fc.lorem(), (a, b) => echoOf(a, b) >= 0 && echoOf(a, b) <= 1 && echoOf(a, a) === 1));
  });
});
