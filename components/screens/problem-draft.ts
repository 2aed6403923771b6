/** A problem as the text its author edits. */
import type { Problem, ProblemDraft, PublicProblem } from '#domain/code/problem.ts';

const LEVELS = { weak: '', solid: '', strong: '' };
/** What only the author of a problem knows: empty, so that saving asks for each by its path. */
const UNKNOWN = {
  spoken: '',
  hiddenTests: [],
  solutions: { python: '', javascript: '', java: '', cpp: '' },
  hints: ['', '', ''],
  followUps: ['', ''],
  complexity: { time: '', space: '', spoken: '' },
  approaches: [{ name: '', optimal: true, ask: '' }],
  rubric: { 'problem-solving': LEVELS, 'code-quality': LEVELS, correctness: LEVELS, communication: LEVELS, speed: LEVELS },
} satisfies Omit<ProblemDraft, Exclude<keyof PublicProblem, 'id'>>;

/** @param problem whole, or the public part, to which what is missing is added empty */
export function draftText(problem: Problem | PublicProblem): string {
  const { id: _id, ...rest } = problem;
  // What is there comes first and keeps its order; what is missing follows.
  return JSON.stringify({ ...rest, ...UNKNOWN, ...rest }, null, 2);
}

export type ReadDraft = { draft: unknown; message: null } | { draft: null; message: string };

/** The text as what is sent; otherwise why it is no JSON. */
export function readDraft(text: string): ReadDraft {
  try {
    return { draft: JSON.parse(text), message: null };
  } catch (error) {
    return { draft: null, message: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}
