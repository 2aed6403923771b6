/**
 * A small pattern language for rows of words, so that ways of speaking can be kept as data:
 * `~love` every form of a verb · `a|b_c` either, `_` joins words · `(x|y z)` may be missing · `*` up to three words · `$` nothing may follow in this
 * breath · CAPITALS a class below. Adverbs, and words of negation, may stand between any two words; the latter are counted.
 */
import { verbForms } from '../inflection.ts';
import { ADVERBS, BAD, GOOD, HIGH, NEGATIONS, OKAY } from './grammar.ts';
import type { Word } from './tokens.ts';

export interface Element {
  words: ReadonlySet<string>;
  /** Alternatives of several words. */
  rows: readonly string[][];
  kind: 'word' | 'optional' | 'gap' | 'end';
}
export interface Match {
  /** Words [start, end) of the clause. */
  start: number;
  end: number;
  /** Words of negation that stood within. */
  negations: number;
  /** Where the gap lay, for patterns that enclose their object ("gave it up"); otherwise empty. */
  gap: { start: number; end: number };
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const CLASSES: Record<string, ReadonlySet<string>> = {
  BE: set("be am is are was were been being i'm we're it's that's they're he's she's what's there's isn't aren't wasn't weren't"),
  IS: set("is are was were it's that's they're isn't aren't wasn't weren't been being be"),
  HAVE: set("have has had having i've we've haven't hasn't hadn't got"),
  SEEM: set('seems seem sounds sound looks look feels feel became become becomes becoming gets get got getting stays remains'),
  ME: set('me us myself ourselves'),
  MY: set('my our'),
  A: set('a an the some any my our'),
  GOOD,
  BAD,
  OKAY,
  HIGH,
};
const MAX_GAP = 3;
const MAX_SKIPPED = 4;

export function compilePattern(source: string): Element[] {
  const joined = source.replace(/\(([^)]*)\)/g, (_, inner: string) => `(${inner.trim().replaceAll(' ', '_')})`);
  return joined.split(' ').map((part): Element => {
    if (part === '*') return { words: new Set(), rows: [], kind: 'gap' };
    if (part === '$') return { words: new Set(), rows: [], kind: 'end' };
    const optional = part.startsWith('(');
    const words = new Set<string>();
    const rows: string[][] = [];
    for (const one of (optional ? part.slice(1, -1) : part).split('|')) {
      if (CLASSES[one]) for (const word of CLASSES[one]) words.add(word);
      else if (one.startsWith('~')) {
        const [verb, ...rest] = one.slice(1).split('_');
        for (const form of verbForms(verb!)) if (rest.length > 0) rows.push([form, ...rest]);
        else words.add(form);
      }
      else if (one.includes('_')) rows.push(one.split('_'));
      else words.add(one);
    }
    return { words, rows, kind: optional ? 'optional' : 'word' };
  });
}

/** The longest way to read the pattern from this word on. Bounded by the pattern's own length: no text takes long. */
export function matchPattern(words: readonly Word[], at: number, pattern: readonly Element[]): Match | undefined {
  const step = (word: number, element: number, skipped: number, negations: number, gap: Match['gap']): Match | undefined => {
    const current = pattern[element];
    if (!current) return { start: at, end: word, negations, gap };
    if (current.kind === 'end') return word >= words.length || words[word]!.gap !== '' ? step(word, element + 1, 0, negations, gap) : undefined;
    if (current.kind === 'gap') {
      for (let length = 0; length <= MAX_GAP && word + length <= words.length; length++) {
        const found = step(word + length, element + 1, MAX_SKIPPED, negations, { start: word, end: word + length });
        if (found) return found;
        if (words[word + length] && words[word + length]!.gap !== '' && length > 0) break;
      }
      return undefined;
    }
    const next = words[word];
    if (next && current.words.has(next.w)) {
      const found = step(word + 1, element + 1, 0, negations + (NEGATIONS.has(next.w) && (current.words.has('is') || current.words.has('have')) ? 1 : 0), gap);
      if (found) return found;
    }
    for (const row of current.rows) {
      if (!row.every((w, inside) => words[word + inside]?.w === w)) continue;
      const found = step(word + row.length, element + 1, 0, negations, gap);
      if (found) return found;
    }
    if (current.kind === 'optional') {
      const after = words[word + 1];
      if (next && after && element > 0 && ADVERBS.has(next.w) && current.words.has(after.w)) {
        const found = step(word + 2, element + 1, 0, negations, gap);
        if (found) return found;
      }
      const found = step(word, element + 1, skipped, negations, gap);
      if (found) return found;
    }
    if (next && element > 0 && skipped < MAX_SKIPPED && (ADVERBS.has(next.w) || NEGATIONS.has(next.w) || isManner(next.w))) return step(word + 1, element, skipped + 1, negations + (NEGATIONS.has(next.w) ? 1 : 0), gap);
    return undefined;
  };
  return step(at, 0, 0, 0, { start: at, end: at });
}
/** "competitively", "insanely". */
export function isManner(word: string): boolean {
  return word.length > 4 && word.endsWith('ly') && !/^(?:family|fly|jelly|belly|italy|july|reply|apply|supply|ugly|lonely|friendly|lovely|early|silly|assembly|butterfly|dragonfly)$/.test(word);
}
