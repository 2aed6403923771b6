/** What the user pool asks of a password, checked as it is typed. Cognito itself decides in the end. */
import type { PasswordRules } from '#domain/identity/account.ts';

export interface PasswordRule {
  text: string;
  holds(password: string): boolean;
}
/** Those Cognito counts as special (its guide, "Adding user pool password requirements"); a space counts between others. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|(?<=\S) (?=\S)/;

export function passwordRules({ minLength, lower, upper, number, symbol }: PasswordRules): PasswordRule[] {
  return [
    { text: `at least ${minLength} characters`, holds: (password: string) => password.length >= minLength },
    ...(lower ? [{ text: 'a small letter (a to z)', holds: (password: string) => /[a-z]/.test(password) }] : []),
    ...(upper ? [{ text: 'a capital letter (A to Z)', holds: (password: string) => /[A-Z]/.test(password) }] : []),
    ...(number ? [{ text: 'a digit', holds: (password: string) => /\d/.test(password) }] : []),
    ...(symbol ? [{ text: 'a special character, such as ! or -', holds: (password: string) => SYMBOL.test(password) }] : []),
  ];
}

/** What is wrong with the password, as a sentence; null when nothing is. */
export function passwordProblem(rules: PasswordRules, password: string): string | null {
  if (!password) return 'Give a password.';
  if (password !== password.trim()) return 'A password may not begin or end with a space.';
  const missing = passwordRules(rules).filter(({ holds }) => !holds(password)).map(({ text }) => text);
  if (missing.length === 0) return null;
  return `The password still needs ${new Intl.ListFormat('en', { type: 'conjunction' }).format(missing)}.`;
}

/** The same for password managers that make one (the `passwordrules` attribute of Apple's). */
export function rulesForManagers({ minLength, lower, upper, number, symbol }: PasswordRules): string {
  const required = [lower && 'lower', upper && 'upper', number && 'digit', symbol && 'special'].filter(Boolean).map((each) => ` required: ${each};`);
  return `minlength: ${minLength}; maxlength: 64;${required.join('')}`;
}
