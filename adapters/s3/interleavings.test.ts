/**
 * The promises of the log under every order of events: several servers write, seal, erase, read and die at the same
 * time; requests are refused, and answers are lost after the write. An order that breaks a promise is printed and shrunk.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLog } from '#domain/log.ts';
import type { AudioLog, AudioLogWriter } from '#domain/session/ports.ts';
import { parseWav } from '#domain/stream/wav.ts';
import { count } from '#tests/support/counts.ts';
import { MemoryBucket, slowDown } from '#tests/support/memory-object-store.ts';
import { createS3AudioLog } from './audio-log.ts';

/** Four samples an object and 32 a part, so that a few words make many of both. */
const SIZES = { objectBytes: 8, partBytes: 64 };
const PAGE_SIZE = 3;
const PROCESSES = 3;
/** How many turns of others a slow request sees pass. */
const LONG_TURNS = 25;

type Step = { ticks: number; process: number } & (
  | { do: 'open' | 'seal' | 'erase' | 'read' | 'crash' }
  | { do: 'append'; samples: number }
);
const step = (erasing: boolean): fc.Arbitrary<Step> => {
  const where = { ticks: fc.nat(12), process: fc.nat(PROCESSES - 1) };
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ ...where, do: fc.constant('append' as const), samples: fc.integer({ min: 1, max: 20 }) }) },
    { weight: 3, arbitrary: fc.record({ ...where, do: fc.constant('open' as const) }) },
    { weight: 3, arbitrary: fc.record({ ...where, do: fc.constantFrom('seal' as const, 'read' as const, ...(erasing ? ['erase' as const] : [])) }) },
    { weight: 1, arbitrary: fc.record({ ...where, do: fc.constant('crash' as const) }) },
  );
};
/** What the writer of `epoch` says at sample `index`: no two places alike. */
const spoken = (epoch: number, from: number, to: number) => Int16Array.from({ length: to - from }, (_, offset) => (Math.imul(from + offset + 1, 0x9e3779b1) ^ Math.imul(epoch, 0xc2b2ae35)) >> 16);

class World {
  readonly sessionId = randomUUID();
  readonly bucket = new MemoryBucket();
  readonly #scheduler: fc.Scheduler;
  readonly #faults: number[];
  #faultAt = 0;
  #now = 0;
  #epoch = 0;
  readonly processes = Array.from({ length: PROCESSES }, () => this.#start());
  readonly acks: { epoch: number; from: number; to: number; at: number }[] = [];
  readonly reads: { samples: Int16Array; begunAt: number }[] = [];
  /** When something ended that every writer opened before it must have noticed, and which of them may go on. */
  readonly ends: { at: number; belowEpoch: number }[] = [];
  readonly problems: unknown[] = [];
  erased = false;
  crashed = false;

  constructor(scheduler: fc.Scheduler, faults: number[]) {
    this.#scheduler = scheduler;
    this.#faults = faults;
  }

  #start() {
    const process: { log: AudioLog; writer: AudioLogWriter | null; epoch: number; givenThrough: number; dead: boolean } = { writer: null, epoch: 0, givenThrough: 0, dead: false, log: null as unknown as AudioLog };
    const never = new Promise<never>(() => {});
    const turn = async (label: string) => {
      await this.#scheduler.schedule(Promise.resolve(), label);
      this.#now += 1;
    };
    process.log = createS3AudioLog({
      ...SIZES,
      log: silentLog,
      clock: { nowMs: () => 0, monotonicMs: () => 0, schedule: (_delayMs, run) => (void turn('timer').then(() => (process.dead ? undefined : run())), () => {}) },
      store: this.bucket.connect({
        before: async (operation, key) => {
          if (process.dead) await never;
          // A request that is on its way arrives, even when its sender has died.
          const fault = this.#fault();
          for (let turns = fault >= 2 && fault < 5 ? LONG_TURNS : 1; turns > 0; turns -= 1) await turn(`${operation} ${key.slice(-8)}`);
          if (fault === 0) throw slowDown();
        },
        after: async (operation) => {
          await turn(`answer of ${operation}`);
          if (process.dead) await never;
          if (this.#fault() === 1) throw slowDown();
        },
      }, PAGE_SIZE),
    });
    return process;
  }
  #fault(): number {
    return this.#faults[(this.#faultAt++) % this.#faults.length] ?? 9;
  }

