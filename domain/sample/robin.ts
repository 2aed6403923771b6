/** Robin, the invented learner of sample sessions. Edit the words freely; the tests play them against the interviewer. */
import { SAMPLE_PERSON_NAME } from './about.ts';
import type { SampleScript } from './learner.ts';

export const ROBIN: SampleScript = {
  name: SAMPLE_PERSON_NAME,
  answers: [
    { asks: /moment you liked|nice in the last|the last time/i, says: ['Yes. I saw the rings of Saturn. They were beautiful.'] },
    {
      asks: /\benjoy|\bfun\b|when you can choose|your own|were all yours/i,
      says: ['I love looking at the stars. I take my telescope outside whenever the sky is clear.'],
    },
    {
      asks: /\bgood at\b|come easily|help (?:them )?with|friends need|proud of|one thing you did well|at your best|your hands/i,
      says: ['I am good at baking. I bake bread every Sunday, while my brother plays chess.'],
    },
    {
      asks: /to learn next|learn one new|wanted to (?:understand|be able)|long wanted|curious|want to know more|would like to do|draws you|subject|example|show\b/i,
      says: ['School was easy for me. I would like to learn Spanish.'],
    },
    {
      asks: /alone or|in company|best\b.*\b(?:reading|understand)|helps you most|learning something go|learned gladly|find it out on your own|somebody show you/i,
      says: ['I learn best together with a friend. We help each other.'],
    },
    { asks: /month|first step|like to start|how would you begin/i, says: ['Next month I will visit an observatory.'] },
    { asks: /how long|since when/i, says: ['Since I was ten years old. My grandmother showed me how.'] },
    { asks: /did not suit|not for you|taken the place|do instead/i, says: ['It took too much of my time.'] },
    { asks: /come to|get into|how did (?:that|it) begin|brought you|how did you (?:learn|become)/i, says: ['My grandmother showed me how. She is very patient.'] },
    { asks: /share|with you\?/i, says: ['Mostly alone, when everybody is asleep.'] },
    { asks: /like (?:most )?about|makes it|special|\bwhy\b/i, says: ['It is quiet, and there is always something new to see.'] },
    { asks: /exactly|look like/i, says: ['It is simple. I take my time.'] },
    { asks: /try next|comes next/i, says: ['I want to learn more about it.'] },
    { asks: /how far|how much of it|new to (?:it|you)|have you (?:started|begun)/i, says: ['I have only just begun. I know ten words.'] },
    { asks: /be good for|do with it/i, says: ['I could talk with my friends in Madrid.'] },
    { asks: /how much time|hours a week|minutes a day|keep/i, says: ['About an hour each evening.'] },
  ],
  anything: ['School was easy for me. I would like to learn Spanish.', 'That is a long story. I think it began at school.'],
  interruption: { atTurn: 2, says: 'Oh, I forgot. I used to play the violin, but I stopped years ago.' },
  command: { atTurn: 4, says: 'Could you repeat that, please?' },
  answersBeforeEnd: 6,
  end: 'I think that is all.',
  correction: 'It is Italian, not Spanish.',
  agreement: 'Thank you. Now everything is there.',
  sumsUp: /let me sum up|this is what i heard|say it back|wrong or missing|get (?:anything|something) wrong|(?:correct|change|add) (?:or (?:add|change) )?any|(?:else|anything) (?:not right|to change)|change anything|put differently/i,
  leaves: /\bgoodbye\b/i,
};
