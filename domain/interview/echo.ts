/** Tells the interviewer's own voice, picked up by the microphone, from an answer. */

/** At this share and above a text is taken for an echo. Recognition of a loudspeaker misses about every fifth word. */
export const ECHO_SHARE = 0.75;
/** Texts this short share words with anything: only the exact words in a row count. */
const MAX_EXACT_WORDS = 2;
/** An echo is one stretch of what was spoken; this much longer than the text, for words that were not picked up. */
const WINDOW_FACTOR = 1.5;
const WINDOW_EXTRA_WORDS = 2;
/** Bounds the work: only the end of a long turn can still be in the room. */
const MAX_AGENT_WORDS = 200;
const MAX_TEXT_WORDS = 40;

/**
 * Share (0..1) of the words of `text` that occur in order within one stretch of `agentText`: the longest common
 * subsequence over words, compared without case and punctuation. 0 for empty texts.
 */
export function echoOf(text: string, agentText: string): number {
  const words = wordsOf(text).slice(0, MAX_TEXT_WORDS);
  const spoken = wordsOf(agentText).slice(-MAX_AGENT_WORDS);
  if (words.length === 0 || spoken.length === 0) return 0;
  if (words.length <= MAX_EXACT_WORDS) return ` ${spoken.join(' ')} `.includes(` ${words.join(' ')} `) ? 1 : 0;
  const windowWords = Math.ceil(words.length * WINDOW_FACTOR) + WINDOW_EXTRA_WORDS;
  let best = 0;
  for (let from = 0; from === 0 || from + windowWords <= spoken.length; from++) {
    best = Math.max(best, longestCommonSubsequence(words, spoken.slice(from, from + windowWords)));
    if (best === words.length) break;
  }
  return best / words.length;
}

function longestCommonSubsequence(a: string[], b: string[]): number {
  const lengths = new Uint16Array(b.length + 1);
  for (const word of a) {
    let diagonal = 0;
    for (let j = 1; j <= b.length; j++) {
      const above = lengths[j]!;
      lengths[j] = word === b[j - 1] ? diagonal + 1 : Math.max(above, lengths[j - 1]!);
      diagonal = above;
    }
  }
  return lengths[b.length]!;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
