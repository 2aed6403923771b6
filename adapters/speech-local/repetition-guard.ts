/**
 * Speech models caught in a loop write the same words until their length limit. Real people repeat themselves too, so
 * a text is thrown away only when it cannot have been said in the time.
 */

/** Fast English is about 7 words or 33 letters a second in bursts; twice the usual 15 letters is already hurried. */
const MAX_CHARACTERS_PER_SECOND = 36;
/** Short segments hold a whole fast word or two; the rate means something from here on. */
const MIN_RATED_MS = 1_000;
/** Repetitions in a row of one phrase, together with a rate nobody repeats a phrase at. */
const LOOP_REPEATS = 5;
const LOOP_WORDS_PER_SECOND = 4.5;
const LONGEST_PHRASE_WORDS = 12;

export type ImplausibleReason = 'too_many_characters' | 'repetition_loop';

/** Why `text` cannot be what was said within `audioMs`, or undefined when it can. */
export function implausibleReason(text: string, audioMs: number): ImplausibleReason | undefined {
  const seconds = Math.max(audioMs, MIN_RATED_MS) / 1000;
  if (text.length / seconds > MAX_CHARACTERS_PER_SECOND) return 'too_many_characters';
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  if (words.length / seconds > LOOP_WORDS_PER_SECOND && longestRun(words) >= LOOP_REPEATS) return 'repetition_loop';
  return undefined;
}

/** The most times in a row any phrase of up to twelve words occurs. */
function longestRun(words: readonly string[]): number {
  let longest = 1;
  for (let size = 1; size <= Math.min(LONGEST_PHRASE_WORDS, words.length >> 1); size++) {
    let equal = 0;
    for (let index = size; index < words.length; index++) {
      equal = words[index] === words[index - size] ? equal + 1 : 0;
      longest = Math.max(longest, Math.floor(equal / size) + 1);
    }
  }
  return longest;
}
