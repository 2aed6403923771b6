import { z } from 'zod';
import { authorize } from '../session/authorize.ts';
import { findSession } from '../session/context.ts';
import type { CodeContext } from './context.ts';
import { languageSchema, runStatusSchema } from './run.ts';

/** More than anybody starts in an interview; of more the newest are listed. */
export const MAX_LISTED_RUNS = 500;

const countSchema = z.strictObject({ passed: z.int().min(0), all: z.int().min(0) });
export const listedRunSchema = z.strictObject({
  runId: z.uuid(),
  fileName: z.string(),
  language: languageSchema,
  tests: z.enum(['visible', 'all', 'own']).nullable().describe('Null: it ran as a program.'),
  versions: z.record(z.string(), z.int()).describe('The versions of the files it saw.'),
  atMs: z.int().min(0).describe('When it was started, in milliseconds since the session was created, as in the event log.'),
  status: z.union([runStatusSchema, z.enum(['running', 'lost'])]),
  visible: countSchema,
  hidden: countSchema,
  timeMs: z.number().nullable(),
});
export const runListSchema = z.strictObject({ runs: z.array(listedRunSchema) });
export type ListedRun = z.infer<typeof listedRunSchema>;

/** The runs of a session, oldest first; each one’s result is at its own address. @throws SpoolError `session.not_found` */
export async function listRuns({ ctx, input }: { ctx: CodeContext; input: { sessionId: string } }): Promise<{ runs: ListedRun[] }> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findSession(ctx, person, input.sessionId);
  return { runs: await ctx.runs.list(person, session.id, MAX_LISTED_RUNS) };
}
