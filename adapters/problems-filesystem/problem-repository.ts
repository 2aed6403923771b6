/** The built-in problems, read once. Everybody who may run code may see them. */
import path from 'node:path';
import type { ProblemRepository } from '#domain/code/ports.ts';
import type { Problem } from '#domain/code/problem.ts';
import { loadProblems } from './load-problems.ts';

/** Of the checkout: every process of ours starts there. */
const BUILT_IN = 'problems';

export function createFilesystemProblems(directory = path.resolve(process.cwd(), BUILT_IN)): ProblemRepository {
  let loaded: Promise<Map<string, Problem>> | null = null;
  const problems = () =>
    (loaded ??= loadProblems(directory)
      .then((all) => new Map(all.map((problem) => [problem.id, problem])))
      .catch((error: unknown) => {
        loaded = null;
        throw error;
      }));
  return {
    list: async () => [...(await problems()).values()],
    get: async (_actor, templateId) => (await problems()).get(templateId) ?? null,
  };
}
