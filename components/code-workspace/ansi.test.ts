import { expect, test } from 'vitest';
import { parseAnsi } from './ansi.ts';

test('colours and weights become runs of text', () => {
  expect(parseAnsi('plain \u001b[1;31mred\u001b[0m again')).toEqual([{ text: 'plain ' }, { text: 'red', bold: true, color: 1 }, { text: ' again' }]);
  expect(parseAnsi('\u001b[92mg\u001b[39;4mu\u001b[24mn')).toEqual([{ text: 'g', color: 10 }, { text: 'u', underline: true }, { text: 'n' }]);
  expect(parseAnsi('\u001b[38;5;196mr\u001b[48;2;1;2;3mb')).toEqual([{ text: 'r', color: '#ff0000' }, { text: 'b', color: '#ff0000', background: '#010203' }]);
});

test('what moves, clears or names the window is left out, and so is an unfinished end', () => {
  expect(parseAnsi('a\u001b[2Kb\u001b]0;title\u0007c\u001b[')).toEqual([{ text: 'a' }, { text: 'b' }, { text: 'c' }]);
  expect(parseAnsi('bell\u0007\u0000')).toEqual([{ text: 'bell' }]);
});

test('a carriage return writes over the line', () => {
  expect(parseAnsi('10 %\r50 %\rdone\nnext\r\n')).toEqual([{ text: 'done\nnext\n' }]);
  expect(parseAnsi('long\rab')).toEqual([{ text: 'abng' }]);
});
