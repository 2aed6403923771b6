import fc from 'fast-check';
import { ChangeSet, Text } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import { applyChanges, changedRange, changesText, fitsText, lengthAfter, parseEditorChanges } from './editor-changes.ts';

const textOf = fc.array(fc.constantFrom('def', ' ', 'two_sum', '(', '):', '\n', '  ', 'return', '😀', 'é'), { maxLength: 30 }).map((parts) => parts.join(''));

describe('changes of an editor', () => {
  test('as CodeMirror writes them do to a text what CodeMirror does', () => {
    fc.assert(
      fc.property(textOf, fc.array(fc.record({ at: fc.nat(60), length: fc.nat(8), insert: textOf }), { maxLength: 4 }), (text, wanted) => {
        const document = Text.of(text.split('\n'));
        const specs = wanted
          .map(({ at, length, insert }) => ({ from: Math.min(at, text.length), to: Math.min(at + length, text.length), insert }))
          .toSorted((a, b) => a.from - b.from)
          .filter((spec, index, all) => index === 0 || all.slice(0, index).every(({ to }) => to <= spec.from));
        const set = ChangeSet.of(specs, text.length, '\n');
        const parsed = parseEditorChanges([...(set.toJSON() as unknown[]), { anchor: 0, head: 0 }]);
        expect(parsed).not.toBeNull();
        expect(fitsText(parsed!, text.length)).toBe(true);
        const after = set.apply(document).toString();
        expect(applyChanges(parsed!, text)).toBe(after);
        expect(lengthAfter(parsed!, text.length)).toBe(after.length);
        const range = changedRange(parsed!);
        if (range) expect(range.to).toBeLessThanOrEqual(after.length);
      }),
    );
  });

  test('as replacements may come in any order and must not overlap', () => {
    const parsed = parseEditorChanges([{ from: 4, insert: '!' }, { from: 0, to: 2, insert: 'ab' }]);
    expect(applyChanges(parsed!, 'xxcd')).toBe('abcd!');
    expect(parseEditorChanges([{ from: 0, to: 3, insert: '' }, { from: 2, to: 4 }])).toBeNull();
  });

  test('that only move the cursor change nothing', () => {
    expect(changesText([])).toBe(false);
    expect(changesText([{ anchor: 3, head: 3 }])).toBe(false);
    expect(changesText([12, { anchor: 3, head: 3 }])).toBe(false);
    expect(changesText([12, [0, 'x'], { anchor: 13, head: 13 }])).toBe(true);
    expect(parseEditorChanges([{ anchor: 3, head: 5 }])).toEqual({ edits: [], lengthBefore: null, selection: { anchor: 3, head: 5 } });
  });

  test('that are none are told apart, whatever they are', () => {
    for (const odd of [['x'], [-1], [[1, 2]], [[null]], [{ from: -1 }], [{ from: 1, to: 0 }], [{ from: 0, insert: 3 }], [null], [1.5], [{ from: 0, insert: 'a' }, 3]]) expect(parseEditorChanges(odd), JSON.stringify(odd)).toBeNull();
    fc.assert(fc.property(fc.array(fc.anything()), (changes) => void parseEditorChanges(changes)));
  });
});
