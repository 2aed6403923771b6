import { describe, expect, it } from 'vitest';
import { requestFor } from '#adapters/code-runner-contract/programs.ts';
import type { RunRequest } from '#domain/code/ports.ts';
import type { RunResult } from '#domain/code/run.ts';
import { SpoolError } from '#domain/errors.ts';
import type { BareMachine } from './bare-machine.ts';
import { RunInFunction } from './run-in-function.ts';
import type { Judge } from './run-tests.ts';
import type { SandboxRunner } from './sandbox-runner.ts';

const done = { status: 'passed', success: true } as RunResult;

/** What the runner is asked, and in which order the machine is cleaned. */
function world(run: (request: RunRequest, judge: Judge, signal: AbortSignal) => Promise<RunResult>, keepsSecrets = true) {
  const happened: string[] = [];
  const asked: RunRequest[] = [];
  const machine = { sweep: async () => void happened.push('sweep'), fresh: () => void happened.push('fresh') } as unknown as BareMachine;
  const runnerFor = (languages: readonly string[] | null, judge: Judge) => {
    happened.push(`runner for ${languages?.join() ?? 'all'}`);
    return {
      run: (request: RunRequest, _tell: unknown, signal: AbortSignal) => {
        asked.push(request);
        happened.push('run');
        return run(request, judge, signal);
      },
      prepared: async () => {},
      describe: async () => ({ languages: [], enforcement: 'vm', unavailable: null }),
    } as unknown as SandboxRunner;
  };
  return { handler: new RunInFunction({ machine, keepsSecrets, runnerFor }), happened, asked };
}

describe('one invocation', () => {
  const request = requestFor('python', 'def f(a): return a', { tests: [[1, 1], [2, 'the expected one']] });

  it('hands on what the program answered, without knowing what was expected, and cleans up behind it', async () => {
    const { handler, happened, asked } = world(async ({ tests }, judge) => {
      if (tests) expect(judge(tests.cases[1]!, 2, '2')).toBe(true);
      return done;
    });
    expect(await handler.answer({ op: 'run', request }, 28_000)).toEqual({ type: 'result', result: done, answers: [null, '2'] });
    expect(asked[0]!.tests!.cases.map(({ expected }) => expected)).toEqual([null, null]);
    expect(happened).toEqual(['runner for python', 'run', 'sweep', 'fresh']);
    expect(await handler.answer({ op: 'run', request: { ...request, tests: undefined } }, 28_000)).toMatchObject({ answers: [] });
    expect(happened.filter((each) => each.startsWith('runner'))).toHaveLength(1);
  });
  it('gives a program less than the invocation has, and never more than it asked for', async () => {
    const { handler, asked } = world(async () => done);
    await handler.answer({ op: 'run', request }, 28_000);
    await handler.answer({ op: 'run', request: { ...request, language: 'java' } }, 28_000);
    await handler.answer({ op: 'run', request }, 5_000);
    await handler.answer({ op: 'run', request: { ...request, limits: { ...request.limits, wallMsPerRun: 700 } } }, 28_000);
    expect(asked.map(({ limits }) => limits.wallMsPerRun)).toEqual([21_000, 16_000, 2_500, 700]);
  });
  it('runs no hidden tests where programs could read them', async () => {
    const { handler, asked } = world(async () => done, false);
    const hidden = requestFor('python', 'def f(a): return a', { tests: [[1, 1]], hidden: [[2, 2]] });
    expect(await handler.answer({ op: 'run', request: hidden }, 28_000)).toMatchObject({ type: 'refused', code: 'runner.unavailable' });
    expect(asked).toEqual([]);
    expect(await handler.answer({ op: 'run', request }, 28_000)).toMatchObject({ type: 'result' });
  });
  it('says that it was late rather than being ended, and cleans up then too', async () => {
    const { handler, happened } = world((_request, _judge, signal) => new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    }));
    expect(await handler.answer({ op: 'run', request }, 1)).toEqual({ type: 'late' });
    expect(happened.slice(-2)).toEqual(['sweep', 'fresh']);
  });
  it('tells refusals by their code, and of an error of ours nothing but that there was one', async () => {
    const refusing = world(() => Promise.reject(new SpoolError('entry_point.ambiguous', undefined, { personMessage: 'Which?' })));
    expect(await refusing.handler.answer({ op: 'run', request }, 28_000)).toEqual({ type: 'refused', code: 'entry_point.ambiguous', personMessage: 'Which?' });
    const broken = world(() => Promise.reject(new Error('secret')));
    const answer = await broken.handler.answer({ op: 'run', request }, 28_000);
    expect(answer).toMatchObject({ type: 'refused', code: 'internal' });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
  it('describes all languages at once', async () => {
    const { handler, happened } = world(async () => done);
    expect(await handler.answer({ op: 'describe' }, 28_000)).toMatchObject({ type: 'description', description: { enforcement: 'vm' } });
    expect(happened).toEqual(['runner for all']);
  });
});
