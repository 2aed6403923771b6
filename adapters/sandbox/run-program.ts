/** A file as a program: stdin in, output and exit code out. */
import { performance } from 'node:perf_hooks';
import type { RunRequest } from '#domain/code/ports.ts';
import type { RunResult } from '#domain/code/run.ts';
import type { Attempt } from './attempt.ts';
import type { Artefact } from './languages/language.ts';

export type ProgramOutcome = Pick<RunResult, 'status' | 'limit' | 'stdout' | 'stderr' | 'exitCode' | 'signal' | 'timeMs' | 'cpuMs' | 'memoryKb'>;

export async function runProgram(attempt: Attempt, request: RunRequest, artefact: Artefact | null, isModule: boolean): Promise<ProgramOutcome> {
  const startMs = performance.now();
  attempt.begin(request, null, artefact, isModule);
  attempt.limit(Math.min(request.limits.wallMsPerCase, request.limits.wallMsPerRun));
  const ending = await attempt.finish();
  const timeMs = performance.now() - startMs;
  // A harness that could not even begin says so.
  const refusal = await firstWords(attempt);
  await attempt.destroy();
  const stdout = attempt.stdout.takePart();
  const stderr = attempt.stderr.takePart() + refusal;
  const death = attempt.deathBy(stderr);
  return {
    status: death?.status ?? 'ok',
    ...(death?.limit ? { limit: death.limit } : {}),
    stdout,
    stderr,
    ...(attempt.stopped === 'done' || attempt.stopped === null ? ending : { exitCode: null, signal: 'SIGKILL' }),
    timeMs,
    cpuMs: attempt.sandbox.cpuMs() ?? timeMs,
    memoryKb: Math.round((attempt.sandbox.peakBytes() ?? 0) / 1024),
  };
}

async function firstWords(attempt: Attempt): Promise<string> {
  try {
    const message = await attempt.answers.next();
    if (message?.kind !== 'json') return '';
    const { error } = JSON.parse(message.text) as { error?: unknown };
    return typeof error === 'string' ? `${error}\n` : '';
  } catch {
    return '';
  }
}
