/**
 * What is written down about a code interview: five areas, each with a score, reasons, and for every reason where to see it for
 * oneself. A draft for a person, who edits and signs it; the product decides about nobody, and says so in every scorecard.
 */
import { z } from 'zod';
import { type Problem, RUBRIC_AREAS } from '../code/problem.ts';
import type { FinishedRun } from '../code/run-glance.ts';
import type { Language } from '../code/run.ts';

export { RUBRIC_AREAS };
export type RubricArea = (typeof RUBRIC_AREAS)[number];

export const NO_DECISION =
  'This is a draft made from what was said, typed and run. It decides nothing about the person: whoever signs it has checked its reasons and answers for it.';

const ms = z.int().min(0);
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('speech'), itemId: z.string().max(80), startMs: ms, endMs: ms, quote: z.string().min(1).max(300).describe('Verbatim from the item.') }),
  z.strictObject({ kind: z.literal('code'), path: z.string().min(1).max(255), version: z.int().min(1) }),
  z.strictObject({ kind: z.literal('run'), runId: z.uuid() }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

export const reasonSchema = z.strictObject({ text: z.string().trim().min(1).max(500), evidence: z.array(evidenceSchema).max(6) });
export type Reason = z.infer<typeof reasonSchema>;

/** 1 weak, 2 between, 3 solid, 4 strong, by the problem's rubric. Null: there was nothing to go by. */
export const scoreSchema = z.int().min(1).max(4).nullable();
export const areaSchema = z.strictObject({ area: z.enum(RUBRIC_AREAS), score: scoreSchema, reasons: z.array(reasonSchema).max(12) });
export type AreaScore = z.infer<typeof areaSchema>;

/** Every area once. */
export const areasSchema = z.array(areaSchema).refine((areas) => areas.length === RUBRIC_AREAS.length && new Set(areas.map(({ area }) => area)).size === RUBRIC_AREAS.length, 'Give every area once.');

export const scorecardSchema = z.strictObject({
  sessionId: z.uuid(),
  status: z.enum(['draft', 'signed']),
  areas: areasSchema,
  /** Of whoever edits it. */
  note: z.string().max(10_000),
  /** `rules`, or the language model beside them. */
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  signedBy: z.string().nullable(),
  signedAt: z.iso.datetime().nullable(),
  statement: z.string().describe('That this is a draft which decides nothing.'),
  rubric: z.record(z.enum(RUBRIC_AREAS), z.strictObject({ weak: z.string(), solid: z.string(), strong: z.string() })).nullable().describe('What weak, solid and strong look like for this problem.'),
});
export type Scorecard = z.infer<typeof scorecardSchema>;

/** What a scorecard is made of: everything of the session that evidence can point to. */
export interface ScorecardMaterial {
  problem: Problem | null;
  /** In the order in which they were said. */
  items: { itemId: string; speaker: string; text: string; startMs: number; endMs: number }[];
  runs: FinishedRun[];
  /** The main file's, oldest first. Times since the session was created. */
  versions: { path: string; version: number; language: Language; content: string; atMs: number }[];
  hints: { step: number; itemId: string; atMs: number }[];
  /** When the person joined, since the session was created. */
  startedMs: number;
}
