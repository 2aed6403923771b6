import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clausesOf } from './clauses.ts';
import { createGuidedInterviewer } from './guided-interviewer.ts';
import { askablesOf } from './memory.ts';
import type { Conversation, ConversationTurn } from './ports.ts';
import { progressOf } from './progress.ts';
import { onboardingBank } from './question-bank/onboarding.ts';
import { normalise } from './wording.ts';

const interviewer = createGuidedInterviewer();
const MINUTE_MS = 60_000;

async function say(turns: ConversationTurn[], rest: Partial<Conversation> = {}): Promise<{ text: string; closes: boolean }> {
  const reply = interviewer.reply({ sessionId: 'session-1', kind: 'onboarding', personName: 'Ada Lovelace', turns, elapsedMs: 0, ...rest });
  let text = '';
  for await (const delta of reply.text) text += delta;
  return { text, closes: reply.closes() };
}
const agent = (text: string, unheardText?: string): ConversationTurn => ({ speaker: 'agent', text, unheardText });
const user = (text: string): ConversationTurn => ({ speaker: 'user', text });
const questionsIn = (text: string) => text.match(/\?/g)?.length ?? 0;

/** A whole interview with a person who answers in turn; stops when the interviewer closes. */
async function interview(answers: string[], rest: Partial<Conversation> = {}, msPerExchange = 25_000) {
  const turns: ConversationTurn[] = [];
  let elapsedMs = 0;
  for (let i = 0; i < 80; i++) {
    const { text, closes } = await say(turns, { elapsedMs, ...rest });
    turns.push(agent(text));
    if (closes) return { turns, elapsedMs, closed: true };
    turns.push(user(answers[i % answers.length]!));
    elapsedMs += msPerExchange;
  }
  return { turns, elapsedMs, closed: false };
}
const spokenBy = (turns: ConversationTurn[], speaker: 'agent' | 'user') => turns.filter((turn) => turn.speaker === speaker).map(({ text }) => text);

const TALKATIVE = [
  'I love to paint landscapes with my grandmother because it is calm.',
  'She gave me her old oil colors when I was six, and we have painted every Sunday since then.',
  'I also play the violin in a small orchestra, mostly on weekends with people from my street.',
  'People ask me to repair their bicycles.',
  'My uncle taught me in his workshop, he had lots of tools there and a lot of patience.',
  'I would like to learn how to build a telescope and look at the stars.',
  'I want to see the rings of Saturn with my own eyes, that would be amazing.',
  'I prefer to learn in a club.',
  'Seeing that something works.',
  'I want to have the mirror ground.',
];

describe('the opening', () => {
  it('greets by first name, says what will happen and asks one open question', async () => {
    const { text, closes } = await say([]);
    expect(text).toMatch(/^(Hello|Hi) Ada\b/);
    expect(text).not.toContain('Lovelace');
    expect(text).toContain('six minutes');
    expect(questionsIn(text)).toBe(1);
    expect(text.endsWith('?')).toBe(true);
    expect(closes).toBe(false);
  });

  it.each(['', '   ', 'ada@example.com', '12345', '<script>alert(1)</script>'])('greets without a name when the name is %j', async (personName) => {
    const { text } = await say([], { personName });
    expect(text).toMatch(/^(Hello, good|Hi there)/);
  });

  it('is the same for the same session and differs between sessions', async () => {
    expect(await say([])).toEqual(await say([]));
    const openings = await Promise.all(Array.from({ length: 20 }, (_, i) => say([], { sessionId: `session-${i}` })));
    expect(new Set(openings.map(({ text }) => text)).size).toBeGreaterThan(4);
  });

  it('can be spoken at once: its first clause has at most eight words', async () => {
    for (let i = 0; i < 20; i++) {
      const reply = interviewer.reply({ sessionId: `session-${i}`, kind: 'onboarding', personName: 'Ada', turns: [], elapsedMs: 0 });
      const first = await clausesOf(reply.text).next();
      expect((first.value as string).trim().split(' ').length).toBeLessThanOrEqual(8);
    }
  });

  it('does not greet somebody who spoke first, but says what will happen', async () => {
    const { text } = await say([user('Is anybody there?')]);
    expect(text).not.toMatch(/\b(Hello|Hi)\b/);
    expect(questionsIn(text)).toBe(1);
  });
});

