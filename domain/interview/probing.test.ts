import { expect, test } from 'vitest';
import type { Conversation } from './ports.ts';
import { createGuidedInterviewer } from './guided-interviewer.ts';
import { onboardingBank } from './question-bank/onboarding.ts';

const OPENING = 'Hello Ada, good to meet you. To begin with, what do you enjoy doing most?';

async function replyTo(answer: string, interests: Conversation['interests'], sessionId: string, before: Conversation['turns'] = [{ speaker: 'agent', text: OPENING }]): Promise<string> {
  const turns: Conversation['turns'] = [...before, { speaker: 'user', text: answer }];
  let said = '';
  for await (const piece of createGuidedInterviewer().reply({ sessionId, kind: 'onboarding', personName: 'Ada', turns, elapsedMs: 20_000, interests }).text) said += piece;
  return said;
}
const GAVE_UP = 'I used to play chess for many years, but I do not play it any more.';
const probesOfTheArea = onboardingBank.areas[0]!.probes.map(({ text }) => text);
/** The choice of words depends on the session. */
const SESSIONS = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `session ${number}`);

test.each(SESSIONS)('what was given up is asked about as such (%s)', async (sessionId) => {
  expect(await replyTo(GAVE_UP, [{ topic: 'chess', sentiment: 'negative' }], sessionId)).toContain('What was it about chess that did not suit you?');
  expect(await replyTo('I stopped football, really.', undefined, sessionId)).toContain('What was it about football that did not suit you?');
});

test.each(SESSIONS)('nobody is asked what they like about what they gave up, nor with whom they share it (%s)', async (sessionId) => {
  for (const answer of [GAVE_UP, "I can't stand football, really."]) {
    const said = await replyTo(answer, undefined, sessionId);
    expect(said).toMatch(/\?$/);
    expect(probesOfTheArea.filter((text) => said.includes(text))).toEqual([]);
    expect(said).not.toMatch(/share|most about|try next|how long|exactly do you do/i);
  }
});

test.each(SESSIONS)('what is liked after all is asked about like anything that is liked (%s)', async (sessionId) => {
  expect(await replyTo('I used to play chess and I still love it.', [{ topic: 'chess', sentiment: 'positive' }], sessionId)).toMatch(/playing chess.*\?$/);
});

test.each(SESSIONS)('nobody is asked what they told already (%s)', async (sessionId) => {
  const said = await replyTo('I love chess. I started when I was ten, with my brother, because it makes me calm.', undefined, sessionId);
  expect(said).toMatch(/chess.*\?$/);
  expect(said).not.toMatch(/how long|how did you come|like most about|share/i);
});

test.each(SESSIONS)('who says little about something is not asked on about it (%s)', async (sessionId) => {
  const before: Conversation['turns'] = [{ speaker: 'agent', text: OPENING }, { speaker: 'user', text: 'I really love to play chess.' }, { speaker: 'agent', text: 'How nice. How long have you been into playing chess?' }];
  const said = await replyTo('For about three years now.', undefined, sessionId, before);
  expect(said).toMatch(/\?$/);
  expect(probesOfTheArea.filter((text) => said.includes(text))).toEqual([]);
  expect(said).not.toContain('chess');
});
