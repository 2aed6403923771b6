import { beforeEach, describe, expect, test } from 'vitest';
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { makeSampleJob } from '#domain/jobs/session-jobs.ts';
import { silentLog } from '#domain/log.ts';
import type { Capacity } from '#domain/operations/capacity.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { CapacityKeeper, LOOK_EVERY_MS } from './capacity-keeper.ts';
import { onceAwake, warmWorkersHandler } from './handlers/warm-workers.ts';
import { jobHandler } from './job.ts';

describe('how much runs', () => {
  let clock: ManualClock;
  /** What was asked of it, in order. */
  let asked: string[];
  let demand: { meetings: number; needed: boolean };
  let ingestFails: boolean;
  /** How often the live sessions are still waking when asked. */
  let waking: number;
  const capacity: Capacity = {
    async wakeRealtime() {
      asked.push('wake');
      return (waking -= 1) >= 0 ? 'waking' : 'awake';
    },
    warmChunkWorkers: async () => void asked.push('warm'),
    async fitIngest(live) {
      if (ingestFails) throw new SpoolError('unavailable');
      asked.push(`ingest ${await live()}`);
    },
  };
  const rows = { streamedMeetings: async () => demand.meetings, realtimeNeeded: async () => demand.needed };
  beforeEach(() => {
    clock = new ManualClock();
    asked = [];
    demand = { meetings: 2, needed: false };
    ingestFails = false;
    waking = 0;
  });

  test('is looked at again and again, the one when the other fails too', async () => {
    const keeper = new CapacityKeeper({ capacity, demand: rows, clock, log: silentLog });
    keeper.start();
    await clock.advance(LOOK_EVERY_MS);
    expect(asked).toEqual(['ingest 2']);
    demand = { meetings: 0, needed: true };
    await clock.advance(LOOK_EVERY_MS);
    ingestFails = true;
    await clock.advance(LOOK_EVERY_MS);
    expect(asked).toEqual(['ingest 2', 'ingest 0', 'wake', 'wake']);
    keeper.stop();
    expect(clock.pending).toBe(0);
  });

  test('is raised for a meeting before its first sound', async () => {
    await warmWorkersHandler({ capacity, demand: rows, log: silentLog, warmEngines: async () => void asked.push('engines') }).handle({ sessionId: newId() }, new AbortController().signal);
    expect(asked.toSorted()).toEqual(['engines', 'ingest 2', 'wake', 'warm']);
  });

  test('is asked for in all its parts when one of them fails, again, and at last without a dead letter', async () => {
    const said: unknown[] = [];
    const log = { ...silentLog, warn: (fields: object) => void said.push(fields) };
    const sessionId = newId();
    const warmEngines = () => Promise.reject(new Error('no model'));
    const { handle } = warmWorkersHandler({ capacity, demand: rows, log, warmEngines });
    ingestFails = true;
    await expect(handle({ sessionId }, new AbortController().signal, { lastTry: false })).rejects.toMatchObject({ code: 'unavailable' });
    expect(said).toEqual([]);
    await handle({ sessionId }, new AbortController().signal, { lastTry: true });
    expect(said).toEqual([{ sessionId, code: 'unavailable' }]);
    ingestFails = false;
    await handle({ sessionId }, new AbortController().signal, { lastTry: true });
    expect(said[1]).toEqual({ sessionId, code: 'internal' });
    expect(asked.toSorted()).toEqual(['ingest 2', 'wake', 'wake', 'wake', 'warm', 'warm', 'warm']);
  });

  test('is waited for by a job that talks to the live sessions, until it is stopped', async () => {
    const handler = onceAwake(jobHandler(makeSampleJob, async () => void asked.push('sample')), { capacity, clock });
    const payload = { sessionId: newId() };
    waking = 3;
    const done = handler.handle(payload, new AbortController().signal);
    await clock.advance(60_000);
    await done;
    expect(asked).toEqual(['wake', 'wake', 'wake', 'wake', 'sample']);
    waking = Infinity;
    const stopping = new AbortController();
    const given = handler.handle(payload, stopping.signal);
    await clock.advance(60_000);
    stopping.abort();
    await expect(given).rejects.toMatchObject({ code: 'unavailable' });
    expect(clock.pending).toBe(0);
  });
});
