/** Cuts a transcript item into subtitle cues a reader can follow. */

/** Two lines of 42 characters, the usual limit of broadcast subtitles (BBC and Netflix guidelines agree on it). */
export const MAX_CUE_LINE_CHARS = 42;
/** A cue is ended early at a sentence or clause only when it is at least this long. */
const MIN_CUE_CHARS = 30;
/** A typed answer takes no time on the audio clock; each of its cues is shown this long. */
const TYPED_CUE_MS = 1_000;

export interface Cue {
  startMs: number;
  /** Exclusive, and always later than `startMs`. */
  endMs: number;
  /** One or two lines. */
  lines: string[];
}

/** Cues in order, together as long as the item, each with a share of it proportional to its text. */
export function cuesOf(item: { text: string; startMs: number; endMs: number }): Cue[] {
  const texts = splitText(item.text);
  const durationMs = item.endMs > item.startMs ? Math.max(item.endMs - item.startMs, texts.length) : texts.length * TYPED_CUE_MS;
  const totalChars = texts.reduce((sum, text) => sum + text.length, 0);
  const cues: Cue[] = [];
  let charsBefore = 0;
  let startMs = item.startMs;
  texts.forEach((text, index) => {
    charsBefore += text.length;
    const latestMs = item.startMs + durationMs - (texts.length - 1 - index);
    const endMs = Math.min(latestMs, Math.max(startMs + 1, item.startMs + Math.round((durationMs * charsBefore) / totalChars)));
    cues.push({ startMs, endMs, lines: wrap(text) });
    startMs = endMs;
  });
  return cues;
}

/** Pieces that fit two lines, cut at the end of a sentence, else of a clause, else between words. */
function splitText(text: string): string[] {
  const pieces: string[] = [];
  let words = text.split(/\s+/u).filter(Boolean).flatMap(splitLongWord);
  while (words.length > 0) {
    let count = fittingWords(words);
    if (count < words.length) count = breakBefore(words, count, /[.!?…。！？]["'”’)]*$/u) ?? breakBefore(words, count, /[,;:，、；：]$/u) ?? balanced(words, count);
    pieces.push(words.slice(0, count).join(' '));
    words = words.slice(count);
  }
  return pieces;
}

/** How many of the first words fit two lines; at least one, as no word is longer than a line. */
function fittingWords(words: string[]): number {
  let count = 0;
  for (let line = 1; line <= 2; line++) {
    let length = -1;
    while (count < words.length && length + 1 + words[count]!.length <= MAX_CUE_LINE_CHARS) length += 1 + words[count++]!.length;
  }
  return count;
}

/** `count`, or about half of the words when so little would be left that its cue could not be read. */
function balanced(words: string[], count: number): number {
  if (words.slice(count).join(' ').length >= MIN_CUE_CHARS) return count;
  const half = words.join(' ').length / 2;
  return words.findIndex((_, index) => words.slice(0, index + 1).join(' ').length >= half) + 1;
}

/** How many of the first `count` words to keep so that the last one matches `ending`; null when that leaves too little. */
function breakBefore(words: string[], count: number, ending: RegExp): number | null {
  for (let kept = count; kept > 0; kept--) {
    if (words.slice(0, kept).join(' ').length < MIN_CUE_CHARS) return null;
    if (ending.test(words[kept - 1]!)) return kept;
  }
  return null;
}

/** Languages without spaces come as one long word; it is cut between characters. */
function splitLongWord(word: string): string[] {
  if (word.length <= MAX_CUE_LINE_CHARS) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part.length + character.length > MAX_CUE_LINE_CHARS) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** One line, or two of about the same length, none longer than a line may be. */
function wrap(text: string): string[] {
  if (text.length <= MAX_CUE_LINE_CHARS) return [text];
  let best = -1;
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) {
    const fits = at <= MAX_CUE_LINE_CHARS && text.length - at - 1 <= MAX_CUE_LINE_CHARS;
    if (fits && (best === -1 || Math.abs(at - text.length / 2) < Math.abs(best - text.length / 2))) best = at;
  }
  return best === -1 ? [text] : [text.slice(0, best), text.slice(best + 1)];
}
