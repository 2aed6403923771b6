import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import type { RunRepository } from './ports.ts';
import { RunLog } from './run-log.ts';
import type { RunResult } from './run.ts';

const result: RunResult = { status: 'ok', success: true, language: 'python', stdout: 'ab', stderr: '', truncated: false, exitCode: 0, signal: null, timeMs: 1, cpuMs: 1, memoryKb: 1, enforcement: 'cgroup-v1' };

function open() {
  const clock = new ManualClock();
  const written: unknown[] = [];
  let failing = false;
  const runs: Pick<RunRepository, 'progress' | 'finish'> = {
    async progress(_id, { status, position, events = [] }) {
      if (failing) throw new Error('The database is away.');
      written.push([status, position ?? null, events.map(({ type, data }) => `${type} ${(data as { text?: string }).text ?? ''}`.trim())]);
    },
    async finish(_id, { status }, events) {
      written.push(['finished', status, events.map(({ type }) => type)]);
    },
  };
  return { clock, written, log: new RunLog({ runId: 'r', runs: runs as RunRepository, clock }), fails: (now: boolean) => (failing = now) };
}

test('a short run is written once, with its result', async () => {
  const { clock, written, log } = open();
  log.note({ type: 'running' });
  log.note({ type: 'output', stream: 'stdout', text: 'a' });
  log.note({ type: 'output', stream: 'stdout', text: 'b' });
  await clock.advance(100);
  await log.finish(result);
  expect(written).toEqual([['finished', 'ok', ['run.output', 'run.result']]]);
  expect(clock.pending).toBe(0);
});

test('who waits is told each new position, and who watches what is printed', async () => {
  const { clock, written, log } = open();
  for (const position of [2, 1]) {
    log.note({ type: 'queued', position });
    await clock.advance(600);
  }
  log.note({ type: 'running' });
  log.note({ type: 'output', stream: 'stdout', text: 'a' });
  await clock.advance(600);
  expect(written).toEqual([['queued', 2, []], ['queued', 1, []], ['running', null, ['run.output a']]]);
});

test('a run in which nothing happens still gives a sign of life, and nothing more', async () => {
  const { clock, written, log } = open();
  log.note({ type: 'running' });
  await clock.advance(35_000);
  expect(written).toHaveLength(4);
  await log.finish(result);
});

test('a database that is away for a while does not end the run', async () => {
  const { clock, written, log, fails } = open();
  fails(true);
  log.note({ type: 'running' });
  await clock.advance(1_000);
  fails(false);
  log.note({ type: 'output', stream: 'stderr', text: 'later' });
  await clock.advance(1_000);
  await log.finish(result);
  expect(written).toEqual([['running', null, ['run.output later']], ['finished', 'ok', ['run.result']]]);
});
