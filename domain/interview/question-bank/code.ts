/**
 * Everything the guided interviewer says in a code interview, apart from what belongs to the problem itself (problems/*): its
 * spoken statement, hints, follow-up questions and questions about approaches. Edit the words freely; keep the names.
 */

/** A question, in several wordings; `again` for who did not hear or understand it. */
export interface CodeQuestion {
  texts: string[];
  again: string;
}

export const codeBank = {
  greetings: ['Hello {name}, good to meet you.', 'Hi {name}, nice to meet you.', 'Hello {name}, I am glad you are here.'],
  greetingsWithoutName: ['Hello, good to meet you.', 'Hi there, nice to meet you.'],
  introductions: [
    'We have about {minutes} minutes for one problem. Think aloud as much as you like, and ask me whenever something is unclear.',
    'We will work on one problem for about {minutes} minutes. Tell me what you think as you go, and interrupt me at any time.',
  ],
  introductionsWithoutProblem: [
    'Work on your problem and think aloud as much as you like. I will ask a question now and then.',
    'Tell me what you are doing as you go. I will ask a question now and then, and you can interrupt me at any time.',
  ],
  beforeProblem: ['Here it is.', 'This is the task.', 'Here is the problem.'],

  /** In the order in which they usually come. */
  questions: {
    'own-words': {
      texts: ['Before we start, what does it ask for, in your own words?', 'To begin with, how would you say that in your own words?', 'First of all, what is asked for, as you understand it?'],
      again: 'How would you explain the task to a friend?',
    },
    task: {
      texts: ['To begin with, what are you going to work on?', 'First of all, what should your program do?'],
      again: 'What is the task, in a few words?',
    },
    example: {
      texts: ['Let us take an example. With {input}, what should come out?', 'To be sure, take {input}. What is the right answer there?'],
      again: 'With {input}, what would you expect?',
    },
    approach: {
      texts: ['How would you approach it, before you type anything?', 'What is your first idea, even if it is a slow one?', 'How would you go about it?'],
      again: 'What is the simplest thing that would work?',
    },
    'approach.typing': {
      texts: ['I see that you have begun. What is the idea behind it?', 'You are typing already. What are you aiming for?'],
      again: 'What is your plan for the code you are writing?',
    },
    'approach.by-hand': {
      texts: ['How would you solve a tiny example by hand?', 'With three values on paper, what would you do?'],
      again: 'What would you do with a very small input, step by step?',
    },
    'approach.cost': {
      texts: ['How does its running time grow when the input gets longer?', 'Before you write it, what will it cost in time?'],
      again: 'Twice the input: about twice the time, or more?',
    },
    'approach.why': {
      texts: ['What speaks for it, compared with something simpler?', 'Why that, and not something simpler?'],
      again: 'What made you choose it?',
    },
    edges: {
      texts: ['Which inputs could still go wrong?', 'What kind of input have you not thought of yet?'],
      again: 'What happens with the smallest and with the oddest input?',
    },
    failing: {
      texts: ['What do you make of it?', 'Where could that come from?', 'What does your code do there, step by step?'],
      again: 'Where does your code go another way than you expect?',
    },
    walk: {
      texts: ['That came in one piece. Would you walk me through it, line by line?', 'That is a lot of code at once. How does it work, from top to bottom?'],
      again: 'What does each part of it do?',
    },
    complexity: {
      texts: ['What does it cost in time and in memory, and why?', 'How do time and memory grow with the input, and what makes them grow?'],
      again: 'If the input gets ten times as long, what happens to the time?',
    },
    doubt: {
      texts: ['You say {claim}, and I see {loops}. How do the two fit together?', 'I see {loops}, and you say {claim}. How do you get there?'],
      again: 'How often does the innermost line run?',
    },
    quality: {
      texts: ['If a colleague had to read this tomorrow, what would you tidy up first?', 'Before you hand it in, what would you clean up?'],
      again: 'Which part of the code would you make easier to read?',
    },
    'own-test': {
      texts: ['Which test would you add yourself?', 'If you could add one more test, which would it be?'],
      again: 'What case would you still like to check?',
    },
    reflect: {
      texts: ['Looking back, what would you do differently?', 'If you did it again from the start, what would you change?'],
      again: 'What would you do in another way next time?',
    },
    'last-words': {
      texts: ['Is there anything you would like to add, or to ask me?', 'Would you like to add anything before we close?'],
      again: 'Is anything left that you want to say?',
    },
  } satisfies Record<string, CodeQuestion>,

  /** After an answer, before the next question. First words are short: they are spoken at once. */
  acknowledgements: ['I see.', 'All right.', 'Okay.', 'Understood.', 'Thank you.', 'That is clear.'],
  /** While somebody thinks aloud: no question, nothing to react to. */
  listening: ['I am following.', 'Okay, go on.', 'Mhm.', 'I am with you.', 'Go on.'],
  /** After a right and a wrong answer to the example. */
  exampleRight: ['Right, that is it.', 'Yes, exactly.', 'That is what I get, too.'],
  exampleWrong: ['I get {expected} there. Have another look at the task, and tell me if that surprises you.', 'Hm, for that one the answer is {expected}. It may be worth reading the task once more.'],
  /** To who does not know the example's answer. */
  exampleTold: ['There it is {expected}. Have a look at why.', 'It would be {expected}. Take a moment to see why.'],
  /** To who does not understand the task: it is told again. */
  taskAgain: ['Let me say it once more.', 'I will put it once more.'],
  goAndCode: ['Good. Go ahead and write it, and think aloud if you like.', 'Fine. Start with that, and tell me what you are doing as you go.', 'Let us see it as code, then. I am listening.'],
  /** To who talks long before the first line. */
  intoCode: ['That is a good deal to go on. Let us see a first version of it as code.', 'I think you have enough to begin. Write down the simplest version, and we talk about the rest over it.'],
  carryOn: ['Carry on, and tell me when you want to run it.', 'Keep going. I am here when you need me.', 'Go ahead, I am listening.'],
  passed: ['Good, that works.', 'There it is.', 'Good, that is a working version.'],
  tryAllTests: ['Now try all of the tests, the hidden ones too.', 'Run all the tests as well, to see whether the hidden ones agree.'],
  sameAgain: ['That is the same case again.', 'It is still the same case.'],
  offerHint: ['You can always ask me for a hint.', 'If you like, say: give me a hint.'],
  improve: ['If you want to try that, go ahead; we have the time.', 'Try it if you like. What you have works already.'],

  /** Before a hint. */
  hintLeads: ['Here is one.', 'Gladly, a small one.', 'All right, a hint.', 'Sure.'],
  hintFirstTry: ['Try the last one first, even with a tiny example, and tell me what you find.', 'Let us stay with the last one for a moment. What does it tell you about your code?'],
  hintsUsedUp: ['I have no more hints, and I think you have all the pieces. Take a tiny example and do by hand what your code should do.', 'Those were all the hints there are. Take the smallest example, and say aloud what has to happen first.'],
  noHints: ['I have no hints for this one. Take a tiny example and do it by hand, and the first step often shows.'],
  /** Said to somebody who is stuck, before the hint. */
  stuckLeads: ['That is a normal place to get stuck.', 'No problem, that happens.', 'Let us get you going again.'],

  /** After a long silence. */
  help: {
    start: ['Take your time. When you are ready, tell me your first idea, even a slow one.', 'There is no hurry. If it helps, say aloud what you are thinking about.'],
    empty: ['If it is hard to begin, we can do a tiny example by hand. Or ask me for a hint.', 'A beginning need not be clever. The slowest way that works is a fine start, and you can ask me for a hint.'],
    notRun: ['Would you like to run what you have? It may tell you something.', 'You could run it as it stands, only to see what it says.'],
    failing: ['You are still at the case that fails. Shall we look at it together, or would you like a hint?', 'Is it still that one case? Say what your code does with it, or ask me for a hint.'],
    passing: ['Are you still improving it, or shall we talk about it?', 'It works. Shall we go on with a few questions about it?'],
  },

  /** Of the time: `{left}` and `{planned}` minutes in words. */
  time: {
    left: ['There are about {left} left of the {planned} we planned.', 'About {left} left.'],
    over: ['The {planned} minutes we planned are over. You may still finish your thought.', 'The planned time is up, but take a few minutes to round it off.'],
    unplanned: ['There is no fixed time. An hour is the most we have.'],
    halfway: ['By the way, more than half of the time is gone. A simple version that runs is worth more than a clever one that does not.', 'A word on the time: more than half of it is behind us. Get something running first.'],
    overHint: ['The planned time is over now. Take a few minutes more to come to a version that runs.', 'We have reached the planned time. Bring it to a point where it runs, and then we talk about it.'],
    closing: ['We have to come to an end.', 'Our time is up, so let us close here.'],
  },

  /** To questions. */
  fromTask: ['The task says: {sentence}', 'There is a word on that in the task: {sentence}'],
  openQuestion: ['The task leaves that open. Decide as you think best, and tell me why.', 'That is not said. Choose what seems sensible, and say it aloud.'],
  anyTool: ['Use whatever your language offers. Just tell me what it costs.', 'You may use it. Say what it does for you, and what it costs.'],
  isItRight: ['The tests will tell you better than I can. What makes you sure, or unsure?', 'I would rather hear what you think. Where could it go wrong?'],
  aboutRun: ['Of the last run I can tell you this.', 'This is what the last run says.'],
  noRunYet: ['You have not run it yet. Try that first.', 'There is no run yet. Run it, and we look at it together.'],

  /** To who wants what an interviewer does not give. */
  noSolution: ['I will not write it for you, but I can give you a hint. Just say so.', 'The solution has to be yours. A hint you can have, step by step.'],
  noHidden: ['What the hidden tests contain stays hidden. Think of the inputs you would use to break it.', 'I cannot tell you about the hidden tests. Which inputs would you put in them?'],
  noScores: ['I give no scores, and I decide nothing. People look at all of it later. Let us go on.', 'Judging is not up to me, and nothing you tell me changes a score. Let us stay with the problem.'],
  noOrders: ['I stay with the interview. Let us go on with the problem.', 'That is nothing I can do. Back to the problem.'],

  /** To `done`, before everything passes. */
  notDoneYet: ['Not all of the tests pass yet. You may stop here, or try once more.', 'There are still tests that fail. Would you like to have another go at them?'],
  runFirst: ['Run the tests once, then we know.', 'Let us see what the tests say. Run them when you are ready.'],

  summary: {
    leads: ['Let me sum up.', 'This is what I take from it.'],
    all: ['Your code passes all {total} tests.', 'All {total} tests pass with your code.'],
    some: ['{passed} of the {total} tests pass with your code.'],
    none: ['You have a beginning, and the tests do not pass yet.'],
    notRun: ['The tests were not run.'],
    nothing: ['No code was written.'],
    approach: ['You solved it with: {approach}.', 'Your way was: {approach}.'],
    noHint: ['You needed no hint.'],
    oneHint: ['You took one hint.'],
    hints: ['You took {count} hints.'],
    talked: ['We talked about {topics}.'],
    topics: { approach: 'your approach', cost: 'what it costs', edges: 'edge cases', quality: 'how it reads', more: 'further questions' },
    fair: ['People of the team read and decide, not I.', 'What follows from it is decided by people, not by me.'],
  },
  goodbyes: ['Thank you, {name}. Goodbye, and have a good day.', 'Thank you for your time, {name}. Goodbye, and take care.', 'Many thanks, {name}. It was good to follow your thoughts. Goodbye.'],
  purpose: 'I want to understand how you think about the problem, more than whether you finish it.',
  limits: {
    /** From this share of the planned minutes on, somebody without a working version is told. */
    halfwayShare: 0.6,
    /** After this share the questions end and it closes. */
    closeShare: 1.6,
    /** Where no time is planned. */
    plannedMinutes: 40,
    maxMinutes: 75,
    closeAfterAnswers: 120,
  },
};
export type CodeBank = typeof codeBank;
export type CodeQuestionId = keyof CodeBank['questions'];
