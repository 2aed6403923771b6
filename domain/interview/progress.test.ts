import { expect, it } from 'vitest';
import type { Conversation, ConversationTurn } from './ports.ts';
import { progressOf } from './progress.ts';

const about = (turns: ConversationTurn[], kind: Conversation['kind'] = 'onboarding'): Conversation => ({ sessionId: 's', kind, personName: 'Ada', turns, elapsedMs: 0 });
const touched = (conversation: Conversation) => progressOf(conversation).areas.filter((area) => area.touched).map(({ id }) => id);

it('shows every area with its title before anything was asked', () => {
  expect(progressOf(about([]))).toEqual({
    areas: [
      { id: 'enjoy', title: 'What you enjoy', touched: false },
      { id: 'good-at', title: 'What you are good at', touched: false },
      { id: 'learn', title: 'What you want to learn', touched: false },
      { id: 'how', title: 'How you like to learn', touched: false },
      { id: 'next', title: 'Your next step', touched: false },
    ],
    currentId: null,
    answers: 0,
  });
});
it('follows the questions that were asked', () => {
  const turns: ConversationTurn[] = [{ speaker: 'agent', text: 'To begin with, what do you enjoy doing most?' }, { speaker: 'user', text: 'Chess.' }, { speaker: 'agent', text: 'I see. What would you like to learn next?' }];
  expect(touched(about(turns))).toEqual(['enjoy', 'learn']);
  expect(progressOf(about(turns))).toMatchObject({ answers: 1, currentId: 'learn' });
});
it('counts two answers for an area when another interviewer leads in its own words', () => {
  const exchange: ConversationTurn[] = [{ speaker: 'agent', text: 'Tell me more about yourself?' }, { speaker: 'user', text: 'I like building robots.' }];
  const conversation = about([...exchange, ...exchange, ...exchange]);
  expect(touched(conversation)).toEqual(['enjoy', 'good-at']);
  expect(progressOf(conversation).currentId).toBe('good-at');
});
it('has no areas where nobody asks', () => {
  expect(progressOf(about([{ speaker: 'user', text: 'Dear diary.' }], 'dictation'))).toEqual({ areas: [], currentId: null, answers: 1 });
});