  run(step: Step): void {
    const process = this.processes[step.process]!;
    const { log } = process;
    const begunAt = (this.#now += 1);
    const refused = (error: unknown) => {
      if (!['lease.lost', 'audio.write_failed', 'unavailable'].includes((error as { code?: string }).code ?? '')) this.problems.push(error);
    };
    if (step.do === 'crash') {
      process.dead = true;
      this.crashed = true;
      this.processes[step.process] = this.#start();
    } else if (step.do === 'open') {
      const epoch = (this.#epoch += 1);
      void log.openWriter(this.sessionId, epoch).then((writer) => {
        if (process.dead) return;
        expect(this.erased).toBe(false);
        // All that had been acknowledged when it asked lies before it.
        const acknowledged = Math.max(0, ...this.acks.filter(({ at }) => at < begunAt).map(({ to }) => to));
        expect(writer.durableThroughSample).toBeGreaterThanOrEqual(acknowledged);
        this.ends.push({ at: this.#now, belowEpoch: epoch });
        if (epoch > process.epoch) Object.assign(process, { writer, epoch, givenThrough: writer.durableThroughSample });
      }).catch(refused);
    } else if (step.do === 'append' && process.writer) {
      const { epoch, givenThrough: from } = process;
      const to = (process.givenThrough = from + step.samples);
      void process.writer.append(spoken(epoch, from, to)).then((through) => {
        if (process.dead) return;
        expect(through).toBe(to);
        // Given after a newer writer had begun, or after a seal or an erasure, it must have been refused.
        expect(this.ends.filter(({ at, belowEpoch }) => at < begunAt && epoch < belowEpoch)).toEqual([]);
        this.acks.push({ epoch, from, to, at: this.#now });
      }).catch(refused);
    } else if (step.do === 'read') {
      void log.read(this.sessionId, 0, 1_000).then((samples) => this.reads.push({ samples, begunAt })).catch(refused);
    } else if (step.do === 'seal' || step.do === 'erase') {
      // Writers opened while it ran may go on; those opened before it began may not.
      const belowEpoch = this.#epoch + 1;
      const openedBefore = Math.max(0, ...this.ends.map((end) => end.belowEpoch));
      void log[step.do](this.sessionId).then(() => {
        this.ends.push({ at: this.#now, belowEpoch: step.do === 'erase' ? belowEpoch : openedBefore + 1 });
        this.erased ||= step.do === 'erase';
      }).catch(refused);
    }
  }

  async tick(): Promise<void> {
    await setImmediate();
    if (this.#scheduler.count() > 0) await this.#scheduler.waitOne();
  }
  async settle(): Promise<void> {
    for (await setImmediate(); this.#scheduler.count() > 0; await setImmediate()) await this.#scheduler.waitOne();
  }
  /** As a process sees it that starts when all is quiet. */
  calmly(): AudioLog {
    return createS3AudioLog({ ...SIZES, store: this.bucket.connect(undefined, PAGE_SIZE), log: silentLog, clock: { nowMs: () => 0, monotonicMs: () => 0, schedule: (_delayMs, run) => (void setImmediate().then(run), () => {}) } });
  }
  audio(): string[] {
    return [...this.bucket.objects].filter(([key, { body }]) => !key.startsWith('erased/') && (!key.startsWith('log/') || body.byteLength % 2 === 0)).map(([key]) => key);
  }
}

const faults = fc.array(fc.nat(24), { minLength: 30, maxLength: 80 });

async function play(scheduler: fc.Scheduler, steps: Step[], chosenFaults: number[]): Promise<World> {
  const world = new World(scheduler, chosenFaults);
  world.run({ do: 'open', process: 0, ticks: 0 });
  for (let tick = 0; tick < 12; tick += 1) await world.tick();
  for (const each of steps) {
    world.run(each);
    for (let tick = 0; tick < each.ticks; tick += 1) await world.tick();
  }
  await world.settle();
  if (world.problems.length > 0) throw world.problems[0];
  expect(world.bucket.overwritten.filter((key) => !key.startsWith('erased/'))).toEqual([]);
  return world;
}

describe('an audio log in a bucket, in any order of events', () => {
  it('reads what was acknowledged, for ever and everywhere, and seals it into one recording', async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), fc.array(step(false), { maxLength: 30 }), faults, async (scheduler, steps, chosenFaults) => {
      const world = await play(scheduler, steps, chosenFaults);
      const after = world.calmly();
      const all = await after.read(world.sessionId, 0, 10_000);
      for (const { epoch, from, to } of world.acks) expect(all.slice(from, to)).toEqual(spoken(epoch, from, to));
      for (const { samples, begunAt } of world.reads) {
        expect(samples).toEqual(all.slice(0, samples.length));
        expect(samples.length).toBeGreaterThanOrEqual(Math.max(0, ...world.acks.filter(({ at }) => at < begunAt).map(({ to }) => to)));
      }
      await after.seal(world.sessionId);
      const [recording, ...others] = world.audio();
      expect(others).toEqual([]);
      const made = world.bucket.objects.get(recording ?? '');
      // Without one, nobody ever came to write.
      if (made) expect(parseWav(made.body).samples).toEqual(all);
      else expect(world.bucket.keys()).toEqual([]);
      expect(await world.calmly().read(world.sessionId, 0, 10_000)).toEqual(all);
      expect(world.bucket.uploads.size).toBe(0);
    }), { numRuns: count(150, 3_000) });
  });

  it('keeps no sample of an erased session, whoever was in the middle of what', async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), fc.array(step(true), { maxLength: 30 }), faults, async (scheduler, steps, chosenFaults) => {
      const world = await play(scheduler, steps, chosenFaults);
      // The job is repeated until it succeeds, and a server that died in the middle of a request left at most one behind.
      if (!world.erased || world.crashed) await world.calmly().erase(world.sessionId);
      expect(world.audio()).toEqual([]);
      const after = world.calmly();
      expect([await after.durableThrough(world.sessionId), await after.read(world.sessionId, 0, 10)]).toEqual([0, new Int16Array()]);
      await expect(after.openWriter(world.sessionId, 1_000)).rejects.toMatchObject({ code: 'lease.lost' });
    }), { numRuns: count(150, 3_000) });
  });
});
