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
      title: 'What you enjoy',
      questions: [
        { id: 'enjoy.most', text: 'To begin with, what do you enjoy doing most?', again: 'What do you like to do, when you can choose?', plain: true },
        { id: 'enjoy.free-day', text: 'To start, what would you do on a day that is all your own?', again: 'If a day were all yours, how would you spend it?' },
        { id: 'enjoy.lately', text: 'First of all, what have you enjoyed doing lately?', again: 'Which thing did you have fun with in the last weeks?' },
      ],
      probes: [
        { id: 'enjoy.why', about: 'why', text: 'What do you like about that?', again: 'What makes it fun for you?' },
        { id: 'enjoy.began', about: 'beginning', text: 'How did you get into it?', again: 'How did that begin for you?' },
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
      title: 'What you are good at',
      tells: 'good-at',
      questions: [
        { id: 'good-at.you', text: 'What would you say you are good at?', again: 'Which things come easily to you?', plain: true },
        { id: 'good-at.friends', text: 'What do other people ask you to help them with?', again: 'When friends need you, what is it usually for?' },
        { id: 'good-at.proud', text: 'What is something you did that you are proud of?', again: 'Tell me about one thing you did well. What was it?' },
      ],
      probes: [
        { id: 'good-at.learned', about: 'beginning', text: 'How did you learn to do that?', again: 'How did you become good at it?' },
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
      title: 'What you want to learn',
      tells: 'wants',
      questions: [
        { id: 'learn.next', text: 'What would you like to learn next?', again: 'If you could learn one new thing now, what would it be?', plain: true },
        { id: 'learn.always', text: 'What have you always wanted to understand or be able to do?', again: 'Is there something you have long wanted to learn?' },
        { id: 'learn.curious', text: 'What are you curious about at the moment?', again: 'Which subject makes you want to know more?' },
      ],
      probes: [
        { id: 'learn.why', about: 'why', text: 'What would you do with it?', again: 'What would it be good for, in your life?' },
        { id: 'learn.far', about: 'level', text: 'How much of it do you know already?', again: 'Are you new to it, or have you started?' },
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
      title: 'How you like to learn',
      questions: [
        { id: 'how.company', text: 'Do you like to learn alone or together with others?', again: 'Alone or in company: how do you learn best?', plain: true },
        { id: 'how.way', text: 'How do you learn best: by reading, by watching, by doing, or by talking?', again: 'When something is new, what helps you most to understand it?' },
        { id: 'how.good-time', text: 'When did learning something go really well for you?', again: 'Think of something you learned gladly. What made it work?' },
      ],
      probes: [{ id: 'how.what-helps', text: 'What helps you to keep going?', again: 'What keeps you at it when it gets hard?' }],
      easier: [{ id: 'how.easier-last', text: 'Think of the last thing you learned. Did somebody show you?', again: 'The last thing you learned: did you find it out on your own?' }],
      maxProbes: 1,
    },
    {
      id: 'next',
      title: 'Your next step',
      questions: [
        { id: 'next.month', text: 'What would you like to have done a month from now?', again: 'Thinking one month ahead, what should be different?' },
        { id: 'next.first-step', text: 'What could a good first step be for you?', again: 'Where would you like to start?', plain: true },
      ],
      probes: [{ id: 'next.time', text: 'How much time would you give it in a week?', again: 'About how many hours a week do you have for it?' }],
      easier: [{ id: 'next.easier-time', text: 'Would ten minutes a day be about right?', again: 'Could you spare ten minutes a day?' }],
      maxProbes: 1,
    },
  ],
  probesByName: [
    { id: 'named.since', about: 'since', after: 'likes', text: 'How long have you been into {topic}?', again: 'Since when has that been part of your life?' },
    { id: 'named.beginning', about: 'beginning', after: 'likes', text: 'How did you get into {topic}?', again: 'Who or what brought you to it?' },
    { id: 'named.why', about: 'why', after: 'likes', text: 'What do you like most about {topic}?', again: 'What makes it special for you?' },
    { id: 'named.exactly', about: 'exactly', after: 'likes', text: 'When it comes to {topic}, what exactly do you do?', again: 'What does that look like, from beginning to end?' },
    { id: 'named.company', about: 'company', after: 'likes', text: 'Do you have somebody to share {topic} with?', again: 'Do you do that alone, or is somebody with you?' },
    { id: 'named.next', about: 'next', after: 'likes', text: 'What would you like to try next with {topic}?', again: 'What comes next for you there?' },
    { id: 'named.part', about: 'exactly', after: 'wants', text: 'Which part of {topic} draws you most?', again: 'What about it would you want to know first?' },
    { id: 'named.level', about: 'level', after: 'wants', text: 'How far have you come with {topic} already?', again: 'Is it all new to you, or have you begun?' },
    { id: 'named.use', about: 'why', after: 'wants', text: 'What would {topic} be good for, in your life?', again: 'What would you do with it, once you can?' },
    { id: 'named.first', about: 'next', after: 'wants', text: 'What would be your first step with {topic}?', again: 'How would you begin with that?' },
    { id: 'named.stopped', about: 'why', after: 'leaves', text: 'What was it about {topic} that did not suit you?', again: 'Why is that not for you?' },
    { id: 'named.instead', about: 'next', after: 'leaves', text: 'What has taken the place of {topic}?', again: 'What do you do instead?' },
  ],
  sumUp: {
    leads: ['Let me sum up.', 'So, this is what I heard.', 'Let me say it back to you.'],
    likes: ['You like {topics}.', 'You enjoy {topics}.'],
    goodAt: ['You are good at {topics}.'],
    wants: ['You would like to get into {topics}.', 'You are curious about {topics}.'],
    mixed: ['You are in two minds about {topics}.'],
    dislikes: ['You are not so fond of {topics}.', 'You do not care much for {topics}.'],
    withoutTopics: ['We are nearly done.', 'That was nearly everything I wanted to ask.'],
    questions: [
      { id: 'sum-up.wrong', text: 'Is anything wrong or missing?', again: 'Did I get anything wrong?', plain: true },
      { id: 'sum-up.add', text: 'Would you like to correct or add anything?', again: 'Is there something to change or to add?' },
      { id: 'sum-up.missed', text: 'Did I get something wrong, or leave something out?', again: 'Is there something you would put differently?' },
    ],
    confirmations: [
      { id: 'sum-up.else', text: 'Is anything else not right?', again: 'Is there anything else to change?' },
      { id: 'sum-up.more', text: 'Would you change anything more?', again: 'Should I correct anything more?' },
    ],
  },
  corrections: {
    swapped: ['{right}, not {wrong}. Thank you, I have that now.', 'Thank you. It is {right}, not {wrong}.'],
    dropped: ['All right, I leave out {wrong}.', 'Thank you. I take {wrong} out.'],
    added: ['Thank you, I add {right}.', 'All right, {right} as well.'],
    noted: ['Thank you for telling me.', 'Thank you, I leave that out.'],
    questions: [
      { id: 'correct.what', text: 'Sorry about that. What did I get wrong?', again: 'Which part was not right?' },
      { id: 'correct.how', text: 'I see. How would you put it?', again: 'What should it be instead?' },
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
  limits: { easeOffAfterMs: 5 * MINUTE_MS, sumUpAfterMs: 6.5 * MINUTE_MS, closeAfterMs: 7.5 * MINUTE_MS, sumUpAfterAnswers: 11, closeAfterAnswers: 15 },
};
