/**
 * Speech models caught in a loop write the same words until their length limit. Real people repeat themselves too
 * ("no, no, no"), so a loop is one only when it is long and faster than anybody repeats a phrase.
 */

const LONGEST_PHRASE_WORDS = 12;
/** A phrase of three words and more said three times in a row; a word or two, five times. */
const PHRASE_REPEATS = 3;
const WORD_REPEATS = 5;
/** Fewer words than this in all are said in one breath. */
const MIN_LOOP_WORDS = 12;
/** Calm English is 2.5 words a second; nobody outruns this while repeating a phrase. */
const LOOP_WORDS_PER_SECOND = 4.5;

export function wordsIn(text: string): string[] {
  return text.toLowerCase().replace(/’/g, "'").match(/[\p{L}\p{N}']+/gu) ?? [];
}

export interface Loop {
  phraseWords: number;
  repeats: number;
  /** Words of all its repetitions. */
  words: number;
}

/** The loop with the most words in `words`, or null when nothing is repeated often enough to be one. */
export function findLoop(words: readonly string[]): Loop | null {
  return longestRun(words, WORD_REPEATS, MIN_LOOP_WORDS);
}

function longestRun(words: readonly string[], wordRepeats: number, minWords: number): Loop | null {
  let longest: Loop | null = null;
  for (let size = 1; size <= Math.min(LONGEST_PHRASE_WORDS, words.length >> 1); size += 1) {
    let equal = 0;
    for (let index = size; index < words.length; index += 1) {
      equal = words[index] === words[index - size] ? equal + 1 : 0;
      const repeats = Math.floor(equal / size) + 1;
      const loop = { phraseWords: size, repeats, words: repeats * size };
      if (repeats >= (size < 3 ? wordRepeats : PHRASE_REPEATS) && loop.words >= minWords && loop.words > (longest?.words ?? 0)) longest = loop;
    }
  }
  return longest;
}

/** Models of characters loop within a word too: "1011111111". The same one to four characters, so often in a row. */
const CHARACTER_LOOP = /([\p{L}\p{N}]{1,4}?)\1{11}/u;
/** So many times in a row, however slowly, is worth a second look, but may be a person's. */
const DOUBTED_REPEATS = 5;

/** Whether `text` holds a loop that cannot have been said in `seconds`. */
export function loopsFasterThanSpeech(text: string, seconds: number): boolean {
  if (CHARACTER_LOOP.test(text)) return true;
  const words = wordsIn(text);
  return words.length / seconds > LOOP_WORDS_PER_SECOND && findLoop(words) !== null;
}

/** Whether an engine may have looped: enough to ask it again, not enough to hold back what it says. */
export function repeatsItself(text: string): boolean {
  return CHARACTER_LOOP.test(text) || longestRun(wordsIn(text), DOUBTED_REPEATS, 0) !== null;
}
