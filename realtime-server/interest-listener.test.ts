import { describe, expect, test } from 'vitest';
import { scriptedInterestExtractor, type ScriptedFinding } from '#adapters/interest-extractor-contract/scripted-interest-extractor.ts';
import { SpoolError } from '#domain/errors.ts';
import { extractorWithFallback } from '#domain/interests/extractor-fallback.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { turnOfTheLoop } from '#tests/support/session-room.ts';
import { InterestListener, SECOND_READINGS_AT_END_MS } from './interest-listener.ts';

const CHESS = 'I love chess, and my brother loves football.';
const MUSIC = 'And the violin.';

function open({ model = [], words = [] }: { model?: ScriptedFinding[]; words?: ScriptedFinding[] }) {
  const clock = new ManualClock();
  const messages: ServerMessage[] = [];
  const gone = new AbortController();
  const primary = scriptedInterestExtractor(model, 'model:m/1');
  let discarded = 0;
  const failures: unknown[] = [];
  const listener = new InterestListener({
    sessionId: 's',
    extractor: extractorWithFallback(primary, scriptedInterestExtractor(words, 'words/1'), { clock, onDegraded: () => {} }),
    stored: [],
    decisions: [],
    clock,
    signal: gone.signal,
    onChanges: (_, told) => messages.push(...told),
    onDiscarded: (count) => (discarded += count),
    onFailure: (error) => failures.push(error),
  });
  const hear = (itemId: string, text: string) => listener.heard({ itemId, revision: 1, speaker: 'user', text, startSample: 0, endSample: 16_000 }, 'What do you like?');
  const told = () => messages.map((message) => (message.type === 'interest.detected' ? `+ ${(message.interest as { topic: string }).topic}` : `- ${message.type}`));
  return { clock, listener, hear, told, primary, gone, discarded: () => discarded, failures };
}
const byWords: ScriptedFinding = { text: CHESS, claims: [{ topic: 'chess', quote: 'I love chess' }, { topic: 'football', quote: 'loves football' }] };

describe('what is noticed while somebody speaks', () => {
  test('is shown at once, and put right when the model has read it', async () => {
    const answer = Promise.withResolvers<void>();
    const { listener, hear, told } = open({ words: [byWords], model: [{ text: CHESS, claims: [{ topic: 'chess', quote: 'I love chess' }], first: answer.promise }] });
    hear('u-1', CHESS);
    await turnOfTheLoop();
    expect(told()).toEqual(['+ chess', '+ football']);
    answer.resolve();
    await listener.settled();
    expect(told()).toEqual(['+ chess', '+ football', '+ chess', '- interest.retracted']);
    expect(listener.interests).toEqual([{ topic: 'chess', sentiment: 'positive' }]);
  });

  test('the next item is read while the model is still at the first one', async () => {
    const { hear, told, primary } = open({ words: [byWords, { text: MUSIC, claims: [{ topic: 'violin', quote: 'the violin' }] }], model: [{ text: CHESS, first: new Promise(() => {}) }] });
    hear('u-1', CHESS);
    hear('u-2', MUSIC);
    await turnOfTheLoop();
    expect(told()).toEqual(['+ chess', '+ football', '+ violin', '- interest.retracted']);
    // What was known by then is told to the model.
    expect(primary.asked.map(({ knownTopics }) => knownTopics)).toEqual([[], ['chess', 'football']]);
  });

  test('at the end a slow model is given up, and what was read by rules stands', async () => {
    const { clock, listener, hear, told, failures } = open({ words: [byWords], model: [{ text: CHESS, first: new Promise(() => {}) }] });
    hear('u-1', CHESS);
    let settled = false;
    const end = listener.settled().then(() => (settled = true));
    await turnOfTheLoop();
    await clock.advance(SECOND_READINGS_AT_END_MS - 1);
    expect(settled).toBe(false);
    await clock.advance(1);
    await end;
    expect(told()).toEqual(['+ chess', '+ football']);
    expect(failures).toEqual([]);
  });

  test('a model that claims what was not said changes nothing, and is counted', async () => {
    const { listener, hear, told, discarded } = open({ model: [{ text: CHESS, claims: [{ topic: 'knitting', quote: 'I adore knitting' }] }] });
    hear('u-1', CHESS);
    await listener.settled();
    expect(told()).toEqual([]);
    expect(discarded()).toBe(1);
  });

  test('the surest come first', async () => {
    const { listener, hear } = open({ words: [{ text: CHESS, claims: [{ topic: 'football', quote: 'loves football', confidence: 0.4 }, { topic: 'chess', quote: 'I love chess', confidence: 0.9 }] }], model: [{ text: CHESS, first: new SpoolError('engine.failed') }] });
    hear('u-1', CHESS);
    await listener.settled();
    expect(listener.interests.map(({ topic }) => topic)).toEqual(['chess', 'football']);
  });

  test('a session that has left this process is told nothing more', async () => {
    const answer = Promise.withResolvers<void>();
    const { hear, told, gone } = open({ words: [byWords], model: [{ text: CHESS, first: answer.promise }] });
    hear('u-1', CHESS);
    await turnOfTheLoop();
    gone.abort();
    answer.resolve();
    await turnOfTheLoop();
    expect(told()).toEqual(['+ chess', '+ football']);
  });
});
