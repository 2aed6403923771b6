import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDiarizationErrors, countDiarizationErrors, diarizationErrorRate, type DiarizationErrors, type SpeakerTurn } from './diarization-errors.ts';

/** `A 0-10` in seconds. */
const turns = (...lines: string[]): SpeakerTurn[] =>
  lines.map((line) => {
    const [speaker = '', startS, endS] = line.split(/[ -]/);
    return { speaker, startMs: Number(startS) * 1000, endMs: Number(endS) * 1000 };
  });
const someTurns = fc
  .array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 20 })), { maxLength: 6 })
  .map((list) => list.map(([speaker, start, length]) => ({ speaker, startMs: start * 100, endMs: (start + length) * 100 })));

describe('DER', () => {
  it('is false alarm, missed speech and confusion over reference speech', () => {
    // A 0–10, B 10–16. Heard: 1 at 1–12, 2 at 12–18. Best: A is 1, B is 2.
    // 0–1 missed 1 s; 10–12 B taken for A 2 s; 16–18 false alarm 2 s; speech 16 s. (1 + 2 + 2) / 16.
    const errors = countDiarizationErrors(turns('A 0-10', 'B 10-16'), turns('1 1-12', '2 12-18'));
    expect(errors).toEqual({ missedMs: 1000, confusionMs: 2000, falseAlarmMs: 2000, totalMs: 16_000 });
    expect(diarizationErrorRate(errors)).toBe(5 / 16);
  });
  it('counts overlap: of two who speak, one found is one missed', () => {
    // A 0–10, B 5–10: 15 s of speech. One speaker heard 0–10: 5 s of B are missed.
    expect(countDiarizationErrors(turns('A 0-10', 'B 5-10'), turns('1 0-10'))).toEqual({ missedMs: 5000, confusionMs: 0, falseAlarmMs: 0, totalMs: 15_000 });
  });
  it('pairs speakers by the time they share, over the whole recording', () => {
    // A shares 4 s with 1 and 3 s with 2; B shares 3 s with 1 alone. A–2 and B–1 share 6 s, A–1 leaves 4: confused are 10 − 6.
    expect(countDiarizationErrors(turns('A 0-7', 'B 7-10'), turns('1 0-4', '2 4-7', '1 7-10'))).toMatchObject({ confusionMs: 4000, missedMs: 0, falseAlarmMs: 0 });
  });
  it('leaves out a collar: half of it on either side of where a reference turn begins or ends', () => {
    // Collar 1 s: −0.5–0.5 and 9.5–10.5 are not scored. 0–0.4 missed lies inside; of 10–11 false alarm 10.5–11 is left. Speech 0.5–9.5.
    expect(countDiarizationErrors(turns('A 0-10'), turns('1 0.4-11'), 1000)).toEqual({ missedMs: 0, confusionMs: 0, falseAlarmMs: 500, totalMs: 9000 });
    expect(countDiarizationErrors(turns('A 0-10'), turns('1 0.4-11'))).toEqual({ missedMs: 400, confusionMs: 0, falseAlarmMs: 1000, totalMs: 10_000 });
  });
  it('takes turns of one speaker that overlap as one', () => {
    expect(countDiarizationErrors(turns('A 0-6', 'A 4-10'), turns('1 0-10'))).toEqual({ missedMs: 0, confusionMs: 0, falseAlarmMs: 0, totalMs: 10_000 });
  });
  it('of silence is 0 when nobody is found and 1 otherwise', () => {
    expect(diarizationErrorRate(countDiarizationErrors([], []))).toBe(0);
    expect(diarizationErrorRate(countDiarizationErrors([], turns('1 0-3')))).toBe(1);
    expect(diarizationErrorRate(countDiarizationErrors(turns('A 0-3'), []))).toBe(1);
  });
  it('of a corpus is a sum', () => {
    // 1 of 1 s and 0 of 9 s are missed.
    const corpus = addDiarizationErrors([countDiarizationErrors(turns('A 0-1'), []), countDiarizationErrors(turns('A 0-9'), turns('1 0-9'))]);
    expect(diarizationErrorRate(corpus)).toBe(0.1);
  });
  it('is that of pyannote.metrics, each part of it', () => {
    const { diarization } = JSON.parse(fs.readFileSync(new URL('../../tests/fixtures/evaluation/references.json', import.meta.url), 'utf8')) as {
      diarization: { reference: SpeakerTurn[]; heard: SpeakerTurn[]; collarMs: number; errors: DiarizationErrors }[];
    };
    for (const { reference, heard, collarMs, errors } of diarization) {
      const found = countDiarizationErrors(reference, heard, collarMs);
      for (const key of Object.keys(errors) as (keyof DiarizationErrors)[]) expect(found[key]).toBeCloseTo(errors[key], 2);
    }
  });
  it('is nothing for the same turns under other names, and says where every moment of speech went', () => {
    const renamed = { A: 'C', B: 'A', C: 'B' } as Record<string, string>;
    fc.assert(
      fc.property(someTurns, someTurns, fc.constantFrom(0, 500), (reference, heard, collarMs) => {
        const same = countDiarizationErrors(reference, reference.map((turn) => ({ ...turn, speaker: renamed[turn.speaker]! })), collarMs);
        expect(same).toMatchObject({ falseAlarmMs: 0, missedMs: 0, confusionMs: 0 });
        const errors = countDiarizationErrors(reference, heard, collarMs);
        expect(errors.missedMs + errors.confusionMs).toBeLessThanOrEqual(errors.totalMs);
        expect(errors.totalMs).toBe(same.totalMs);
      }),
    );
  });
});
