/**
 * What the guided interviewer can say, as data. `{name}` is the first name, `{topic}` something the person said,
 * `{topics}` a list of it. Every question ends with one question mark; sentences are short, for they are spoken.
 */

export type Aspect = 'since' | 'exactly' | 'company' | 'why' | 'next' | 'beginning' | 'level';
export interface Question {
  /** Never changes, never repeats within a bank. */
  id: string;
  text: string;
  /** The same, in other words, for who did not hear or understand it. */
  again: string;
  /** Short and in everyday words. */
  plain?: true;
  /** Of a probe, what it wants to know; it is not asked when the person told already. */
  about?: Aspect;
}
/** A question about something the person named: `{topic}` stands in `text` and need not stand in `again`. */
export interface NamedProbe extends Question {
  about: Aspect;
  /** For what is liked (or done well), for what is still to be learned, or for what was given up or is not liked. */
  after: 'likes' | 'wants' | 'leaves';
}
/** What the conversation wants to know about. Areas are asked in their order. */
export interface Area {
  id: string;
  /** For the screen's progress. */
  title: string;
  /** One of them opens the area; those in plain words are for children and for who is new to English. */
  questions: Question[];
  /** Asked after a good answer; what the person mentioned has been taken up just before. */
  probes: Question[];
  /** Asked when the person does not know or says little. */
  easier: Question[];
  /** Who has just said such a thing is asked on about it instead: the area counts as opened. */
  tells?: 'wants' | 'good-at';
  /** How many probes at most. */
  maxProbes: number;
}
export interface QuestionBank {
  /** Greeting, then what will happen; the first area's question follows. */
  greetings: string[];
  greetingsWithoutName: string[];
  introductions: string[];
  areas: Area[];
  /** Asked about an interest by its name, before the probes of its area. */
  probesByName: NamedProbe[];
  /** Asked once everything was covered or the time is nearly over. */
  sumUp: {
    leads: string[];
    /** One sentence for each kind of thing understood, with `{topics}`. */
    likes: string[];
    goodAt: string[];
    wants: string[];
    mixed: string[];
    dislikes: string[];
    withoutTopics: string[];
    /** "No" must mean that nothing is wrong. */
    questions: Question[];
    /** Asked after a correction. */
    confirmations: Question[];
  };
  corrections: {
    /** `{right}` and `{wrong}` as the person said them. */
    swapped: string[];
    dropped: string[];
    added: string[];
    /** When what is wrong may not be repeated or was not named. */
    noted: string[];
    /** After "that's not right". */
    questions: Question[];
  };
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
