import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countConflicts, firstConflict, mergeText, resolveConflicts } from './merge-text.ts';

test('edits of different lines are put together', () => {
  expect(mergeText('one!\ntwo\nthree', 'one\ntwo\nthree', 'one\ntwo\nthree\nfour')).toEqual({ text: 'one!\ntwo\nthree\nfour', conflicts: 0 });
  expect(mergeText('same', 'base', 'same')).toEqual({ text: 'same', conflicts: 0 });
});

test('where both changed a line, both stay and the place is marked', () => {
  const { text, conflicts } = mergeText('a\nmine\nc', 'a\nb\nc', 'a\nother\nc');
  expect(conflicts).toBe(1);
  expect(text).toBe('a\n<<<<<<< typed here\nmine\n=======\nother\n>>>>>>> saved elsewhere\nc');
  expect(countConflicts(text)).toBe(1);
  expect(text.slice(firstConflict(text))).toMatch(/^<<<<<<< typed here/);
  expect(firstConflict('nothing')).toBe(-1);
  expect(resolveConflicts(text, 'mine')).toBe('a\nmine\nc');
  expect(resolveConflicts(text, 'other')).toBe('a\nother\nc');
  expect(resolveConflicts(text, 'both')).toBe('a\nmine\nother\nc');
});

test('no line that either side wrote is lost, whatever they wrote', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '', 'd'), { maxLength: 8 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, text, (mine, base, other) => {
      const merged = mergeText(mine, base, other);
      const kept = merged.text.split('\n');
      for (const [side, against] of [[mine, other], [other, mine]] as const) {
        for (const line of side.split('\n')) if (!base.split('\n').includes(line) && !against.split('\n').includes(line)) expect(kept).toContain(line);
      }
      if (merged.conflicts > 0) expect(resolveConflicts(merged.text, 'both')).not.toContain('<<<<<<<');
    }),
  );
});
