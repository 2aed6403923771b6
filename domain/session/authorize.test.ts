import { describe, expect, test } from 'vitest';
import { ACTIONS, PERMISSIONS, ROLES } from '../actor.ts';
import type { SpoolError } from '../errors.ts';
import { authorize } from './authorize.ts';

const codeOf = (run: () => unknown) => {
  try {
    run();
    return 'allowed';
  } catch (error) {
    return (error as SpoolError).code;
  }
};

describe.each(ROLES)('a person who is %s', (role) => {
  test.each(ACTIONS)('and asks for %s is answered as the table says', (action) => {
    const person = { kind: 'person', id: 'a', name: 'Ada', role } as const;
    expect(codeOf(() => authorize(person, action))).toBe(PERMISSIONS[role][action] ? 'allowed' : 'auth.forbidden');
  });
});

test('the table says who may do what', () => {
  const allowed = Object.fromEntries(ROLES.map((role) => [role, ACTIONS.filter((action) => PERMISSIONS[role][action])]));
  expect(allowed).toEqual({
    candidate: ['session.use-own'],
    learner: ['session.create', 'session.use-own'],
    interviewer: ['session.create', 'session.use-own', 'session.observe', 'session.invite', 'session.score', 'problem.keep'],
    admin: ['session.create', 'session.use-own', 'session.observe', 'session.invite', 'session.score', 'problem.keep', 'operations.see'],
  });
});

test.each(ACTIONS)('nobody may %s without signing in, and a service never acts as a person', (action) => {
  expect(codeOf(() => authorize({ kind: 'anonymous' }, action))).toBe('auth.required');
  expect(codeOf(() => authorize({ kind: 'service', service: 'worker' }, action))).toBe('auth.forbidden');
});
