/**
 * Reads the problems of a folder: one folder for each, with `problem.json`, `statement.md`, and a starter and a solution
 * in every language. Everything wrong in any of them is said at once, by file.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { contradictionsOf } from '#domain/code/contradictions.ts';
import { OWN_PREFIX, problemSchema } from '#domain/code/problem.ts';
import type { Problem } from '#domain/code/problem.ts';
import { LANGUAGES } from '#domain/code/run.ts';
import type { Language } from '#domain/code/run.ts';

export const EXTENSIONS = { python: 'py', javascript: 'js', java: 'java', cpp: 'cpp' } as const satisfies Record<Language, string>;

/** `problem.json` holds what does not read better as a file of its own. */
const problemFileSchema = problemSchema.omit({ statement: true, starters: true, solutions: true });

export interface Flaw {
  file: string;
  message: string;
}

export class ProblemFilesError extends Error {
  readonly flaws: readonly Flaw[];

  constructor(flaws: readonly Flaw[]) {
    super(`Problems for the code interview cannot be read:\n${flaws.map(({ file, message }) => `  - ${file}: ${message}`).join('\n')}`);
    this.name = 'ProblemFilesError';
    this.flaws = flaws;
  }
}

/** All problems below `directory`, the easiest first. @throws ProblemFilesError */
export async function loadProblems(directory: string): Promise<Problem[]> {
  const entries = await fs.readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw new ProblemFilesError([{ file: directory, message: `The folder cannot be read (${errnoOf(error)}).` }]);
  });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => path.join(directory, entry.name));
  const read = await Promise.all(folders.sort().map(readProblem));
  const flaws = read.flatMap((each) => each.flaws);
  if (flaws.length > 0) throw new ProblemFilesError(flaws);
  return read.flatMap(({ problem }) => problem ?? []).sort((a, b) => rank(a) - rank(b) || a.minutes - b.minutes || a.id.localeCompare(b.id));
}

/** The problem in one folder. @throws ProblemFilesError */
export async function loadProblem(folder: string): Promise<Problem> {
  const { problem, flaws } = await readProblem(folder);
  if (!problem) throw new ProblemFilesError(flaws);
  return problem;
}

function rank({ difficulty }: Problem): number {
  return problemSchema.shape.difficulty.options.indexOf(difficulty);
}

async function readProblem(folder: string): Promise<{ problem?: Problem; flaws: Flaw[] }> {
  const flaws: Flaw[] = [];
  const flaw = (name: string, message: string): void => void flaws.push({ file: path.join(folder, name), message });
  const text = async (name: string): Promise<string> => {
    const content = await readText(path.join(folder, name)).catch((error: unknown) => {
      flaw(name, errnoOf(error) === 'ENOENT' ? 'The file is missing.' : `The file cannot be read (${errnoOf(error)}).`);
      return null;
    });
    if (content?.trim() === '') flaw(name, 'The file is empty.');
    return content ?? '';
  };
  const inEveryLanguage = async (name: string): Promise<Record<Language, string>> =>
    Object.fromEntries(await Promise.all(LANGUAGES.map(async (language) => [language, await text(`${name}.${EXTENSIONS[language]}`)]))) as Record<Language, string>;

  const [json, statement, starters, solutions] = await Promise.all([text('problem.json'), text('statement.md'), inEveryLanguage('starter'), inEveryLanguage('solution')]);
  if (flaws.length > 0) return { flaws };

  const parsed = problemFileSchema.safeParse(parseJson(json, (message) => flaw('problem.json', message)));
  if (flaws.length > 0) return { flaws };
  if (!parsed.success) {
    for (const issue of parsed.error.issues) flaw('problem.json', `${placeOf(issue.path)}: ${issue.message}`);
    return { flaws };
  }
  const whole = problemSchema.safeParse({ ...parsed.data, statement, starters, solutions });
  if (!whole.success) {
    for (const issue of whole.error.issues) flaw(fileOf(issue.path), issue.message);
    return { flaws };
  }
  if (whole.data.id !== path.basename(folder)) flaw('problem.json', `id: "${whole.data.id}" is not the name of its folder.`);
  if (whole.data.id.startsWith(OWN_PREFIX)) flaw('problem.json', `id: "${OWN_PREFIX}" is for problems that people add.`);
  for (const { place, message } of contradictionsOf(whole.data)) flaw('problem.json', `${place} ${message}`);
  return flaws.length > 0 ? { flaws } : { problem: whole.data, flaws };
}

async function readText(file: string): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await fs.readFile(file));
}

function parseJson(text: string, complain: (message: string) => void): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    complain(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function fileOf([part, language]: readonly PropertyKey[]): string {
  if (part === 'statement') return 'statement.md';
  const extension = Object.entries(EXTENSIONS).find(([name]) => name === language)?.[1];
  return extension ? `${part === 'starters' ? 'starter' : 'solution'}.${extension}` : 'problem.json';
}

function placeOf(parts: readonly PropertyKey[]): string {
  return z.core.toDotPath(parts) || 'the whole';
}

function errnoOf(error: unknown): string {
  if (error instanceof TypeError) return 'it is not UTF-8';
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
