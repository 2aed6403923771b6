/** Sentences of an item: the smallest thing that is quoted. */
import { evenSpaces } from './evidence.ts';

/** After these a full stop ends no sentence. */
const ABBREVIATIONS = /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|inc|ltd|co|jr|sr|fig|a\.m|p\.m|\p{Lu})\.$/iu;

/** Together they are the item's text with even spaces. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const piece of evenSpaces(text).split(/(?<=[.?!…]["'”’)]*) /u)) {
    open = open === '' ? piece : `${open} ${piece}`;
    if (ABBREVIATIONS.test(open) && !/\bI\.$/u.test(open)) continue;
    sentences.push(open);
    open = '';
  }
  if (open !== '') sentences.push(open);
  return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** The whole sentences of `text` that `quote` is in or reaches into, so that no "if" or "not" before it is lost. Null: not in there. */
export function sentencesAround(quote: string, text: string): string | null {
  const whole = evenSpaces(text);
  const from = whole.indexOf(evenSpaces(quote));
  if (from < 0) return null;
  const to = from + evenSpaces(quote).length;
  let at = 0;
  const touched: { start: number; end: number }[] = [];
  for (const sentence of sentencesOf(text)) {
    const start = whole.indexOf(sentence, at);
    at = start + sentence.length;
    if (start < to && at > from) touched.push({ start, end: at });
  }
  return touched.length === 0 ? null : whole.slice(touched[0]!.start, touched.at(-1)!.end);
}
