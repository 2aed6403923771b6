import { authorize } from '../session/authorize.ts';
import type { PersonActor } from '../actor.ts';
import { SpoolError, asSpoolError } from '../errors.ts';
import type { FieldProblem } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Session } from '../session/session.ts';
import { findOpenSession } from './context.ts';
import type { CodeContext } from './context.ts';
import type { WorkspaceFile } from './file.ts';
import { filePathOf } from './file-path.ts';
import type { RunRecordRequest, RunRequest } from './ports.ts';
import { RUN_DEFAULTS } from './run.ts';
import type { ExecuteInput, Language, RunResult } from './run.ts';
import { RunLog } from './run-log.ts';
import { languageOf } from './source-language.ts';

/** The hosting in front of the web app cuts requests at 30 s; what is not finished by then is asked for by its id. */
export const ANSWER_WITHIN_MS = 25_000;

export type Executed = { finished: true; runId: string; result: RunResult } | { finished: false; runId: string; status: 'queued' | 'running'; position: number | null };

/**
 * Runs a file of the session: as a program, or its function with test cases. `withinMs`: how long to wait for the result.
 * @throws SpoolError `session.not_found` | `session.over` | `file.not_found` | `request.invalid` | `runner.*` | `entry_point.ambiguous` | `language.missing`
 */
export async function executeCode({ ctx, input, withinMs = ANSWER_WITHIN_MS }: { ctx: CodeContext; input: ExecuteInput; withinMs?: number }): Promise<Executed> {
  const person = authorize(ctx.actor, 'session.use-own');
  const session = await findOpenSession(ctx, person, input.sessionId);
  const fileName = filePathOf(input.fileName);
  const files = await ctx.files.readAll(person, session.id);
  if (!files.some(({ path }) => path === fileName)) throw new SpoolError('file.not_found');
  const request = await requestOf(ctx, person, { session, fileName, files, input });
  await ctx.runs.start(person, session.id, request.runId, recordOf(request, files, input));

  const log = new RunLog({ runId: request.runId, runs: ctx.runs, clock: ctx.clock });
  const finishing = follow(ctx, request, log);
  let cancel = () => {};
  const late = new Promise<null>((resolve) => {
    cancel = ctx.clock.schedule(Math.min(withinMs, ANSWER_WITHIN_MS), () => resolve(null));
  });
  const inTime = await Promise.race([finishing, late]).finally(cancel);
  if (inTime !== null) return { finished: true, runId: request.runId, result: inTime };
  // The run goes on; what becomes of it is in its record.
  finishing.catch((error: unknown) => ctx.log.error({ runId: request.runId, code: asSpoolError(error).code }, 'A run that nobody waits for any more failed.'));
  return { finished: false, runId: request.runId, ...log.standing };
}

async function follow(ctx: CodeContext, request: RunRequest, log: RunLog): Promise<RunResult> {
  let result: RunResult;
  try {
    result = await ctx.runner.run(request, (progress) => log.note(progress));
  } catch (error) {
    // Why is more to the person than that it could not be written down; such a run counts as lost.
    await log.finish(notRun(request.language)).catch(() => {});
    throw error;
  }
  await log.finish(result);
  ctx.log.info({ sessionId: request.sessionId, runId: request.runId, language: request.language, status: result.status, timeMs: Math.round(result.timeMs) }, 'Code was run.');
  return result;
}

async function requestOf(
  ctx: CodeContext,
  person: PersonActor,
  { session, fileName, files, input }: { session: Session; fileName: string; files: WorkspaceFile[]; input: ExecuteInput },
): Promise<RunRequest> {
  const problems: FieldProblem[] = [];
  const language = input.language ?? languageOf(fileName);
  if (!language) problems.push({ path: '$.language', message: 'The extension tells no language; give one: python, javascript, java or cpp.' });
  if (input.tests && input.testCases) problems.push({ path: '$.testCases', message: 'Send either tests or testCases.' });
  const { wallMsPerCase, memoryMb } = ctx.ceilings;
  if (input.timeoutMs !== undefined && input.timeoutMs > wallMsPerCase) problems.push({ path: '$.timeoutMs', message: `At most ${wallMsPerCase}.` });
  if (input.memoryMb !== undefined && input.memoryMb > memoryMb) problems.push({ path: '$.memoryMb', message: `At most ${memoryMb}.` });
  const problem = session.templateId === null ? null : await ctx.problems.get(person, session.templateId);
  if (input.tests && !problem) problems.push({ path: '$.tests', message: 'The session has no template with tests; send testCases.' });
  if (problems.length > 0) throw new SpoolError('request.invalid', undefined, { errors: problems });

  const own = input.testCases?.map((one, index) => ({ name: one.name ?? `case ${index + 1}`, input: one.input, expected: one.expected, compare: one.compare ?? ('exact' as const), hidden: false }));
  const templates = problem && input.tests ? templateCases(problem, input.tests) : undefined;
  const cases = own ?? templates;
  return {
    runId: newId(),
    sessionId: session.id,
    language: language!,
    files: files.map(({ path, content }) => ({ path, content })),
    fileName,
    ...(cases ? { tests: { entryPoint: input.entryPoint ?? null, ...(problem ? { signature: problem.signature } : {}), cases } } : {}),
    ...(input.stdin === undefined ? {} : { stdin: input.stdin }),
    ...(input.args === undefined ? {} : { args: input.args }),
    limits: {
      wallMsPerCase: Math.min(input.timeoutMs ?? RUN_DEFAULTS.wallMsPerCase, wallMsPerCase),
      wallMsPerRun: RUN_DEFAULTS.wallMsPerRun,
      memoryMb: input.memoryMb ?? Math.min(RUN_DEFAULTS.memoryMb, memoryMb),
      outputBytes: RUN_DEFAULTS.outputBytes,
      processes: RUN_DEFAULTS.processes,
      diskBytes: RUN_DEFAULTS.diskBytes,
    },
  };
}

function templateCases(problem: NonNullable<Awaited<ReturnType<CodeContext['problems']['get']>>>, which: 'visible' | 'all') {
  const of = (tests: typeof problem.visibleTests, hidden: boolean) => tests.map(({ name, input, expected, compare }) => ({ name, input, expected, compare: compare ?? problem.compare, hidden }));
  return [...of(problem.visibleTests, false), ...(which === 'all' ? of(problem.hiddenTests, true) : [])];
}

function recordOf(request: RunRequest, files: WorkspaceFile[], input: ExecuteInput): RunRecordRequest {
  return {
    fileName: request.fileName,
    language: request.language,
    tests: input.tests ?? (input.testCases ? 'own' : null),
    versions: Object.fromEntries(files.map(({ path, version }) => [path, version])),
  };
}

/** Of a run that could not be carried out. */
function notRun(language: Language): RunResult {
  return { status: 'internal_error', success: false, language, stdout: '', stderr: '', truncated: false, exitCode: null, signal: null, timeMs: 0, cpuMs: 0, memoryKb: 0, enforcement: 'rlimit+sampler' };
}
