import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { SpoolError } from '../errors.ts';
import { silentLog } from '../log.ts';
import type { CodeContext } from './context.ts';
import { executeCode } from './execute-code.ts';
import type { RunResult } from './run.ts';

const sessionId = '5f0c3c9e-1f2b-4c57-8f2a-3e8a9b1c2d3e';
const result: RunResult = { status: 'ok', success: true, language: 'python', stdout: 'a', stderr: '', truncated: false, exitCode: 0, signal: null, timeMs: 1, cpuMs: 1, memoryKb: 1, enforcement: 'cgroup-v1' };

/** A session with one file; the database refuses to write the first result. */
function world(run: () => Promise<RunResult>) {
  const written: string[] = [];
  let refusals = 1;
  const ctx = {
    actor: { kind: 'person', id: sessionId, name: 'Cleo', role: 'learner' },
    clock: new ManualClock(),
    log: silentLog,
    sessions: { get: async () => ({ id: sessionId, status: 'live', endedAt: null, templateId: null }) },
    files: { readAll: async () => [{ path: 'a.py', content: '', version: 1 }] },
    runs: {
      start: async () => {},
      progress: async () => {},
      finish: async (_id: string, { status }: RunResult) => {
        if (refusals-- > 0) throw new SpoolError('unavailable', 'The database is away.');
        written.push(status);
      },
    },
    runner: { run },
    ceilings: { wallMsPerCase: 10_000, memoryMb: 128 },
  } as unknown as CodeContext;
  return { written, execute: () => executeCode({ ctx, input: { sessionId, fileName: 'a.py' } }) };
}

test('a run whose result could not be written is not written down as one that failed', async () => {
  const { written, execute } = world(async () => result);
  await expect(execute()).rejects.toMatchObject({ code: 'unavailable' });
  expect(written).toEqual([]);
});

test('why a run could not be carried out is said, also when that cannot be written', async () => {
  const { execute } = world(() => Promise.reject(new SpoolError('entry_point.ambiguous')));
  await expect(execute()).rejects.toMatchObject({ code: 'entry_point.ambiguous' });
});