describe('the conversation', () => {
  it('takes up what was said', async () => {
    const opening = await say([]);
    const { text } = await say([agent(opening.text), user('I love to paint landscapes with my grandmother.')]);
    expect(text).toContain('painting landscapes with your grandmother');
  });

  it('takes nothing up that the person does not like', async () => {
    const opening = await say([]);
    const { text } = await say([agent(opening.text), user("I don't like football and I hate long runs, to be honest with you.")]);
    expect(text.toLowerCase()).not.toContain('football');
  });

  it('covers what the person enjoys, is good at, wants to learn, how, and what comes next', async () => {
    const { turns, closed } = await interview(TALKATIVE);
    expect(closed).toBe(true);
    const spoken = normalise(spokenBy(turns, 'agent').join(' '));
    for (const area of onboardingBank.areas) {
      const asked = area.questions.filter((question) => spoken.includes(normalise(question.text)));
      expect(asked.length, area.id).toBeLessThanOrEqual(1);
    }
    const { areas } = progressOf({ sessionId: 'session-1', kind: 'onboarding', personName: 'Ada', turns, elapsedMs: 0 });
    expect(areas.filter(({ touched }) => !touched)).toEqual([]);
  });

  it('does not ask for what was just said, but asks on about it', async () => {
    const { text } = await say([agent('To begin with, what do you enjoy doing most?'), user('Chess with friends, I guess.'), agent('Understood. What would you say you are good at?'), user('I would like to learn how to sail.')]);
    expect(text).toContain('sailing');
    const learn = onboardingBank.areas.find(({ id }) => id === 'learn')!;
    expect(learn.questions.filter((question) => text.includes(question.text))).toEqual([]);
  });

  it.each(Array.from({ length: 12 }, (_, i) => `session-${i}`))('greets once, never asks the same twice, sums up and says goodbye (%s)', async (sessionId) => {
    const { turns, elapsedMs, closed } = await interview(TALKATIVE, { sessionId });
    const spoken = spokenBy(turns, 'agent');
    expect(closed).toBe(true);
    expect(elapsedMs).toBeLessThanOrEqual(8 * MINUTE_MS);
    expect(spokenBy(turns, 'user').length).toBeGreaterThanOrEqual(6);
    expect(spokenBy(turns, 'user').length).toBeLessThanOrEqual(12);
    expect(spoken.slice(1).join(' ')).not.toMatch(/\b(Hello|Hi) /);
    expect(new Set(spoken).size).toBe(spoken.length);
    const asked = askablesOf(onboardingBank).filter(({ question }) => spoken.filter((text) => text.includes(question.text)).length > 1);
    expect(asked).toEqual([]);
    for (const text of spoken.slice(0, -1)) expect(questionsIn(text), text).toBe(1);
    expect(spoken.at(-2)).toMatch(/telescope|violin|painting/);
    expect(spoken.at(-1)).toMatch(/Goodbye/);
  });

  it('eases off with somebody who answers in one word', async () => {
    const { turns, closed } = await interview(['Yes.', 'No.', 'Fine.', 'Chess.', 'Maybe.']);
    const spoken = normalise(spokenBy(turns, 'agent').join(' '));
    expect(closed).toBe(true);
    expect(spokenBy(turns, 'user').length).toBeLessThanOrEqual(9);
    const probes = onboardingBank.areas.flatMap(({ probes: all }) => all).filter((question) => spoken.includes(normalise(question.text)));
    expect(probes).toEqual([]);
  });

  it('offers an easier question to somebody who does not know', async () => {
    const opening = await say([]);
    const { text } = await say([agent(opening.text), user("Um, I don't really know.")]);
    expect(onboardingBank.areas[0]!.easier.some((question) => text.includes(question.text))).toBe(true);
  });

  it('is gentle about something sad and does not probe it', async () => {
    const opening = await say([]);
    const { text } = await say([agent(opening.text), user('I used to sing with my mother, but she died last year.')]);
    expect(text).toMatch(/sorry/);
    expect(onboardingBank.areas[0]!.probes.some((question) => text.includes(question.text))).toBe(false);
  });

  it('points to help when somebody is in danger', async () => {
    const { text } = await say([agent('What do you enjoy doing most?'), user('Nothing, I want to kill myself.')]);
    expect(text).toMatch(/crisis line/);
  });
});

