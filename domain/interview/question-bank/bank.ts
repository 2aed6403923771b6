/**
 * What the guided interviewer can say, as data. `{name}` is the first name, `{topic}` something the person said,
 * `{topics}` a list of it. Every question ends with one question mark; sentences are short, for they are spoken.
 */

export interface Question {
  /** Never changes, never repeats within a bank. */
  id: string;
  text: string;
  /** The same, in other words, for who did not hear or understand it. */
  again: string;
}
/** What the conversation wants to know about. Areas are asked in their order. */
export interface Area {
  id: string;
  /** One of them opens the area. */
  questions: Question[];
  /** Asked after a good answer; what the person mentioned has been taken up just before. */
  probes: Question[];
  /** Asked when the person does not know or says little. */
  easier: Question[];
  /** How many probes at most. */
  maxProbes: number;
}
export interface QuestionBank {
  /** Greeting, then what will happen; the first area's question follows. */
  greetings: string[];
  greetingsWithoutName: string[];
  introductions: string[];
  areas: Area[];
  /** Asked once everything was covered or the time is nearly over. */
  sumUp: { withTopics: string[]; withoutTopics: string[]; questions: Question[] };
  goodbyes: string[];
  /** Answers to "how long does this take?" and "what is this for?". */
  duration: string;
  purpose: string;
  /** When the person asks something the interviewer cannot know. */
  cannotAnswer: string[];
  /** When all areas are covered and the person is at work: short, no question. Without it the interview sums up. */
  companion?: string[];
  limits: {
    /** From here on no probes. */
    easeOffAfterMs: number;
    sumUpAfterMs: number;
    /** From here on the next reply is the last. */
    closeAfterMs: number;
    sumUpAfterAnswers: number;
    closeAfterAnswers: number;
  };
}
