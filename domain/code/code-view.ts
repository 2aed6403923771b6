/** What an interviewer sees of a code interview when it is its turn: the problem, the code and how it came about, the runs, the time. */
import type { CodeMeasures, MeasureCode } from './measures.ts';
import { lineDiff } from './line-diff.ts';
import type { Workspace } from './ports.ts';
import type { Problem } from './problem.ts';
import type { Language } from './run.ts';
import { glanceAt } from './run-glance.ts';
import type { FinishedRun, RunGlance } from './run-glance.ts';

/** Without solutions, hidden tests and the rubric: nothing here can give away what it does not hold. */
export type InterviewProblem = Omit<Problem, 'solutions' | 'hiddenTests' | 'rubric' | 'areas' | 'compare'>;

export interface CodeView {
  /** Null: the session has no template, or it is not known any more. */
  problem: InterviewProblem | null;
  /** Null: no file with code yet. */
  file: { path: string; version: number; language: Language } | null;
  /** Of that file; a long one is cut. */
  code: string;
  /** Nothing was written beyond the starter. */
  untouched: boolean;
  /** Since the interviewer last looked; empty when nothing changed. */
  diff: string;
  measures: CodeMeasures | null;
  /** Newest last. */
  runs: RunGlance[];
  /** Milliseconds since the person last said or typed anything. */
  silenceMs: number;
  /** Null: nothing was typed yet. */
  sinceTypingMs: number | null;
  hintsGiven: number;
  /** The most that came into the file in one go, in characters. */
  largestPasteChars: number;
}

export interface LookOptions {
  workspace: Workspace;
  /** As the interviewer saw the file last; null: never. */
  lastLook: { path: string; content: string } | null;
  runs: readonly FinishedRun[];
  measure: MeasureCode;
  silenceMs: number;
  sinceTypingMs: number | null;
  hintsGiven: number;
}

/** About five lines: so much between two savings, which are a second or two apart, was not typed. */
export const PASTE_CHARS = 160;
const MAX_CODE_CHARS = 20_000;
const MAX_RUNS = 8;

export function lookAt({ workspace, lastLook, runs, measure, silenceMs, sinceTypingMs, hintsGiven }: LookOptions): CodeView {
  const problem = workspace.problem ? interviewPart(workspace.problem) : null;
  const { file } = workspace;
  const content = file?.content ?? '';
  const starter = file ? (problem?.starters[file.language] ?? '') : '';
  return {
    problem,
    file: file ? { path: file.path, version: file.version, language: file.language } : null,
    code: content.slice(0, MAX_CODE_CHARS),
    untouched: withoutSpace(content) === withoutSpace(starter) || withoutSpace(content) === '',
    diff: file ? lineDiff(lastLook?.path === file.path ? lastLook.content.slice(0, MAX_CODE_CHARS) : starter, content.slice(0, MAX_CODE_CHARS)) : '',
    measures: file ? measure(file.language, content) : null,
    runs: runs.slice(-MAX_RUNS).map((run) => glanceAt(run, problem)),
    silenceMs,
    sinceTypingMs,
    hintsGiven,
    largestPasteChars: workspace.largestPasteChars,
  };
}

export function interviewPart({ solutions: _s, hiddenTests: _h, rubric: _r, areas: _a, compare: _c, ...rest }: Problem): InterviewProblem {
  return rest;
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
