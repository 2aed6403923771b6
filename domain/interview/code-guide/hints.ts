/** Whether a hint was given with some words: told from the words alone, whoever chose them. */
import { normalise } from '../wording.ts';

/** A hint counts as heard from this share of its words on: the rest can be guessed. */
const HEARD_SHARE = 0.6;

/** `text`: what the person heard. */
export function hintHeardIn(text: string, hint: string): boolean {
  const said = ` ${normalise(text)} `;
  const words = normalise(hint).split(' ');
  const enough = words.slice(0, Math.ceil(words.length * HEARD_SHARE)).join(' ');
  return said.includes(` ${enough} `);
}

/** How many of the hints the interviewer gave, by its turns. */
export function hintsHeardIn(agentTexts: readonly string[], hints: readonly string[]): number {
  const given = hints.findLastIndex((hint) => agentTexts.some((text) => hintHeardIn(text, hint)));
  return given + 1;
}
