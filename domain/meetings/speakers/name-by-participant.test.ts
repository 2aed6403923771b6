import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpoolError } from '../../errors.ts';
import type { SpokenSpan } from '../ingest/ports.ts';
import { nameByParticipant, toldByParticipant } from './name-by-participant.ts';
import type { ParticipantSpeaker, SpokenItem, SpokenMaterial, ToldByParticipant } from './ports.ts';

const s = (seconds: number): number => Math.round(seconds * 16_000);
const span = (participant: string, from: number, to: number, name = `Name ${participant}`): SpokenSpan => ({ participant, name, startSample: s(from), endSample: s(to) });
const item = (itemId: string, from: number, to: number, more: Partial<SpokenItem> = {}): SpokenItem => ({ itemId, text: itemId, startSample: s(from), endSample: s(to), revision: 1, speaker: 'S0', whole: false, ...more });
/** A word every half second. */
const spoken = (itemId: string, text: string, from: number, more: Partial<SpokenItem> = {}): SpokenItem => {
  const words = text.split(' ').map((word, index) => ({ text: word, startSample: s(from + index / 2), endSample: s(from + index / 2 + 0.4) }));
  return item(itemId, from, from + words.length / 2, { text, words, ...more });
};
const known = (speaker: string, more: Partial<ParticipantSpeaker> = {}): ParticipantSpeaker => ({ speaker, name: null, mergedInto: null, participant: null, ...more });
const tell = (material: Partial<SpokenMaterial>) => toldByParticipant({ spoken: [], items: [], speakers: [], ...material });
const numbers = ({ speakers }: ToldByParticipant) => Object.fromEntries(speakers.map(({ participant, speaker }) => [participant, speaker]));
const who = ({ items }: ToldByParticipant) => Object.fromEntries(items.map(({ itemId, speaker }) => [itemId, speaker]));

/** What the store makes of it. */
function written({ spoken: spans, items, speakers }: SpokenMaterial, told: ToldByParticipant): SpokenMaterial {
  const rows = new Map(speakers.map((each) => [each.speaker, each]));
  for (const { speaker, participant, name } of told.speakers) {
    const row = rows.get(speaker) ?? known(speaker);
    if (row.participant === null) rows.set(speaker, { ...row, participant, name: row.name ?? name });
  }
  const changed = new Map(told.items.map(({ itemId, speaker }) => [itemId, speaker]));
  const cut = new Map(told.splits.map(({ itemId, pieces }) => [itemId, pieces]));
  return {
    spoken: spans,
    speakers: [...rows.values()],
    items: items.flatMap((each) => cut.get(each.itemId)?.map((piece) => ({ ...piece, revision: 1, whole: false })) ?? [{ ...each, speaker: changed.get(each.itemId) ?? each.speaker }]),
  };
}

