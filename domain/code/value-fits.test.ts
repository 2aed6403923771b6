import { expect, test } from 'vitest';
import { misfit } from './value-fits.ts';

test.each<[string, unknown]>([
  ['int', -(2 ** 31)], ['int', 2 ** 31 - 1], ['long', 2 ** 53 - 1], ['double', 0.5], ['double', 1], ['bool', false], ['string', ''],
  ['int[]', []], ['int[][]', [[], [1]]], ['map<int>', {}], ['map<string[]>', { a: ['b'] }], ['map<int>[]', [{ a: 1 }]],
  ['ListNode', []], ['ListNode', [1, 1]], ['TreeNode', []], ['TreeNode', [1]], ['TreeNode', [1, null, 2, null, 3]], ['TreeNode', [1, 2, 3, 4]],
])('%s: %j fits', (type, value) => {
  expect(misfit(type, value, 'x')).toBeNull();
});

test.each<[string, unknown, string]>([
  ['int', 2 ** 31, 'x does not fit int.'], ['int', 1.5, 'x does not fit int.'], ['int', '1', 'x does not fit int.'], ['long', 2 ** 53, 'x does not fit long.'],
  ['double', null, 'x does not fit double.'], ['bool', 0, 'x does not fit bool.'], ['string', null, 'x does not fit string.'],
  ['int[]', {}, 'x is not an array (int[]).'], ['int[][]', [[1], ['a']], 'x[1][0] does not fit int.'],
  ['map<int>', [], 'x is not an object (map<int>).'], ['map<int>', { a: 'b' }, 'x.a does not fit int.'],
  ['ListNode', [null], 'x does not fit ListNode.'], ['TreeNode', null, 'x does not fit TreeNode.'], ['TreeNode', [null], 'x does not fit TreeNode.'],
  ['TreeNode', [1, 2, null], 'x does not fit TreeNode.'], ['TreeNode', [1, null, null, 2], 'x does not fit TreeNode.'],
])('%s: %j does not fit', (type, value, message) => {
  expect(misfit(type, value, 'x')).toBe(message);
});
