/**
 * A problem of the code interview: what the candidate reads, what their code is tested with, and what the interviewer knows
 * about it. Built-in ones lie in `problems/<id>/`; interviewers add their own in the same shape.
 */
import { z } from 'zod';
import { comparisonSchema, jsonValueSchema, languageSchema } from './run.ts';

/**
 * `int` (32 bit), `long` (64 bit, within ±2^53 as it crosses as JSON), `double`, `bool`, `string`, `ListNode` and `TreeNode`
 * (of int; cross as arrays, a tree level by level with null for a missing child), `map<T>` (an object with string keys), and
 * `T[]` of any of them.
 */
const TYPE = /^(?:int|long|double|bool|string|ListNode|TreeNode|map<(?:int|long|double|bool|string)(?:\[\])*>)(?:\[\]){0,3}$/;
export const typeSchema = z.string().regex(TYPE, 'A type is int, long, double, bool, string, ListNode, TreeNode or map<…>, with [] for arrays.');

export const signatureSchema = z.strictObject({
  /** In camel case; in Python the same in snake case is as good. */
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  parameters: z.array(z.strictObject({ name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/), type: typeSchema })).min(1).max(6),
  returns: typeSchema,
});
export type Signature = z.infer<typeof signatureSchema>;

export const problemTestSchema = z.strictObject({
  /** Says what is special about it: "one element", "all equal". Shown for visible ones. */
  name: z.string().trim().min(1).max(80),
  input: z.array(jsonValueSchema).min(1).max(6),
  expected: jsonValueSchema,
  compare: comparisonSchema.optional(),
});

export const RUBRIC_AREAS = ['problem-solving', 'code-quality', 'correctness', 'communication', 'speed'] as const;
export const AREAS_OF_PROBLEMS = ['arrays', 'strings', 'maps', 'stacks', 'lists', 'trees', 'graphs', 'dynamic-programming', 'intervals', 'parsing', 'debugging', 'refactoring', 'design', 'search', 'numbers'] as const;

const wordsSchema = z.string().trim().min(1).max(600);
const byLanguage = <T extends z.ZodType>(schema: T) => z.record(languageSchema, schema);

export const problemSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(60),
  title: z.string().trim().min(1).max(80),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  areas: z.array(z.enum(AREAS_OF_PROBLEMS)).min(1).max(4),
  /** The norm for speed: what a fluent candidate needs for it, talking included. */
  minutes: z.int().min(5).max(90),
  /** Markdown: the task, constraints and at least two examples. */
  statement: z.string().trim().min(1).max(20_000),
  /** The task in two or three sentences for the ear. */
  spoken: wordsSchema,
  signature: signatureSchema,
  compare: comparisonSchema.default('exact'),
  visibleTests: z.array(problemTestSchema).min(1).max(20),
  hiddenTests: z.array(problemTestSchema).min(1).max(60),
  starters: byLanguage(z.string().max(20_000)),
  solutions: byLanguage(z.string().max(20_000)),
  /** In three steps: a nudge, a direction, the key step. None gives the solution away. To be spoken. */
  hints: z.tuple([wordsSchema, wordsSchema, wordsSchema]),
  /** What to ask about once it works: to be spoken. */
  followUps: z.array(wordsSchema).min(2).max(6),
  /** What the reference solution costs, e.g. `O(n)`; `spoken` for the ear: "linear time". */
  complexity: z.strictObject({ time: z.string().max(40), space: z.string().max(40), spoken: wordsSchema }),
  /** What a weaker approach looks like in code measures, so that an interviewer without a model can ask about it. */
  approaches: z
    .array(z.strictObject({ name: z.string().max(60), loopDepth: z.int().min(0).max(5).optional(), recursion: z.boolean().optional(), uses: z.array(z.enum(['map', 'set', 'sort', 'stack', 'queue', 'heap'])).optional(), optimal: z.boolean(), ask: wordsSchema }))
    .min(1)
    .max(5),
  /** For each area of the scorecard, what weak, solid and strong look like here. */
  rubric: z.record(z.enum(RUBRIC_AREAS), z.strictObject({ weak: wordsSchema, solid: wordsSchema, strong: wordsSchema })),
});
export type Problem = z.infer<typeof problemSchema>;

/** As its author writes it; the id is given when it is kept. */
export const problemDraftSchema = problemSchema.omit({ id: true });
export type ProblemDraft = z.infer<typeof problemDraftSchema>;

/** Before a UUID, for problems that interviewers added; no built-in one begins with it. */
export const OWN_PREFIX = 'own-';

/** As candidates and other clients may see it: nothing hidden, no solution. */
export const publicProblemSchema = problemSchema.omit({ hiddenTests: true, solutions: true, hints: true, followUps: true, approaches: true, rubric: true, complexity: true, spoken: true });
export type PublicProblem = z.infer<typeof publicProblemSchema>;
