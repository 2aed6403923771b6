import { expect, test } from 'vitest';
import type { Conversation } from './ports.ts';
import { createGuidedInterviewer } from './guided-interviewer.ts';

async function replyTo(answer: string, interests: Conversation['interests'], sessionId: string): Promise<string> {
  const turns: Conversation['turns'] = [
    { speaker: 'agent', text: 'Hello Ada, good to meet you. To begin with, what do you enjoy doing most?' },
    { speaker: 'user', text: answer },
  ];
  let said = '';
  for await (const piece of createGuidedInterviewer().reply({ sessionId, kind: 'onboarding', personName: 'Ada', turns, elapsedMs: 20_000, interests }).text) said += piece;
  return said;
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('nobody is asked with whom they share what they gave up (%i)', async (number) => {
  const gaveUp = 'I used to play chess for many years, but I do not play it any more.';
  for (const interests of [[{ topic: 'chess', sentiment: 'negative' as const }], undefined]) {
    const said = await replyTo(gaveUp, interests, `session ${number}`);
    expect(said).not.toMatch(/share|most about|try next|how long|exactly do you do/i);
  }
  // Liked after all, it is asked about like anything that is liked.
  expect(await replyTo('I used to play chess and I still love it.', [{ topic: 'chess', sentiment: 'positive' }], `session ${number}`)).not.toMatch(/did not suit|taken the place/);
});
