import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptedPeople, type ScriptedVoice } from '#tests/support/voices.ts';
import { clusterVoices } from './cluster-voices.ts';
import { provisionalGroups } from './provisional-speakers.ts';
import type { VoiceGroup } from './voices.ts';

const names = (groups: VoiceGroup[]): string[][] => groups.map(({ members }) => members.map(({ chunk, voice }) => `${chunk}:${voice}`));

/**
 * Wrong and unnamed apart: a voice is wrong when most of its group is another person, unnamed when it is in none. Voices
 * that are nobody are wrong in any group.
 */
function score(voices: readonly ScriptedVoice[], groups: readonly VoiceGroup[]): { right: number; wrong: number; unnamed: number; groups: number } {
  const personOf = new Map(voices.map(({ chunk, voice, person }) => [`${chunk}:${voice}`, person]));
  const groupOf = new Map(groups.flatMap((group) => group.members.map(({ chunk, voice }) => [`${chunk}:${voice}`, group])));
  const owner = new Map(
    groups.map((group) => {
      const counts = new Map<number | null, number>();
      for (const { chunk, voice } of group.members) counts.set(personOf.get(`${chunk}:${voice}`)!, (counts.get(personOf.get(`${chunk}:${voice}`)!) ?? 0) + 1);
      return [group, [...counts].toSorted((a, b) => b[1] - a[1])[0]![0]];
    }),
  );
  const result = { right: 0, wrong: 0, unnamed: 0, groups: groups.length };
  for (const { chunk, voice, person } of voices) {
    const group = groupOf.get(`${chunk}:${voice}`);
    if (!group) result.unnamed += 1;
    else if (person !== null && owner.get(group) === person) result.right += 1;
    else result.wrong += 1;
  }
  return result;
}

/** An hour of four people, two or three of whom speak in each chunk, some of it short and noisy. */
function hour(seed: number): ScriptedVoice[] {
  const scripted = scriptedPeople(seed);
  return Array.from({ length: 120 }, (_, chunk) => {
    const present = [0, 1, 2, 3].filter((person) => person === chunk % 4 || scripted.random() < 0.45);
    return present.map((person, voice) => {
      const short = scripted.random() < 0.25;
      return scripted.voice(person, chunk, voice, { likeness: short ? 0.65 : 0.8, seconds: short ? 2.5 : 9 });
    });
  }).flat();
}

describe('the voices of a whole meeting', () => {
  it.each([1, 2, 3])('are told apart without a wrong one, and hardly any without a name (hour %i)', (seed) => {
    const voices = hour(seed);
    const result = score(voices, clusterVoices(voices));
    expect(result).toMatchObject({ wrong: 0, groups: 4 });
    expect(result.unnamed / voices.length).toBeLessThan(0.02);
  });

  it('are numbered in the order in which they are first heard', () => {
    const { voice } = scriptedPeople(4);
    expect(names(clusterVoices([voice(1, 5, 0), voice(0, 2, 1), voice(1, 2, 0), voice(2, 3, 0)]))).toEqual([['2:0', '5:0'], ['2:1'], ['3:0']]);
  });

  it('that are two people at once have no name rather than a wrong one', () => {
    const scripted = scriptedPeople(5);
    const clear = Array.from({ length: 12 }, (_, chunk) => [scripted.voice(0, chunk, 0), scripted.voice(1, chunk, 1)]).flat();
    const mixed = [3, 7, 9].map((chunk) => scripted.mixture(0, 1, 100 + chunk, 0));
    expect(score([...clear, ...mixed], clusterVoices([...clear, ...mixed]))).toEqual({ right: 24, wrong: 0, unnamed: 3, groups: 2 });
  });

  it('that were torn in two within a chunk leave the longer part with its name', () => {
    const { voice } = scriptedPeople(6);
    const voices = [voice(0, 0, 0, { seconds: 20 }), voice(0, 0, 1, { seconds: 6 }), voice(0, 1, 0, { seconds: 20 }), voice(1, 1, 1, { seconds: 8 })];
    expect(names(clusterVoices(voices))).toEqual([['0:0', '1:0'], ['1:1']]);
  });

  it('with too little speech make no speaker, but join one who is known', () => {
    const { voice } = scriptedPeople(7);
    expect(clusterVoices([voice(0, 0, 0, { seconds: 3 })])).toEqual([]);
    expect(clusterVoices([voice(0, 0, 0, { seconds: 1.5 }), voice(0, 1, 0, { seconds: 1.5 }), voice(0, 2, 0, { seconds: 1.5 }), voice(0, 3, 0, { seconds: 1.5 })])).toEqual([]);
    expect(names(clusterVoices([voice(0, 0, 0, { seconds: 9 }), voice(0, 1, 0, { seconds: 3 })]))).toEqual([['0:0', '1:0']]);
  });

  it('of another model than most are left out, as are vectors without a direction', () => {
    const { voice } = scriptedPeople(8);
    const broken = [NaN, 0, Infinity].map((value, index) => ({ ...voice(0, 20 + index, 0), embedding: new Float32Array(192).fill(value) }));
    const other = { ...voice(0, 30, 0), model: 'another@1' };
    expect(names(clusterVoices([voice(0, 0, 0), voice(0, 1, 0), ...broken, other]))).toEqual([['0:0', '1:0']]);
  });

  it('are the same groups in whatever order they come, and never two of one chunk in one', () => {
    const some = fc.array(fc.record({ person: fc.nat(3), chunk: fc.nat(6), voice: fc.nat(3), likeness: fc.double({ min: 0.4, max: 0.95, noNaN: true }), seconds: fc.integer({ min: 1, max: 12 }) }), { maxLength: 24 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 1_000 }), (recipe, seed) => {
        const scripted = scriptedPeople(9);
        const once = [...new Map(recipe.map((each) => [`${each.chunk}:${each.voice}`, each])).values()];
        const voices = once.map(({ person, chunk, voice, ...more }) => scripted.voice(person, chunk, voice, more));
        const groups = clusterVoices(voices);
        const random = scriptedPeople(seed).random;
        const shuffled = voices.map((voice) => ({ voice, at: random() })).toSorted((a, b) => a.at - b.at).map(({ voice }) => voice);
        expect(clusterVoices(shuffled)).toEqual(groups);
        for (const { members } of groups) expect(new Set(members.map(({ chunk }) => chunk)).size).toBe(members.length);
        expect(new Set(names(groups).flat()).size).toBe(names(groups).flat().length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('voices while the meeting goes on', () => {
  it('get provisional speakers without a wrong one, with some left open', () => {
    const voices = hour(1);
    const result = score(voices, provisionalGroups(voices));
    expect(result).toMatchObject({ wrong: 0, groups: 4 });
    expect(result.unnamed / voices.length).toBeLessThan(0.1);
  });

  it('get the same ones when a chunk comes late', () => {
    const voices = hour(2);
    expect(provisionalGroups([...voices.filter(({ chunk }) => chunk !== 3), ...voices.filter(({ chunk }) => chunk === 3)])).toEqual(provisionalGroups(voices));
  });

  it('are left open when they speak for a moment only', () => {
    const { voice } = scriptedPeople(10);
    expect(names(provisionalGroups([voice(0, 0, 0, { seconds: 3 }), voice(0, 1, 0), voice(0, 2, 0, { seconds: 3 })]))).toEqual([['1:0', '2:0']]);
  });
});
