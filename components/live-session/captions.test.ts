import { expect, test } from 'vitest';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { NO_CAPTIONS, withHistory, withMessage } from './captions.ts';

const partial = (itemId: string, revision: number, text: string, startSample = 0): ServerMessage => ({ type: 'transcript.partial', itemId, revision, speaker: 'user', text, startSample });
const final = (itemId: string, revision: number, text: string, startSample = 0, speaker = 'user'): ServerMessage => ({ type: 'transcript.final', itemId, revision, speaker, text, startSample, endSample: startSample + 100 });
const after = (...messages: ServerMessage[]) => messages.reduce(withMessage, NO_CAPTIONS);
const lines = (state: typeof NO_CAPTIONS) => state.captions.map((caption) => `${caption.text}${caption.final ? '.' : '…'}`);

test('words grow while they are spoken and settle when they are final', () => {
  expect(lines(after(partial('a', 1, 'I like'), partial('a', 2, 'I like stars'), final('a', 3, 'I like stars')))).toEqual(['I like stars.']);
});

test('a later revision of a final line replaces it; an earlier one that comes late does not', () => {
  expect(lines(after(final('a', 3, 'old'), final('a', 4, 'new'), final('a', 2, 'older'), partial('a', 5, 'part')))).toEqual(['new.']);
});

test('lines stand in the order they were spoken, whenever they arrive', () => {
  expect(lines(after(final('b', 1, 'second', 500), final('c', 1, 'third', 900), final('a', 1, 'first', 0)))).toEqual(['first.', 'second.', 'third.']);
});

test('a line that turns out to be nothing disappears', () => {
  expect(lines(after(partial('a', 1, 'uh'), final('a', 2, '')))).toEqual([]);
});

test('what the interviewer says now is shown until it was heard', () => {
  const speaking = after({ type: 'agent.text', utterance: 1, text: 'Hello. ' }, { type: 'agent.text', utterance: 1, text: 'What do you like?' });
  expect(speaking.agentText).toBe('Hello. What do you like?');
  expect(withMessage(speaking, { type: 'agent.done', utterance: 1 }).agentText).toBe('');
  expect(withMessage(speaking, { type: 'agent.text', utterance: 2, text: 'Next.' }).agentText).toBe('Next.');
});

test.each([true, false])('an interruption marks what was not heard (item first: %s)', (itemFirst) => {
  const speech: ServerMessage = { type: 'agent.text', utterance: 1, text: 'Hello. What do you like?' };
  const cut: ServerMessage = { type: 'agent.interrupted', utterance: 1, heardText: 'Hello. What', playedSamples: 9 };
  const item = final('agent-1', 1, 'Hello. What', 0, 'agent');
  const state = after(speech, ...(itemFirst ? [item, cut] : [cut, item]));
  expect(state.captions).toEqual([expect.objectContaining({ text: 'Hello. What', unheardText: 'do you like?' })]);
  expect(state.agentText).toBe('');
});

test('a screen reader hears finished lines once, not growing words nor corrections', () => {
  const state = after(partial('a', 1, 'I li'), final('a', 2, 'I like chess'));
  expect(state.announcement).toBe('You: I like chess');
  expect(withMessage(state, final('a', 3, 'I like chess a lot')).announcement).toBe('You: I like chess');
  expect(withMessage(state, partial('b', 1, 'And')).announcement).toBe('You: I like chess');
});

test('after a reload the lines so far are there and nothing is announced', () => {
  const state = withHistory(NO_CAPTIONS, [{ itemId: 'a', revision: 2, speaker: 'user', text: 'Hi', startSample: 0, endSample: 10, startMs: 0, endMs: 1 }]);
  expect(lines(state)).toEqual(['Hi.']);
  expect(state.announcement).toBe('');
  expect(lines(withMessage(state, final('a', 1, 'stale')))).toEqual(['Hi.']);
});
