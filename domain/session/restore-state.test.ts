import { expect, test } from 'vitest';
import type { EventRecord, ItemRecord, StoredSession } from './ports.ts';
import { conversationTurns, itemsInOrder, restoreState } from './restore-state.ts';
import type { SessionKind } from './session.ts';

function stored(events: EventRecord[], items: ItemRecord[] = [], kind: SessionKind = 'onboarding'): StoredSession {
  const createdAt = '2026-01-01T00:00:00.000Z';
  return {
    session: { id: '00000000-0000-4000-8000-000000000000', kind, status: 'live', title: '', templateId: null, consent: { recording: true }, createdAt, startedAt: createdAt, endedAt: null, durationMs: 0, endReason: null, sample: false },
    ownerId: 'a',
    ownerName: 'Ada',
    items,
    events: events.map((event, index) => ({ seq: index + 1, atMs: index, ...event })),
    interests: [],
    decisions: [],
    endRequested: false,
  };
}
const said = (utterance: number, text: string): EventRecord => ({ type: 'agent.said', data: { utterance, turn: 0, text } });
const done = (utterance: number): EventRecord => ({ type: 'agent.done', data: { utterance } });
const turnEnded = (turn: number): EventRecord => ({ type: 'turn.ended', data: { turn } });
const item = (itemId: string, speaker: string, text: string, startSample: number, endSample: number): ItemRecord => ({ itemId, revision: 1, speaker, text, startSample, endSample });

test('[RES-1] a session that was greeted owes no greeting', () => {
  const { state } = restoreState(stored([said(1, 'Hello Ada.'), done(1)]), 0);
  expect(state.owed).toBeNull();
  expect(state.nextUtterance).toBe(2);
});

test('[RES-1] a session in which nothing was said yet opens', () => {
  expect(restoreState(stored([]), 0).state.owed).toEqual({ kind: 'opening' });
});

test('[RES-2] words that were being said when the process died are owed again', () => {
  expect(restoreState(stored([said(1, 'Hello Ada.')]), 0).state.owed).toEqual({ kind: 'repeat', text: 'Hello Ada.' });
});

test('[RES-2] words cut off by a lost connection are owed again, words the person interrupted are not', () => {
  const cutOff = (reason: string): EventRecord[] => [said(1, 'Hello Ada.'), { type: 'agent.interrupted', data: { utterance: 1, reason } }];
  expect(restoreState(stored(cutOff('left')), 0).state.owed).toEqual({ kind: 'repeat', text: 'Hello Ada.' });
  expect(restoreState(stored(cutOff('interrupted')), 0).state.owed).toBeNull();
});

test('[RES-3] a turn without an answer is answered', () => {
  const { state } = restoreState(stored([said(1, 'Hello Ada.'), done(1), turnEnded(1)]), 0);
  expect(state.owed).toEqual({ kind: 'answer' });
  expect(state.turn).toBe(1);
});

test('[RES-3] a turn whose end was not seen ends with the next silence; a "mhm" under an answer is none', () => {
  const words: EventRecord = { type: 'transcript.final', data: item('u-0', 'user', 'I like', 0, 32_000) };
  const open = restoreState(stored([said(1, 'Hello Ada.'), done(1), words], [item('u-0', 'user', 'I like', 0, 32_000)]), 0).state;
  expect(open).toMatchObject({ turnHasWords: true, user: { is: 'waiting', endSample: 32_000 } });
  expect(restoreState(stored([said(1, 'Hello Ada.'), words]), 0).state).toMatchObject({ user: { is: 'quiet' }, owed: { kind: 'repeat' } });
  expect(restoreState(stored([said(1, 'Hello Ada.'), words, done(1)]), 0).state).toMatchObject({ user: { is: 'quiet' }, owed: null });
});

test('[RES-4] hearing starts behind the last words, and behind sounds that held none', () => {
  const items = [item('u-0', 'user', 'I like ships.', 0, 32_000), item('a-1', 'agent', 'Why?', 40_000, 60_000), item('t-1-90000', 'user', 'typed', 90_000, 90_000)];
  expect(restoreState(stored([], items), 0).heardThroughSample).toBe(32_000);
  const cough: EventRecord = { type: 'speech.ignored', sample: 50_000, data: { reason: 'noise', startSample: 50_000, endSample: 56_000 } };
  expect(restoreState(stored([cough], items), 0).heardThroughSample).toBe(56_000);
});

test('a dictation owes nobody an answer', () => {
  expect(restoreState(stored([turnEnded(1)], [], 'dictation'), 0).state.owed).toBeNull();
});

test('the interviewer sees items in the order they were written, neighbours of one speaker joined', () => {
  const items = [item('u-9', 'user', 'Ships.', 9, 10), item('t-1', 'user', 'Big ones', 0, 0), item('a-1', 'agent', 'What do you like?', 0, 5)];
  const events = ['a-1', 't-1', 'u-9'].map((itemId): EventRecord => ({ type: 'transcript.final', data: items.find((one) => one.itemId === itemId) }));
  expect(conversationTurns(itemsInOrder(stored(events, items)).values())).toEqual([
    { speaker: 'agent', text: 'What do you like?' },
    { speaker: 'user', text: 'Big ones Ships.', unheardText: undefined, typed: true },
  ]);
});