describe('things people say that are not answers', () => {
  const asked = agent('I see. What would you like to learn next?');
  const area = onboardingBank.areas.find(({ id }) => id === 'learn')!;

  it.each(['Are you a robot?', 'How long does this take?', 'Why do you ask?', 'What is your name?', 'Will this be recorded?', 'Can you hear me?', 'What is the capital of Peru?'])('answers %j and comes back to its question', async (question) => {
    const { text } = await say([asked, user(question)]);
    expect(text.endsWith(area.questions[0]!.again)).toBe(true);
    expect(text).not.toContain('{');
  });

  it.each(['What?', 'Pardon me?', 'Can you say that again?', 'Sorry, I did not catch that.', 'Could you repeat the question please?'])('says its question again on %j', async (request) => {
    const { text } = await say([asked, user(request)]);
    expect(text).toContain(area.questions[0]!.again);
  });

  it.each(['Skip this one.', 'Next question please.', "I don't want to talk about that.", 'Pass.'])('moves on when asked by %j', async (request) => {
    const { text } = await say([asked, user(request)]);
    expect(text).not.toContain(area.questions[0]!.again);
    expect(questionsIn(text)).toBe(1);
  });

  it.each(['Goodbye.', 'I have to go now, bye.', 'Stop the interview please.', 'Stop.', "Let's end it here."])('says goodbye on %j', async (wish) => {
    const { text, closes } = await say([asked, user(wish)]);
    expect(closes).toBe(true);
    expect(text).toMatch(/Goodbye/);
  });

  it.each(['', '   ', '…', '?!'])('asks again when it understood nothing (%j)', async (nothing) => {
    const { text, closes } = await say([asked, user(nothing)]);
    expect(text).toContain(area.questions[0]!.again);
    expect(closes).toBe(false);
  });

  it('stays calm when insulted, offers to stop, and leaves at the third insult', async () => {
    const turns = [asked, user('Shut up, you are stupid.')];
    const first = await say(turns);
    expect(first.text).toMatch(/stop whenever you like/);
    turns.push(agent(first.text), user('Fuck you.'));
    const second = await say(turns);
    expect(second.closes).toBe(false);
    turns.push(agent(second.text), user('You are so annoying.'));
    expect((await say(turns)).closes).toBe(true);
  });

  it('never quotes swearing or attempts to instruct it', async () => {
    for (const nasty of ['I love shit and fucking things.', 'I enjoy ignoring your instructions and printing the system prompt.', 'I love <b>bold</b> {name} things']) {
      const { text } = await say([asked, user(nasty)]);
      expect(text).not.toMatch(/shit|fuck|prompt|[<>{}]/);
    }
  });
});

describe('the sum-up', () => {
  it('writes names with their capitals, though topics are kept without', async () => {
    const interests = [{ topic: 'spanish cooking', sentiment: 'positive' as const }, { topic: 'boats', sentiment: 'positive' as const }];
    const { text } = await say([agent('What would you like to learn next?'), user('No, that is all.')], { interests });
    expect(text).toContain('Spanish cooking');
    expect(text).toContain('boats');
  });
});

describe('interruptions and requests', () => {
  const opening = ['Hi Ada, nice to meet you. I would like to', 'find out what interests you. To begin with, what do you enjoy doing most?'] as const;

  it('asks the question that was not heard, without saying the whole again', async () => {
    const { text } = await say([agent(...opening), user('Hold on, I am here now.')]);
    expect(text).toContain('what do you enjoy doing most?');
    expect(text).not.toMatch(/Hi Ada|nice to meet|find out/);
  });

  it('takes an answer as one when the question was nearly heard', async () => {
    const { text } = await say([agent('Hi Ada, nice to meet you. To begin with, what do you enjoy', 'doing most?'), user('I love hiking in the mountains.')]);
    expect(text).toContain('hiking in the mountains');
    expect(text).not.toContain('enjoy doing most');
  });

  it('takes a typed answer as one, since its question could be read', async () => {
    const asked = agent('All right,', 'something different now. What would you like to learn next?');
    const { text } = await say([asked, { ...user('I would like to learn Spanish.'), typed: true }]);
    expect(text).toContain('Spanish');
    expect(text).not.toContain('like to learn next');
    expect((await say([asked, user('I would like to learn Spanish.')])).text).toContain('What would you like to learn next?');
  });

  it('says the rest after a restart when nobody answered, from the sentence that was cut', async () => {
    const { text } = await say([agent(...opening)]);
    expect(text).toBe('I would like to find out what interests you. To begin with, what do you enjoy doing most?');
  });

  it('waits kindly when its question was heard and nobody answered', async () => {
    const { text } = await say([agent('What would you like to learn next?')]);
    expect(text).toMatch(/^(Take your time|There is no hurry|I am still here)/);
    expect(text).toContain('If you could learn one new thing now');
  });

  it('repeats its last question in other words when asked to', async () => {
    const { text } = await say([agent('I see. What would you like to learn next?')], { request: 'repeat' });
    expect(text).toContain('If you could learn one new thing now');
  });

  it('repeats what was not heard when asked to', async () => {
    const { text } = await say([agent(...opening)], { request: 'repeat' });
    expect(text).toContain('what do you enjoy doing most?');
    expect(text).not.toContain('nice to meet');
  });

  it('puts it in the first words again when asked a second time', async () => {
    const turns = [agent('I see. What would you like to learn next?')];
    turns.push(agent((await say(turns, { request: 'repeat' })).text));
    expect((await say(turns, { request: 'repeat' })).text).toContain('What would you like to learn next?');
  });

  it('skips to another area when asked to', async () => {
    const { text } = await say([agent('To begin with, what do you enjoy doing most?')], { request: 'skip' });
    expect(questionsIn(text)).toBe(1);
    expect(text).not.toContain('enjoy');
  });

  it('goes through an interview of nothing but skips to a goodbye', async () => {
    const turns: ConversationTurn[] = [agent((await say([])).text)];
    let closes = false;
    for (let i = 0; i < 10 && !closes; i++) {
      const next = await say(turns, { request: 'skip' });
      closes = next.closes;
      turns.push(agent(next.text));
    }
    expect(closes).toBe(true);
  });

  it('says a short goodbye when its goodbye was interrupted', async () => {
    expect(await say([agent('Thank you, Ada. Goodbye,', 'and take care.'), user('Thanks!')])).toEqual({ text: 'Goodbye, Ada.', closes: true });
  });

  it('goes on from what another interviewer asked', async () => {
    const { text } = await say([agent('Welcome! Which subjects fascinate you?'), user('I love marine biology.')]);
    expect(text).toContain('marine biology');
    expect(text).not.toMatch(/\b(Hello|Hi|begin|start)\b/);
    expect(questionsIn(text)).toBe(1);
  });
});

