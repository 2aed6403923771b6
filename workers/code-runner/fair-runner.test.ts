import { describe, expect, it } from 'vitest';
import type { CodeRunner, RunRequest } from '#domain/code/ports.ts';
import { RUN_DEFAULTS } from '#domain/code/run.ts';
import type { RunResult } from '#domain/code/run.ts';
import { FairRunner } from './fair-runner.ts';

const result = { status: 'ok' } as RunResult;
const request = (sessionId: string, runId: string): RunRequest => ({ runId, sessionId, language: 'python', files: [], fileName: 'a.py', limits: RUN_DEFAULTS });
const turns = () => new Promise((resolve) => setImmediate(resolve));

/** A runner whose runs end when they are told to. */
function manual() {
  const started: string[] = [];
  const ends = new Map<string, (outcome: RunResult | Error) => void>();
  const inner: CodeRunner = {
    name: 'manual',
    describe: () => Promise.reject(new Error('not asked')),
    run: ({ runId }, _onProgress, signal) => new Promise((resolve, reject) => {
      started.push(runId);
      ends.set(runId, (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    }),
  };
  return { started, inner, end: async (runId: string, outcome: RunResult | Error = result) => (ends.get(runId)!(outcome), await turns()) };
}

describe('waiting for a run', () => {
  it('goes round the sessions, however many runs one of them has asked for', async () => {
    const { started, inner, end } = manual();
    const runner = new FairRunner({ inner, slots: 1 });
    const all = [['a', 'a1'], ['a', 'a2'], ['a', 'a3'], ['b', 'b1'], ['c', 'c1'], ['b', 'b2']].map(([session, run]) => runner.run(request(session!, run!), () => {}));
    await turns();
    for (let index = 0; index < 6; index += 1) await end(started[index]!);
    await Promise.all(all);
    expect(started).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });
  it('lets a session have one run at a time, though there is room', async () => {
    const { started, inner, end } = manual();
    const runner = new FairRunner({ inner, slots: 4 });
    const all = [runner.run(request('a', 'a1'), () => {}), runner.run(request('a', 'a2'), () => {}), runner.run(request('b', 'b1'), () => {})];
    await turns();
    expect(started).toEqual(['a1', 'b1']);
    await end('a1');
    expect(started).toEqual(['a1', 'b1', 'a2']);
    await end('b1');
    await end('a2');
    await Promise.all(all);
  });
  it('tells the position, and again when it changes', async () => {
    const { inner, end, started } = manual();
    const runner = new FairRunner({ inner, slots: 1 });
    const positions: number[] = [];
    const all = ['a', 'b', 'c'].map((session) => runner.run(request(session, session), (progress) => session === 'c' && progress.type === 'queued' && positions.push(progress.position)));
    await turns();
    await end('a');
    await end('b');
    await end('c');
    await Promise.all(all);
    expect(started).toEqual(['a', 'b', 'c']);
    expect(positions).toEqual([2, 1]);
  });
  it('refuses what would wait too long, and forgets who does not want to wait any more', async () => {
    const { inner, end, started } = manual();
    const runner = new FairRunner({ inner, slots: 1, maxWaiting: 2, maxWaitingPerSession: 1 });
    const first = runner.run(request('a', 'a1'), () => {});
    const gone = new AbortController();
    const second = runner.run(request('b', 'b1'), () => {}, gone.signal);
    await expect(runner.run(request('b', 'b2'), () => {})).rejects.toMatchObject({ code: 'runner.busy' });
    const third = runner.run(request('c', 'c1'), () => {});
    await expect(runner.run(request('d', 'd1'), () => {})).rejects.toMatchObject({ code: 'runner.busy', retryable: true });
    gone.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    await end('a1');
    await end('c1');
    await Promise.all([first, third]);
    expect(started).toEqual(['a1', 'c1']);
  });
  it('goes on after a run that failed', async () => {
    const { inner, end } = manual();
    const runner = new FairRunner({ inner, slots: 1 });
    const first = runner.run(request('a', 'a1'), () => {});
    const second = runner.run(request('b', 'b1'), () => {});
    first.catch(() => {});
    await turns();
    await end('a1', new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    await end('b1');
    await expect(second).resolves.toEqual(result);
  });
});
