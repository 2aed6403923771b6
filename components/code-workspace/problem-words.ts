/** Words for problems of the code interview. Pure. */
import type { AREAS_OF_PROBLEMS, PublicProblem } from '#domain/code/problem.ts';
import type { Language } from '#domain/code/run.ts';

export const DIFFICULTY_WORDS: Record<PublicProblem['difficulty'], string> = { easy: 'Easy', medium: 'Medium', hard: 'Hard' };
export const AREA_WORDS: Record<(typeof AREAS_OF_PROBLEMS)[number], string> = {
  arrays: 'arrays', strings: 'strings', maps: 'maps', stacks: 'stacks', lists: 'linked lists', trees: 'trees', graphs: 'graphs', 'dynamic-programming': 'dynamic programming',
  intervals: 'intervals', parsing: 'parsing', debugging: 'debugging', refactoring: 'refactoring', design: 'design', search: 'search', numbers: 'numbers',
};
export const LANGUAGE_WORDS: Record<Language, string> = { python: 'Python', javascript: 'JavaScript', java: 'Java', cpp: 'C++' };

/** What a file of this language is called; Java wants the name of its public class. */
export function starterPath(language: Language, starter: string): string {
  if (language === 'java') return `${/\bpublic\s+(?:(?:final|abstract|sealed)\s+)*(?:class|record|enum|interface)\s+(\w+)/.exec(starter)?.[1] ?? 'Solution'}.java`;
  return { python: 'solution.py', javascript: 'solution.js', cpp: 'solution.cpp' }[language];
}

/** `12:30 of 20 min`; over it: how much. */
export function timeAgainst(elapsedMs: number, minutes: number): { over: boolean; words: string } {
  const leftMs = minutes * 60_000 - elapsedMs;
  const left = Math.ceil(Math.abs(leftMs) / 60_000);
  if (leftMs >= 0) return { over: false, words: left === 1 ? 'the last minute' : `${left} min left of ${minutes}` };
  return { over: true, words: `${Math.max(1, Math.floor(-leftMs / 60_000))} min over the usual ${minutes}` };
}