describe('participants a sender keeps apart', () => {
  it('are numbered by when they first spoke, and named as they last were', () => {
    const told = tell({ spoken: [span('9', 4, 5, ' '), span('7', 3, 4, 'Grace'), span('9', 0, 1, 'iPhone'), span('9', 2, 3, ' Ada L. '), span('8', 6, 7, '')] });
    expect(told.speakers).toEqual([
      { speaker: 'S1', participant: '9', name: 'Ada L.' },
      { speaker: 'S2', participant: '7', name: 'Grace' },
      { speaker: 'S3', participant: '8', name: null },
    ]);
  });

  it('said what they spoke most of, or nobody did', () => {
    const told = tell({ spoken: [span('a', 0, 3), span('b', 2.5, 8), span('a', 10, 12), span('b', 10, 12)], items: [item('own', 0, 3), item('even', 10, 12, { speaker: 'S1' }), item('silent', 20, 22, { speaker: 'S2' }), item('already', 4, 8, { speaker: 'S2' })] });
    expect(who(told)).toEqual({ own: 'S1', even: 'S0', silent: 'S0' });
  });

  it('part an item in which they clearly follow each other, unless a person corrected it', () => {
    const text = 'Shall we start now? Yes, let us begin.';
    const spans = [span('a', 0, 2), span('b', 2, 4)];
    const told = tell({ spoken: spans, items: [spoken('c0-0', text, 0, { revision: 3 })] });
    expect(told.items).toEqual([]);
    expect(told.splits.map(({ itemId, revision, pieces }) => [itemId, revision, pieces.map((piece) => [piece.itemId, piece.text, piece.speaker])])).toEqual([
      ['c0-0', 3, [['c0-0a', 'Shall we start now?', 'S1'], ['c0-0b', 'Yes, let us begin.', 'S2']]],
    ]);
    const corrected = tell({ spoken: [span('a', 0, 3), span('b', 3, 4)], items: [spoken('c0-0', text, 0, { whole: true })] });
    expect([who(corrected), corrected.splits]).toEqual([{ 'c0-0': 'S1' }, []]);
  });

  it('keep their numbers when somebody is found to have spoken before them', () => {
    const before = { spoken: [span('a', 10, 12)], items: [item('x', 10, 12)], speakers: [] };
    const after = written(before, tell(before));
    expect(numbers(tell({ ...after, spoken: [...after.spoken, span('b', 0, 2)] }))).toEqual({ a: 'S1', b: 'S2' });
  });

  it('are who people said a voice is, if they said what it said; nobody else gets that number', () => {
    const items = [item('x', 0, 4, { speaker: 'S2' }), item('y', 5, 6, { speaker: 'S2' }), item('z', 8, 9, { speaker: 'S1' })];
    const told = tell({ spoken: [span('a', 5, 6), span('b', 0, 4), span('c', 8, 9)], items, speakers: [known('S1'), known('S2', { name: 'The boss' }), known('S3', { name: 'Gone', mergedInto: 'S2' })] });
    expect(numbers(told)).toEqual({ b: 'S2', a: 'S1', c: 'S4' });
    const row = written({ spoken: [], items, speakers: [known('S2', { name: 'The boss' })] }, told).speakers.find(({ speaker }) => speaker === 'S2');
    expect(row).toMatchObject({ name: 'The boss', participant: 'b' });
  });

  it('beyond what can be numbered are nobody in particular', () => {
    const spans = Array.from({ length: 1_001 }, (_, index) => span(`p${index}`, index, index + 0.5));
    const told = tell({ spoken: spans, items: [item('last', 1_000, 1_000.5)] });
    expect([told.speakers.length, told.items]).toEqual([999, []]);
  });

  const seconds = fc.integer({ min: 0, max: 60 });
  const spans = fc.uniqueArray(
    fc.tuple(fc.constantFrom('1', '2', '3', '10'), seconds, fc.integer({ min: 1, max: 8 }), fc.constantFrom('Ada', 'Grace', '')).map(([participant, from, length, name]) => span(participant, from, from + length, name)),
    { selector: ({ participant, startSample }) => `${participant}:${startSample}`, minLength: 1, maxLength: 20 },
  );
  const items = fc.array(fc.tuple(seconds, fc.integer({ min: 1, max: 20 }), fc.constantFrom('S0', 'S1', 'S2', 'S3'), fc.boolean()), { maxLength: 12 }).map((all) =>
    all.map(([from, count, speaker, whole], index) => spoken(`c${index}`, Array.from({ length: count }, (_, word) => `w${word}`).join(' '), from, { speaker, whole })),
  );
  const speakers = fc.uniqueArray(fc.tuple(fc.constantFrom('S1', 'S2', 'S3'), fc.constantFrom(null, 'The boss')).map(([speaker, name]) => known(speaker, { name })), { selector: ({ speaker }) => speaker });
  const material = fc.record({ spoken: spans, items, speakers });
  const shuffled = material.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each.spoken, { minLength: each.spoken.length })));

  it('are told the same in whatever order their rows come', () => {
    fc.assert(
      fc.property(shuffled, ([each, order]) => {
        expect(toldByParticipant({ ...each, spoken: order })).toEqual(toldByParticipant(each));
      }),
    );
  });
  it('are told once: done again nothing changes, no word is lost, and what people named stays', () => {
    fc.assert(
      fc.property(material, (before) => {
        const told = toldByParticipant(before);
        const after = written(before, told);
        const again = toldByParticipant(after);
        expect([again.items, again.splits]).toEqual([[], []]);
        expect(written(after, again)).toEqual(after);
        expect(after.items.map(({ text }) => text).join(' ')).toBe(before.items.map(({ text }) => text).join(' '));
        for (const { speaker, name } of before.speakers) if (name !== null) expect(after.speakers).toContainEqual(expect.objectContaining({ speaker, name }));
      }),
    );
  });
});

describe('naming participants', () => {
  const material = { spoken: [span('a', 0, 1)], items: [item('x', 0, 1)], speakers: [], version: '1' };
  it('starts over with what somebody changed meanwhile, and gives up when that never ends', async () => {
    const versions: string[] = [];
    const store = { version: 1, participants: async () => ({ ...material, version: String(store.version) }), saveParticipants: async (_id: string, _told: ToldByParticipant, version: string) => (versions.push(version), store.version++ > 1) };
    expect(await nameByParticipant({ store, sessionId: 'm' })).toBe(true);
    expect(versions).toEqual(['1', '2']);
    await expect(nameByParticipant({ store: { ...store, saveParticipants: async () => false }, sessionId: 'm' })).rejects.toThrow(SpoolError);
  });
  it('does nothing where nobody told who spoke', async () => {
    const store = { participants: async () => null, saveParticipants: () => Promise.reject(new Error('not to be called')) };
    expect(await nameByParticipant({ store, sessionId: 'm' })).toBe(false);
  });
});
