/**
 * Streaming text to pieces that can be spoken: the first clause as soon as it exists, then sentence by sentence.
 * Nothing is dropped or changed: the pieces joined are the text. Where the pieces end depends on the text alone, never on
 * how it was cut into deltas.
 */

/** No piece is longer, so that no engine is handed more than it speaks in one go. */
export const MAX_CLAUSE_CHARS = 200;
/** The first piece is cut earlier when nothing else ends it: the person is waiting for it. */
export const MAX_FIRST_CLAUSE_CHARS = 100;
/** A first clause shorter than this is spoken faster than the next one is made, which leaves a hole. */
const MIN_FIRST_CLAUSE_WORDS = 3;
/** A cut before "and" or "but" is audible, so it has to be worth more words. */
const MIN_WORDS_BEFORE_CONJUNCTION = 5;

const TERMINATORS = new Set(['.', '!', '?', '…']);
const CLOSERS = new Set(['"', "'", '”', '’', ')', ']']);
const CLAUSE_MARKS = new Set([',', ';', ':', '—', '–', '-']);
const CONJUNCTIONS = ['and', 'but'];
/** A point after these ends nothing. */
const ABBREVIATIONS = new Set(['dr', 'mr', 'mrs', 'ms', 'prof', 'st', 'vs', 'e.g', 'i.e', 'cf', 'approx', 'fig', 'no', 'vol', 'dept', 'gen', 'sen', 'rep', 'capt', 'mt']);
/** A point after these ends a sentence only when a capital follows. */
const OPEN_ABBREVIATIONS = new Set(['etc', 'a.m', 'p.m', 'inc', 'ltd', 'co', 'jr', 'sr', 'u.s', 'u.k', 'ph.d']);
/** Numbers are written "No. 5", but "No." alone is an answer. */
const ABBREVIATIONS_BEFORE_DIGITS = new Set(['no', 'fig', 'vol', 'approx']);

const isSpace = (char: string | undefined) => char !== undefined && /\s/u.test(char);
const isLowerCase = (char: string | undefined) => char !== undefined && /\p{Ll}/u.test(char);
const isDigit = (char: string | undefined) => char !== undefined && /\d/.test(char);
const countWords = (text: string) => text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;

/** Index to cut at, `wait` when more text decides, or `none`. */
type Verdict = number | 'wait' | 'none';

/** Incremental: push deltas, take pieces; `end` gives the rest. A piece may be blank (white space at the end of the text). */
export class ClauseCutter {
  #buffer = '';
  #first = true;

  push(delta: string): string[] {
    this.#buffer += delta;
    return this.#take(false);
  }

