import { expect, test } from 'vitest';
import { passwordProblem, passwordRules, rulesForManagers } from './password-rules.ts';

const ALL = { minLength: 8, lower: true, upper: true, number: true, symbol: true };
const FEW = { minLength: 12, lower: false, upper: false, number: false, symbol: false };

test('a person is told all that a password still needs, and only what the user pool asks', () => {
  expect(passwordProblem(ALL, 'abc')).toBe('The password still needs at least 8 characters, a capital letter (A to Z), a digit, and a special character, such as ! or -.');
  expect(passwordProblem(ALL, 'Abcdefg1')).toBe('The password still needs a special character, such as ! or -.');
  expect(passwordProblem(FEW, 'all small letters')).toBeNull();
  expect(passwordRules(FEW)).toHaveLength(1);
});

test.each(['Abcdefg1!', 'Abc defg1', 'Ab1-cdef', 'Ab1\\cdefg', 'Ab1]cdefg'])('%j has all of them', (password) => {
  expect(passwordProblem(ALL, password)).toBeNull();
});

test.each(['', ' Abcdefg1!', 'Abcdefg1! ', 'Äbcdefg1', 'ABCDEFG1!'])('%j has not', (password) => {
  expect(passwordProblem(ALL, password)).not.toBeNull();
});

test('password managers are told the same rules', () => {
  expect(rulesForManagers(ALL)).toBe('minlength: 8; maxlength: 64; required: lower; required: upper; required: digit; required: special;');
});