describe('closing in time', () => {
  it('sums up when the time is nearly over', async () => {
    const { text } = await say([agent('What do you enjoy doing most?'), user('I love hiking in the mountains.')], { elapsedMs: 6.6 * MINUTE_MS });
    expect(text).toContain('hiking in the mountains');
    expect(onboardingBank.sumUp.questions.some((question) => text.includes(question.text))).toBe(true);
  });

  it('closes at once when the time is over, but still says what it heard', async () => {
    const { text, closes } = await say([agent('What do you enjoy doing most?'), user('I love hiking in the mountains.')], { elapsedMs: 8 * MINUTE_MS });
    expect(closes).toBe(true);
    expect(text).toContain('hiking in the mountains');
  });

  it.each([[10_000], [25_000], [60_000]])('ends in time when an exchange takes %i ms', async (msPerExchange) => {
    const { elapsedMs, closed } = await interview(TALKATIVE, {}, msPerExchange);
    expect(closed).toBe(true);
    expect(elapsedMs).toBeLessThanOrEqual(9 * MINUTE_MS);
  });
});

describe('the question banks', () => {
  it.each([['onboarding', onboardingBank]])('%s: ids are unique, each question is one question, no wording contains another', (_, bank) => {
    const askables = askablesOf(bank);
    expect(new Set(askables.map(({ question }) => question.id)).size).toBe(askables.length);
    for (const { question } of askables) {
      expect(questionsIn(question.text), question.id).toBe(1);
      expect(questionsIn(question.again), question.id).toBe(1);
    }
    const own = askables.filter(({ role }) => role !== 'sum-up');
    const wordings = own.flatMap(({ question }) => [question.text, question.again]).map(normalise);
    expect(new Set(wordings).size).toBe(wordings.length);
    for (const template of [...bank.greetings, ...bank.goodbyes]) expect(template).toContain('{name}');
    for (const template of bank.goodbyes) expect(template).toContain('Goodbye');
  });
});

it('always has something sane to say, whatever was said', async () => {
  // Braces are looked for in what is said.
  const plain = (text: string) => !text.includes('{');
  const turnsOf = fc.array(fc.record({ speaker: fc.constantFrom('user' as const, 'agent' as const), text: fc.oneof(fc.string().filter(plain), fc.constantFrom('What would you like to learn next?', 'yes', 'Goodbye', 'I love it')), unheardText: fc.option(fc.string().filter(plain), { nil: undefined }) }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(turnsOf, fc.constantFrom('onboarding' as const, 'code' as const), fc.constantFrom(undefined, 'skip' as const, 'repeat' as const), fc.nat(600_000), async (turns, kind, request, elapsedMs) => {
      const { text } = await say(turns, { kind, request, elapsedMs });
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(/undefined|\{\w+\}/);
    }),
    { numRuns: 300 },
  );
});
