/** The onboarding interview: who the person is as a learner. Edit the words freely; keep the ids. */
import type { QuestionBank } from './bank.ts';

const MINUTE_MS = 60_000;

export const onboardingBank: QuestionBank = {
  greetings: ['Hello {name}, good to meet you.', 'Hi {name}, nice to meet you.', 'Hello {name}, I am glad you are here.'],
  greetingsWithoutName: ['Hello, good to meet you.', 'Hi there, nice to meet you.'],
  introductions: [
    'I will ask you a few questions about what you enjoy and what you would like to learn. It takes about six minutes, and you can interrupt me at any time.',
    'I would like to find out what interests you and how you like to learn. We have about six minutes. Interrupt me whenever you like.',
  ],
  areas: [
    {
      id: 'enjoy',
      questions: [
        { id: 'enjoy.most', text: 'To begin with, what do you enjoy doing most?', again: 'What do you like to do, when you can choose?' },
        { id: 'enjoy.free-day', text: 'To start, what would you do on a day that is all your own?', again: 'If a day were all yours, how would you spend it?' },
        { id: 'enjoy.lately', text: 'First of all, what have you enjoyed doing lately?', again: 'Which thing did you have fun with in the last weeks?' },
      ],
      probes: [
        { id: 'enjoy.why', text: 'What do you like about that?', again: 'What makes it fun for you?' },
        { id: 'enjoy.began', text: 'How did you get into it?', again: 'How did that begin for you?' },
        { id: 'enjoy.last-time', text: 'What did you do the last time?', again: 'Can you tell me about the last time you did it?' },
      ],
      easier: [
        { id: 'enjoy.easier-week', text: 'Think of last week. Was there a moment you liked?', again: 'Was there anything nice in the last few days?' },
        { id: 'enjoy.easier-choice', text: 'Do you rather make things, find things out, or spend time with people?', again: 'Making things, finding things out, or people: which is closest to you?' },
      ],
      maxProbes: 2,
    },
    {
      id: 'good-at',
      questions: [
        { id: 'good-at.you', text: 'What would you say you are good at?', again: 'Which things come easily to you?' },
        { id: 'good-at.friends', text: 'What do other people ask you to help them with?', again: 'When friends need you, what is it usually for?' },
        { id: 'good-at.proud', text: 'What is something you did that you are proud of?', again: 'Tell me about one thing you did well. What was it?' },
      ],
      probes: [
        { id: 'good-at.learned', text: 'How did you learn to do that?', again: 'How did you become good at it?' },
        { id: 'good-at.example', text: 'Can you give me an example?', again: 'When did that last show?' },
      ],
      easier: [
        { id: 'good-at.easier-school', text: 'Which subject or task was never hard for you?', again: 'Was there a subject you did not have to work for?' },
        { id: 'good-at.easier-choice', text: 'Are you better with words, with numbers, with your hands, or with people?', again: 'Words, numbers, hands, or people: where are you at your best?' },
      ],
      maxProbes: 1,
    },
    {
      id: 'learn',
      questions: [
        { id: 'learn.next', text: 'What would you like to learn next?', again: 'If you could learn one new thing now, what would it be?' },
        { id: 'learn.always', text: 'What have you always wanted to understand or be able to do?', again: 'Is there something you have long wanted to learn?' },
        { id: 'learn.curious', text: 'What are you curious about at the moment?', again: 'Which subject makes you want to know more?' },
      ],
      probes: [
        { id: 'learn.why', text: 'What would you do with it?', again: 'What would it be good for, in your life?' },
        { id: 'learn.far', text: 'How much of it do you know already?', again: 'Are you new to it, or have you started?' },
        { id: 'learn.part', text: 'Which part of it interests you most?', again: 'Where in it would you begin?' },
      ],
      easier: [
        { id: 'learn.easier-seen', text: 'Have you seen somebody do a thing and thought: I want that too?', again: 'Is there something others can do that you would like to do?' },
        { id: 'learn.easier-choice', text: 'Would it be closer to nature, technology, art, or people?', again: 'Nature, technology, art, or people: which draws you most?' },
      ],
      maxProbes: 2,
    },
    {
      id: 'how',
      questions: [
        { id: 'how.company', text: 'Do you like to learn alone or together with others?', again: 'Alone or in company: how do you learn best?' },
        { id: 'how.way', text: 'How do you learn best: by reading, by watching, by doing, or by talking?', again: 'When something is new, what helps you most to understand it?' },
        { id: 'how.good-time', text: 'When did learning something go really well for you?', again: 'Think of something you learned gladly. What made it work?' },
      ],
      probes: [{ id: 'how.what-helps', text: 'What helps you to keep going?', again: 'What keeps you at it when it gets hard?' }],
      easier: [{ id: 'how.easier-last', text: 'Think of the last thing you learned. Did somebody show you?', again: 'The last thing you learned: did you find it out on your own?' }],
      maxProbes: 1,
    },
    {
      id: 'next',
      questions: [
        { id: 'next.month', text: 'What would you like to have done a month from now?', again: 'Thinking one month ahead, what should be different?' },
        { id: 'next.first-step', text: 'What could a good first step be for you?', again: 'Where would you like to start?' },
      ],
      probes: [{ id: 'next.time', text: 'How much time would you give it in a week?', again: 'About how many hours a week do you have for it?' }],
      easier: [{ id: 'next.easier-time', text: 'Would ten minutes a day be about right?', again: 'Could you spare ten minutes a day?' }],
      maxProbes: 1,
    },
  ],
  sumUp: {
    withTopics: ['Let me sum up. You told me about {topics}.', 'So, this is what I heard. You spoke about {topics}.'],
    withoutTopics: ['We are nearly done.', 'That was nearly everything I wanted to ask.'],
    questions: [
      { id: 'sum-up.add', text: 'Is there anything you would like to add?', again: 'Did I miss something that matters to you?' },
      { id: 'sum-up.missed', text: 'Did I miss something important?', again: 'Is there anything you would like to add?' },
    ],
  },
  goodbyes: [
    'Thank you, {name}. I enjoyed listening to you. Goodbye, and have a good day.',
    'Thank you for your time, {name}. That was a good conversation. Goodbye, and take care.',
    'Many thanks, {name}. That is all I wanted to know. Goodbye, and have fun with what comes next.',
  ],
  duration: 'It takes six or seven minutes in all.',
  purpose: 'I want to find out what interests you, so that what you learn next suits you.',
  cannotAnswer: ['I cannot answer that here.', 'That is a good question, but not one I can answer.'],
  limits: { easeOffAfterMs: 5 * MINUTE_MS, sumUpAfterMs: 6.5 * MINUTE_MS, closeAfterMs: 7.5 * MINUTE_MS, sumUpAfterAnswers: 11, closeAfterAnswers: 12 },
};
