import { expect, test } from 'vitest';
import type { Caption } from './live-session-types.ts';
import { turnsOf } from './turns.ts';

const line = (speaker: string, text: string, more: Partial<Caption> = {}): Caption => ({ itemId: text, speaker, text, final: true, startSample: 0, ...more });

test('finished lines are turns, with what an interrupted interviewer had left; provisional words and other voices are not', () => {
  const captions = [line('agent', 'Hello.', { unheardText: 'What do you like?' }), line('S1', 'Noise.'), line('user', 'Chess.'), line('user', 'And then', { final: false })];
  expect(turnsOf({ captions, agentText: '' })).toEqual([
    { speaker: 'agent', text: 'Hello.', unheardText: 'What do you like?' },
    { speaker: 'user', text: 'Chess.' },
  ]);
});

test('what the interviewer is saying counts at once, and once', () => {
  const captions = [line('user', 'Chess.')];
  const said = { speaker: 'agent', text: 'What do you like about that?' };
  expect(turnsOf({ captions, agentText: said.text }).at(-1)).toEqual(said);
  expect(turnsOf({ captions: [...captions, line('agent', said.text)], agentText: `${said.text} ` })).toHaveLength(2);
});
