/**
 * An invented person who is interviewed: what they say next, decided from the conversation alone, so that whoever plays
 * them can stop at any point and go on in another process.
 */
import type { ConversationTurn } from '../interview/ports.ts';

export interface SampleScript {
  /** What the interviewer calls them. */
  name: string;
  /** Answers by what is asked: of the patterns that fit, the first that has something left to say. */
  answers: { asks: RegExp; says: string[] }[];
  /** When nothing fits. */
  anything: string[];
  /** Said into the interviewer's words, which are not heard to their end. */
  interruption: { atTurn: number; says: string };
  /** A command in their own words, instead of an answer. */
  command: { atTurn: number; says: string };
  /** After so many answers they say that this is all. */
  answersBeforeEnd: number;
  end: string;
  /** To the first sum-up, and to every further one. */
  correction: string;
  agreement: string;
  /** How an interviewer sums up, and how it takes its leave. */
  sumsUp: RegExp;
  leaves: RegExp;
}
export interface SampleLine {
  text: string;
  /** True: it is not put off until the interviewer has finished. */
  interrupts: boolean;
}

/** What they say to the newest of the interviewer's words; null: nothing, for it is over. `turns` ends with them. */
export function nextLine(script: SampleScript, turns: readonly ConversationTurn[]): SampleLine | null {
  const said = new Set<string>();
  let line: SampleLine | null = null;
  for (const [index, question] of questionsOf(turns).entries()) {
    line = lineFor(script, { turn: index + 1, question, said });
    if (line) said.add(line.text);
  }
  return line;
}

/** The interviewer's words of each exchange. What came again before they answered (after a break) is one exchange. */
function questionsOf(turns: readonly ConversationTurn[]): string[] {
  const questions: string[] = [];
  let answered = true;
  for (const { speaker, text, unheardText = '' } of turns) {
    if (speaker === 'user') answered = true;
    else {
      if (answered) questions.push('');
      answered = false;
      questions[questions.length - 1] = `${text} ${unheardText}`.trim();
    }
  }
  return questions;
}

function lineFor(script: SampleScript, { turn, question, said }: { turn: number; question: string; said: ReadonlySet<string> }): SampleLine | null {
  const { answers, anything, interruption, command, answersBeforeEnd, end, correction, agreement, sumsUp, leaves } = script;
  const say = (text: string) => ({ text, interrupts: false });
  const left = (lines: readonly string[]) => lines.find((text) => !said.has(text));
  if (leaves.test(question)) return null;
  if (sumsUp.test(question)) return say(said.has(correction) ? agreement : correction);
  if (said.has(end)) return say(agreement);
  if (turn === interruption.atTurn) return { text: interruption.says, interrupts: true };
  if (turn === command.atTurn) return say(command.says);
  const others = [interruption.says, command.says].filter((text) => said.has(text)).length;
  if (said.size - others >= answersBeforeEnd) return say(end);
  for (const { asks, says } of answers) {
    const text = asks.test(question) ? left(says) : undefined;
    if (text !== undefined) return say(text);
  }
  return say(left(anything) ?? end);
}