  /** The text is over: everything left. */
  end(): string[] {
    const pieces = this.#take(true);
    if (this.#buffer !== '') pieces.push(this.#buffer);
    this.#buffer = '';
    return pieces;
  }

  #take(ended: boolean): string[] {
    const pieces: string[] = [];
    for (;;) {
      const cut = nextCut(this.#buffer, this.#first, ended);
      if (typeof cut !== 'number') return pieces;
      pieces.push(this.#buffer.slice(0, cut));
      this.#buffer = this.#buffer.slice(cut);
      this.#first = false;
    }
  }
}

/** Pieces of a stream of deltas, each as soon as it is complete. An error of the source passes through. */
export async function* clausesOf(deltas: AsyncIterable<string>): AsyncGenerator<string> {
  const cutter = new ClauseCutter();
  for await (const delta of deltas) yield* cutter.push(delta);
  yield* cutter.end();
}

function nextCut(buffer: string, first: boolean, ended: boolean): Verdict {
  const limit = first ? MAX_FIRST_CLAUSE_CHARS : MAX_CLAUSE_CHARS;
  let spoken = false;
  let at = 0;
  while (at < Math.min(buffer.length, limit)) {
    const char = buffer[at]!;
    spoken ||= /[\p{L}\p{N}]/u.test(char);
    let verdict: Verdict = 'none';
    let next = at + 1;
    if (spoken && char === '\n') verdict = at + 1;
    else if (spoken && TERMINATORS.has(char)) {
      next = runEnd(buffer, at, TERMINATORS);
      verdict = sentenceEnd(buffer, at, next, first, ended);
    } else if (first && spoken && CLAUSE_MARKS.has(char)) verdict = clauseEnd(buffer, at, ended);
    else if (first && spoken && isSpace(char)) verdict = conjunctionAfter(buffer, at, ended);
    // What lies past the limit may not decide it, or the pieces would depend on the deltas.
    if (verdict === 'wait' && buffer.length <= limit + 2) return 'wait';
    if (typeof verdict === 'number' && verdict <= limit) return verdict;
    at = next;
  }
  return buffer.length > (ended ? limit : limit + 2) ? forcedCut(buffer, limit) : 'none';
}

function runEnd(buffer: string, from: number, of: Set<string>): number {
  let end = from;
  while (end < buffer.length && of.has(buffer[end]!)) end++;
  return end;
}

/** `markEnd` is just past the run of terminators that starts at `at`. */
function sentenceEnd(buffer: string, at: number, markEnd: number, first: boolean, ended: boolean): Verdict {
  const closeEnd = runEnd(buffer, markEnd, CLOSERS);
  if (closeEnd >= buffer.length) return ended ? 'none' : 'wait';
  if (!isSpace(buffer[closeEnd])) return 'none';
  const following = buffer[closeEnd + 1];
  const marks = buffer.slice(at, markEnd);
  const lonePoint = marks === '.';
  const word = lonePoint ? wordBefore(buffer, at) : '';
  const decidedByFollowing = !lonePoint || closeEnd > markEnd || OPEN_ABBREVIATIONS.has(word) || ABBREVIATIONS_BEFORE_DIGITS.has(word);
  if (decidedByFollowing && following === undefined && !ended) return 'wait';
  if (lonePoint) {
    if (ABBREVIATIONS_BEFORE_DIGITS.has(word)) {
      if (isDigit(following)) return 'none';
    } else if (ABBREVIATIONS.has(word) || isInitial(buffer, at) || isListNumber(buffer, at)) return 'none';
    if (OPEN_ABBREVIATIONS.has(word) && !/\p{Lu}/u.test(following ?? 'A')) return 'none';
  }
  // "Hmm... let me think" and "Really?" she said: the sentence goes on.
  if (isLowerCase(following) && (closeEnd > markEnd || /^(?:\.{2,}|…+)$/.test(marks))) {
    return first && countWords(buffer.slice(0, at)) >= MIN_FIRST_CLAUSE_WORDS ? closeEnd + 1 : 'none';
  }
  return closeEnd + 1;
}

function wordBefore(buffer: string, at: number): string {
  return /[\p{L}.]+$/u.exec(buffer.slice(Math.max(0, at - 12), at))?.[0].toLowerCase() ?? '';
}
/** "J. Smith", but not "So do I." */
function isInitial(buffer: string, at: number): boolean {
  return /(?:^|[\s.(])[A-HJ-Z]$/.test(buffer.slice(Math.max(0, at - 2), at));
}
function isListNumber(buffer: string, at: number): boolean {
  return /^\s*\d+$/.test(buffer.slice(0, at));
}

function clauseEnd(buffer: string, at: number, ended: boolean): Verdict {
  const char = buffer[at]!;
  if (countWords(buffer.slice(0, at)) < MIN_FIRST_CLAUSE_WORDS) return 'none';
  const following = buffer[at + 1];
  if (following === undefined) return ended ? 'none' : 'wait';
  if (char === '—') return isSpace(following) ? at + 2 : at + 1;
  if ((char === '-' || char === '–') && !isSpace(buffer[at - 1])) return 'none';
  return isSpace(following) ? at + 2 : 'none';
}

function conjunctionAfter(buffer: string, at: number, ended: boolean): Verdict {
  const rest = buffer.slice(at + 1, at + 5);
  for (const word of CONJUNCTIONS) {
    if (rest.startsWith(word) && isSpace(rest[word.length])) {
      return countWords(buffer.slice(0, at)) >= MIN_WORDS_BEFORE_CONJUNCTION ? at + 1 : 'none';
    }
    if (!ended && rest.length <= word.length && word.startsWith(rest) && countWords(buffer.slice(0, at)) >= MIN_WORDS_BEFORE_CONJUNCTION) return 'wait';
  }
  return 'none';
}

/** Nothing ends in time: at the last comma of the second half, else the last space, else in the middle of a word. */
function forcedCut(buffer: string, limit: number): number {
  const window = buffer.slice(0, limit);
  const comma = Math.max(...[', ', '; ', ': ', '— '].map((mark) => window.lastIndexOf(mark)));
  if (comma > limit / 2) return comma + 2;
  for (let at = limit - 1; at > 0; at--) if (isSpace(window[at]) && /\S/u.test(window.slice(0, at))) return at + 1;
  const splitsPair = /[\uD800-\uDBFF]$/.test(window);
  return splitsPair ? limit - 1 : limit;
}
