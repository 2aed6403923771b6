/** The code interview's first voice: asks about the approach, then lets the person work. */
import type { QuestionBank } from './bank.ts';

const MINUTE_MS = 60_000;

export const codeBank: QuestionBank = {
  greetings: ['Hello {name}, good to meet you.', 'Hi {name}, nice to meet you.'],
  greetingsWithoutName: ['Hello, good to meet you.', 'Hi there, nice to meet you.'],
  introductions: [
    'Please read the problem first and think aloud as you work. I will ask about your approach now and then.',
    'Take a look at the problem and tell me what you think as you go. I will ask a question now and then.',
  ],
  areas: [
    {
      id: 'problem',
      title: 'The problem',
      questions: [
        { id: 'problem.own-words', text: 'When you are ready, what does the problem ask for, in your own words?', again: 'How would you explain this problem to a friend?' },
        { id: 'problem.in-out', text: 'To begin with, what goes in and what should come out?', again: 'What is the input, and what is the answer you have to produce?' },
      ],
      probes: [{ id: 'problem.unclear', text: 'Is anything about it unclear?', again: 'Is there a detail you would ask about?' }],
      easier: [{ id: 'problem.easier-example', text: 'Take the first example. Why is that the right answer?', again: 'Looking at the first example, how does its answer come about?' }],
      maxProbes: 1,
    },
    {
      id: 'approach',
      title: 'Your approach',
      questions: [
        { id: 'approach.plan', text: 'How would you approach it?', again: 'What is your plan for solving it?' },
        { id: 'approach.first-idea', text: 'What is your first idea, even a slow one?', again: 'What is the simplest thing that would work?' },
      ],
      probes: [
        { id: 'approach.why', text: 'Why did you choose that over something simpler?', again: 'What speaks for it?' },
        { id: 'approach.structure', text: 'Which data structure would you use for it?', again: 'Where would you keep the values while you work?' },
      ],
      easier: [{ id: 'approach.easier-by-hand', text: 'How would you solve a tiny example by hand?', again: 'With three values on paper, what would you do?' }],
      maxProbes: 2,
    },
    {
      id: 'edges',
      title: 'Edge cases',
      questions: [
        { id: 'edges.inputs', text: 'Which inputs could go wrong?', again: 'What are the edge cases here?' },
        { id: 'edges.smallest', text: 'What happens with the smallest input you can think of?', again: 'What should an empty input give?' },
      ],
      probes: [],
      easier: [],
      maxProbes: 0,
    },
    {
      id: 'cost',
      title: 'Running time',
      questions: [{ id: 'cost.growth', text: 'How does the running time grow with the input?', again: 'What is its complexity, roughly?' }],
      probes: [{ id: 'cost.better', text: 'Could it be made faster?', again: 'Do you see a quicker way?' }],
      easier: [{ id: 'cost.easier-double', text: 'If the input were twice as long, how much longer would it take?', again: 'Twice the input: about twice the time, or more?' }],
      maxProbes: 1,
    },
  ],
  probesByName: [],
  companion: ['Okay. Go ahead, I am listening.', 'Good. Carry on, and tell me when you are done.', 'All right. Keep going, and think aloud if you like.'],
  sumUp: {
    leads: ['Thank you.'],
    likes: ['You talked about {topics}.'],
    goodAt: [],
    wants: [],
    mixed: [],
    dislikes: [],
    withoutTopics: ['Thank you for walking me through it.'],
    questions: [{ id: 'sum-up.differently', text: 'Looking back, what would you do differently?', again: 'If you did it again, what would you change?' }],
    confirmations: [],
  },
  corrections: { swapped: ['{right}, not {wrong}. I see.'], dropped: ['All right, without {wrong}.'], added: ['All right, {right}.'], noted: ['All right.'], questions: [{ id: 'correct.what', text: 'Sorry. What did I get wrong?', again: 'Which part was not right?' }] },
  goodbyes: ['Thank you, {name}. That is all from me. Goodbye, and well done for thinking aloud.', 'Thanks, {name}. We can stop here. Goodbye, and have a good day.'],
  duration: 'Take the time you need. An hour is the most we have.',
  purpose: 'I want to understand how you think about the problem.',
  cannotAnswer: ['Decide as you think best, and tell me why.', 'That is yours to decide. Tell me what you choose.'],
  limits: { easeOffAfterMs: 40 * MINUTE_MS, sumUpAfterMs: 55 * MINUTE_MS, closeAfterMs: 60 * MINUTE_MS, sumUpAfterAnswers: 60, closeAfterAnswers: 64 },
};
