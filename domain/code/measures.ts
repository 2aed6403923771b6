/** What can be read off source code without running it: the numbers an interviewer compares with a problem's approaches. */
import type { Problem } from './problem.ts';
import type { Language } from './run.ts';

export const STRUCTURES = ['map', 'set', 'sort', 'stack', 'queue', 'heap'] as const;
export type Structure = (typeof STRUCTURES)[number];

export interface CodeMeasures {
  /** The deepest nesting of loops inside one function; comprehensions and callbacks over a collection count. */
  loopDepth: number;
  /** A function calls itself, directly or through others of the file. */
  recursion: boolean;
  uses: Structure[];
  /** With the lines of each, nested ones included. */
  functions: { name: string; lines: number }[];
  /** Names of one or two letters that are no counters of loops, and names that say nothing ("temp", "data2"). */
  vagueNames: string[];
  commentLines: number;
  /** Prints left in a function that gives its answer back. */
  prints: number;
  /** Lines with code on them. */
  codeLines: number;
  /** The parser met something it does not understand: the numbers may be too small. */
  hasErrors: boolean;
}

/** Synchronous and bounded in time. Null: too long (`MAX_MEASURED_CHARS`), or nothing that can be made sense of soon enough. */
export type MeasureCode = (language: Language, source: string) => CodeMeasures | null;
/** Far above any answer of an interview. */
export const MAX_MEASURED_CHARS = 32_768;

export type Approach = Problem['approaches'][number];

/** Points off for each measure that differs; an approach further off than this is not the one. */
const MAX_DISTANCE = 2;

/**
 * Which of a problem's approaches the code looks like: all that are equally near, the weaker first, so that nobody is told to
 * be done who is not. None: nothing to go by, or nothing like any.
 */
export function approachesLike(measures: CodeMeasures, approaches: readonly Approach[]): Approach[] {
  if (measures.functions.length === 0 || (measures.loopDepth === 0 && !measures.recursion && measures.uses.length === 0 && measures.codeLines < 6)) return [];
  const ranked = approaches.map((approach) => ({ approach, distance: distanceTo(measures, approach) }));
  const nearest = Math.min(MAX_DISTANCE, ...ranked.map(({ distance }) => distance));
  return ranked
    .filter(({ distance }) => distance === nearest)
    .map(({ approach }) => approach)
    .toSorted((a, b) => Number(a.optimal) - Number(b.optimal));
}

/** A map or a set serves many ends; a stack tells much about how something is solved. */
const SURPLUS: Record<Structure, number> = { map: 0.5, set: 0.5, sort: 0.75, stack: 1, queue: 1, heap: 1 };

function distanceTo(measures: CodeMeasures, { loopDepth, recursion, uses }: Approach): number {
  const wanted = uses ?? [];
  const missing = wanted.filter((each) => !measures.uses.includes(each)).length;
  const surplus = uses === undefined ? 0 : measures.uses.filter((each) => !wanted.includes(each)).reduce((sum, each) => sum + SURPLUS[each], 0);
  return (
    (loopDepth === undefined ? 0 : Math.abs(loopDepth - measures.loopDepth)) +
    (recursion === undefined || recursion === measures.recursion ? 0 : 1.5) +
    missing * 1.25 +
    surplus
  );
}
