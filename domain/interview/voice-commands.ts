/**
 * Commands in the person's own words, recognised only when they are meant: said alone, or plainly to the interviewer. What can
 * be said is a list of definitions; the code interview adds its own. How they are labelled: tests/fixtures/interests/README.md.
 */
import { partsOf } from './utterance-parts.ts';
import type { Part } from './utterance-parts.ts';
import { SPOKEN_ABOUT, STANDARD_COMMANDS } from './voice-command-definitions.ts';

/** When it was said: at the start of an answer, in the middle of one, while the interviewer talks, or while paused. */
export type CommandContext = 'asked' | 'answering' | 'speaking' | 'paused';

export interface CommandDefinition {
  /** What clients are told, e.g. `repeat`. */
  name: string;
  /** One sentence for the screen: what happens, and what one may say. */
  help: string;
  /** Where it can be meant at all: everywhere but `paused` unless given. */
  contexts?: readonly CommandContext[];
  /**
   * Patterns over plain words (lower case, apostrophes kept, one space between, no marks), matched against a clause without
   * its fillers and courtesies. `alone`: nothing else is said. `clause`: the whole clause. `opening`: a clause begins so,
   * whatever follows. `closing`: the last clause, or one before a short reason.
   */
  alone?: readonly RegExp[];
  clause?: readonly RegExp[];
  opening?: readonly RegExp[];
  closing?: readonly RegExp[];
  /** What single patterns cannot tell. */
  recognises?: (parts: readonly Part[]) => boolean;
  /** The words fit, but something else is meant: matched against all that was said. */
  unless?: RegExp;
}

export interface RecognizeOptions {
  context: CommandContext;
  /** The first that fits is meant. `STANDARD_COMMANDS` unless given. */
  commands?: readonly CommandDefinition[];
}
export interface RecognizedCommand {
  command: string;
  /** What was said, for showing that it was understood. */
  text: string;
}

const ANYWHERE_LIVE: readonly CommandContext[] = ['asked', 'answering', 'speaking'];
/** In a longer answer a command is looked for in its first and its last clauses only. */
const MAX_SCATTERED_WORDS = 40;
/** "Delete that, it was wrong." More words go on with the answer: "Scratch that, I meant the viola, and …" */
const MAX_REASON_WORDS = 5;
/** Says why, and leaves the wish beside it what it is: "I'm a bit deaf, once more please." */
const EXCUSE =
  /^(?=(?:\S+ ){0,7}\S+$)(?!i (?:like|love|play|enjoy)).*\b(?:deaf|hear|hearing|ears?|noise|noisy|loud|traffic|connection|the line|listening|distracted|attention|my english|language|microphone|tired|late|no time|private|personal|boring|stupid|silly|hurry|don't know|no idea)\b/;

/**
 * The command that `text` (one turn, as transcribed) asks for, or null. At most 700 characters, from the beginning and the
 * end, are looked at, so that no text takes long.
 */
export function recognizeCommand(text: string, { context, commands = STANDARD_COMMANDS }: RecognizeOptions): RecognizedCommand | null {
  const utterance = partsOf(text);
  if (utterance.parts.length === 0 || SPOKEN_ABOUT.test(utterance.plain)) return null;
  const { parts } = utterance;
  const lastClause = parts.at(-1)!.clause;
  const looked = utterance.wordCount <= MAX_SCATTERED_WORDS ? parts : parts.filter(({ clause }) => clause === 0 || clause >= lastClause - 1);
  for (const command of commands) {
    if (!(command.contexts ?? ANYWHERE_LIVE).includes(context) || command.unless?.test(utterance.plain)) continue;
    if (asksFor(command, looked)) return { command: command.name, text: text.trim() };
  }
  return null;
}

function asksFor({ alone, clause, opening, closing, recognises }: CommandDefinition, parts: readonly Part[]): boolean {
  const clauses = parts.filter(({ within }) => !within);
  const wishes = clauses.filter((part) => !part.reported && fits(alone, part));
  if (wishes.length > 0 && clauses.every((part) => wishes.includes(part) || EXCUSE.test(part.words))) return true;
  const own = parts.filter(({ reported }) => !reported);
  return own.some((part) => fits(clause, part) || fits(opening, part) || (fits(closing, part) && closes(part, clauses))) || recognises?.(own) === true;
}

function closes({ clause }: Part, clauses: readonly Part[]): boolean {
  const after = clauses.filter((part) => part.clause > clause).map(({ words }) => words);
  return after.join(' ').split(' ').length <= MAX_REASON_WORDS;
}

function fits(patterns: readonly RegExp[] | undefined, { words }: Part): boolean {
  return patterns?.some((pattern) => pattern.test(words)) ?? false;
}
