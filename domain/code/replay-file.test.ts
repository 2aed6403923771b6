import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editorChangeSchema } from './editor-change.ts';
import type { EditorChange } from './editor-change.ts';
import { readChange } from './replay-change.ts';
import { FileHistory, differingRange } from './replay-file.ts';
import type { FileEntry } from './replay-file.ts';

/** One thing a person does: types or deletes somewhere, or the editor saves what stands there. */
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('type' as const), at: fc.nat(200), remove: fc.nat(3), insert: fc.constantFrom('a', 'bc', '\n', '    ', 'return x', '') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('save' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('look' as const), at: fc.nat(200) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

function typed(atMs: number, change: EditorChange): FileEntry {
  expect(editorChangeSchema.safeParse(change).success).toBe(true);
  return { kind: 'typed', atMs, change: readChange(change)!.change };
}
/** A key at the end of a text of this length. */
function key(atMs: number, length: number, insert: string): FileEntry {
  return typed(atMs, { agoMs: 0, from: length, to: length, insert, length, event: 'type' });
}

/** Plays the deeds one per 100 ms. `texts[i]`: what really stood there after deed i. */
function play(deeds: readonly Deed[]) {
  let text = '';
  let version = 1;
  const entries: FileEntry[] = [{ kind: 'saved', atMs: 0, version, content: '' }];
  const texts: string[] = [];
  deeds.forEach((each, index) => {
    const atMs = (index + 1) * 100;
    if (each.kind === 'type') {
      const from = Math.min(each.at, text.length);
      const removed = Math.min(each.remove, text.length - from);
      entries.push(typed(atMs, { agoMs: 0, from, to: from + removed, insert: each.insert, length: text.length, event: 'type' }));
      text = text.slice(0, from) + each.insert + text.slice(from + removed);
    } else if (each.kind === 'look') entries.push(typed(atMs, { agoMs: 0, anchor: each.at, head: each.at }));
    else entries.push({ kind: 'saved', atMs, version: (version += 1), content: text });
    texts.push(text);
  });
  return { entries, texts, text };
}

const noise = fc.oneof(
  fc.anything(),
  fc.record({ from: fc.nat(50), to: fc.nat(50), insert: fc.string(), length: fc.option(fc.nat(50), { nil: undefined }) }, { requiredKeys: ['from'] }),
  fc.record({ anchor: fc.nat(), head: fc.nat() }),
);

describe('a file over time', () => {
  test('has at every moment the text that all changes up to then make', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 250 }), (deeds) => {
        const { entries, texts } = play(deeds);
        const history = new FileHistory(entries);
        texts.forEach((text, index) => {
          const state = history.at((index + 1) * 100 + 50);
          expect(state.text).toBe(text);
          if (state.selection) expect(Math.max(state.selection.anchor, state.selection.head)).toBeLessThanOrEqual(text.length);
        });
        expect(history.gaps).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('does not jump when a saved version arrives after later keys, or before its last ones', () => {
    fc.assert(
      fc.property(fc.array(deed, { minLength: 5, maxLength: 60 }), fc.integer({ min: -4, max: 4 }), (deeds, shift) => {
        const { entries, text } = play([...deeds, { kind: 'save' }]);
        // Every version takes another place between the keys, as on the way over another connection.
        const typedOnes = entries.filter(({ kind }) => kind === 'typed');
        const placeOf = (index: number) => Math.max(0, Math.min(typedOnes.length, entries.slice(0, index).filter(({ kind }) => kind === 'typed').length + (index === 0 ? 0 : shift)));
        // Among themselves they keep their order.
        const arrivingAt = (place: number) => entries.filter((entry, index) => entry.kind === 'saved' && placeOf(index) === place);
        const moved = [...typedOnes.flatMap((entry, place) => [...arrivingAt(place), entry]), ...arrivingAt(typedOnes.length)];
        const timed = moved.map((entry, index) => ({ ...entry, atMs: index * 100 }));
        const history = new FileHistory(timed);
        expect(history.at(Infinity).text).toBe(text);
        expect(history.gaps).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('is right again at the next saved version when keys were lost or make no sense', () => {
    fc.assert(
      fc.property(fc.array(deed, { minLength: 10, maxLength: 120 }), fc.array(fc.nat(119), { minLength: 1, maxLength: 20 }), noise, (deeds, lost, odd) => {
        const { entries, text } = play(deeds);
        const broken = entries.flatMap((entry, index): FileEntry[] => {
          if (entry.kind === 'saved' || !lost.includes(index)) return [entry];
          const made = index % 2 ? null : readChange(odd);
          return made ? [{ kind: 'typed', atMs: entry.atMs, change: made.change }] : [];
        });
        const end = entries.at(-1)!.atMs + 100;
        const history = new FileHistory([...broken, { kind: 'saved', atMs: end, version: 99, content: text }]);
        expect(history.at(end)).toMatchObject({ text, version: 99 });
      }),
      { numRuns: 300 },
    );
  });

  test('shows an older version only once it is the last word', () => {
    const entries: FileEntry[] = [
      { kind: 'saved', atMs: 0, version: 1, content: 'a' },
      key(100, 1, 'b'),
      { kind: 'saved', atMs: 200, version: 2, content: 'a' },
    ];
    expect(new FileHistory(entries).at(300).text).toBe('a');
    expect(new FileHistory(entries, { goesOn: true }).at(300).text).toBe('ab');
    expect(new FileHistory([...entries, key(300, 2, 'c')]).at(300).text).toBe('abc');
    expect(new FileHistory([...entries, key(300, 1, 'c')]).at(300).text).toBe('ac');
  });

  test('begins with the first save, ends with its deletion, and can come back', () => {
    const history = new FileHistory([
      { kind: 'saved', atMs: 1_000, version: 1, content: 'def f():\r\n    pass' },
      typed(2_000, { agoMs: 0, from: 13, to: 17, insert: 'return 1', length: 17, event: 'type' }),
      { kind: 'saved', atMs: 3_000, version: 2, content: null },
      { kind: 'saved', atMs: 4_000, version: 3, content: 'new' },
    ]);
    expect(history.at(999).text).toBeNull();
    expect(history.at(1_000)).toMatchObject({ text: 'def f():\n    pass', version: 1, changed: null });
    expect(history.at(2_500)).toMatchObject({ text: 'def f():\n    return 1', changed: { from: 13, to: 21 }, selection: { anchor: 21, head: 21 }, changedAtMs: 2_000 });
    expect(history.at(3_000).text).toBeNull();
    expect(history.at(9_000)).toMatchObject({ text: 'new', version: 3 });
    expect([1, 2, 3, 4].map((version) => history.savedAtMs(version))).toEqual([1_000, 3_000, 4_000, null]);
    expect(history.changeTimes).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  test('of a thousand keys in a long file is read at any moment', () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join('\n');
    const entries: FileEntry[] = [{ kind: 'saved', atMs: 0, version: 1, content: lines }];
    for (let index = 0; index < 5_000; index += 1) entries.push(typed(index + 1, { agoMs: 0, from: 100, to: 100, insert: 'x', length: lines.length + index, event: 'type' }));
    const history = new FileHistory(entries);
    for (let ms = 0; ms < 5_000; ms += 25) expect(history.at(ms).text?.length).toBe(lines.length + ms);
  });
});

describe('what the log has of an editor', () => {
  test('is read as it is written, and more leniently', () => {
    expect(readChange({ agoMs: 30, text: 'a\r\nb' })).toEqual({ agoMs: 30, change: { kind: 'text', text: 'a\nb' } });
    expect(readChange({ agoMs: 0, movedTo: null })).toEqual({ agoMs: 0, change: { kind: 'text', text: null } });
    expect(readChange({ from: 3, insert: 'x' })).toEqual({ agoMs: 0, change: { kind: 'edit', from: 3, to: 3, insert: 'x', length: null, event: 'other' } });
    for (const odd of [null, 3, 'x', [], {}, { from: -1 }, { from: 2, to: 1 }, { from: 0, insert: 3 }, { anchor: 1 }, { anchor: 0.5, head: 1 }]) expect(readChange(odd), JSON.stringify(odd)).toBeNull();
  });

  test('told whole takes the place of what was there', () => {
    const history = new FileHistory([key(100, 0, 'a'), key(200, 5, 'lost'), typed(300, { agoMs: 0, text: 'all of it' }), typed(400, { agoMs: 0, movedTo: 'other.py' })]);
    expect([150, 250, 350, 450].map((ms) => history.at(ms).text)).toEqual(['a', 'a', 'all of it', null]);
    expect(history.gaps).toEqual([200]);
  });
});

test('the range in which two texts differ is the smallest', () => {
  expect(differingRange('abcd', 'abXcd')).toEqual({ from: 2, to: 3 });
  expect(differingRange('aaa', 'aa')).toEqual({ from: 2, to: 2 });
  expect(differingRange('', 'new')).toEqual({ from: 0, to: 3 });
});
