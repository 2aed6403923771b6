import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArrivalTimes } from './arrival-times.ts';

test('tells when a sample was there, and nothing about samples that are not', () => {
  const arrivals = new ArrivalTimes();
  expect(arrivals.of(1)).toBeNull();
  arrivals.note(640, 10);
  arrivals.note(1_280, 50);
  expect([arrivals.of(1), arrivals.of(640), arrivals.of(641), arrivals.of(1_280), arrivals.of(1_281)]).toEqual([10, 10, 50, 50, null]);
});

test('agrees with a plain list, whatever arrives', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ samples: fc.integer({ min: 1, max: 3_200 }), ms: fc.integer({ min: 0, max: 500 }) }), { maxLength: 200 }), fc.nat(640_000), (frames, sample) => {
      const arrivals = new ArrivalTimes();
      const all: [number, number][] = [];
      for (const frame of frames) {
        const [through, atMs] = [(all.at(-1)?.[0] ?? 0) + frame.samples, (all.at(-1)?.[1] ?? 0) + frame.ms];
        all.push([through, atMs]);
        arrivals.note(through, atMs);
      }
      expect(arrivals.of(sample)).toBe(all.find(([through]) => through >= sample)?.[1] ?? null);
    }),
  );
});

test('remembers the last half minute of a long session, in bounded room', () => {
  const arrivals = new ArrivalTimes();
  for (let frame = 1; frame <= 100_000; frame += 1) arrivals.note(frame * 640, frame * 40);
  expect(arrivals.of(100_000 * 640)).toBe(4_000_000);
  expect(arrivals.of((100_000 - 500) * 640)).toBe((100_000 - 500) * 40);
});
