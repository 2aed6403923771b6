import { expect, test } from 'vitest';
import { ProblemError } from '#components/api/client.ts';
import { type Doing, accountProblem } from './account-problem.ts';

const thrown = (name: string, message = '') => Object.assign(new Error(message), { name });

test('a wrong password, an unknown address and a switched-off account read the same, so that none of them tells', () => {
  const words = [thrown('NotAuthorizedException', 'Incorrect username or password.'), thrown('NotAuthorizedException', 'User is disabled.'), thrown('UserNotFoundException', 'User does not exist.')].map((error) => accountProblem(error, 'sign-in'));
  expect(new Set(words.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(words[0]).toMatchObject({ title: 'The e-mail address or the password is not right' });
  expect(words[0]).not.toHaveProperty('field');
});

test.each<[string, string, Doing, object]>([
  ['UserNotConfirmedException', '', 'sign-in', { leadsTo: 'confirm' }],
  ['PasswordResetRequiredException', '', 'sign-in', { leadsTo: 'reset' }],
  ['NotAuthorizedException', 'Password attempts exceeded', 'sign-in', { title: 'Too many tries' }],
  ['NotAuthorizedException', 'Invalid session for the user, session is expired.', 'second-factor', { title: 'That took too long' }],
  ['CodeMismatchException', 'Invalid code received for user', 'second-factor', { field: 'code' }],
  ['NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED', 'confirm', { leadsTo: 'sign-in' }],
  ['InvalidParameterException', 'User is already confirmed.', 'send-code', { leadsTo: 'sign-in' }],
  ['NotAuthorizedException', 'SignUp is not permitted for this user pool', 'sign-up', { title: 'Nobody makes an account here by themselves' }],
  ['UsernameExistsException', '', 'sign-up', { leadsTo: 'sign-in' }],
  ['InvalidPasswordException', 'Password did not conform with policy: Password must have symbol characters', 'sign-up', { field: 'password', next: expect.stringContaining('must have symbol characters.') }],
  ['PasswordHistoryPolicyViolationException', '', 'reset', { field: 'password' }],
  ['CodeMismatchException', '', 'confirm', { field: 'code', title: 'The code is not right' }],
  ['ExpiredCodeException', '', 'confirm', { field: 'code', title: 'The code is not good any more' }],
  ['UserNotFoundException', '', 'reset', { field: 'code', title: 'The code is not good any more' }],
  ['LimitExceededException', '', 'send-code', { title: 'Too many tries' }],
  ['TooManyFailedAttemptsException', '', 'confirm', { title: 'Too many tries' }],
  ['TooManyRequestsException', '', 'sign-in', { title: 'Signing in is busy right now' }],
  ['CodeDeliveryFailureException', '', 'send-code', { field: 'email' }],
  ['InvalidParameterException', 'Cannot reset password for the user as there is no registered/verified email or phone_number', 'send-code', { leadsTo: 'confirm' }],
  ['InvalidParameterException', 'Username should be an email.', 'sign-up', { field: 'email' }],
  ['UserLambdaValidationException', 'PreSignUp failed', 'sign-up', { title: 'This address is not let in' }],
  ['ForbiddenException', '', 'sign-in', { title: 'Your network is not let in' }],
  ['ResourceNotFoundException', 'User pool client does not exist.', 'sign-in', { title: 'Signing in is set up wrongly here' }],
  ['InternalErrorException', '', 'sign-in', { title: 'The sign-in service does not answer' }],
  ['NetworkError', 'A network error has occurred.', 'sign-in', { title: 'The sign-in service does not answer' }],
  ['ChunkLoadError', '', 'sign-in', { title: 'The sign-in service does not answer' }],
])('%s (%s) while the person does: %s', (name, message, doing, expected) => {
  expect(accountProblem(thrown(name, message), doing)).toMatchObject(expected);
});

test('what our own server says keeps its words, and anything that is no error has some', () => {
  const own = new ProblemError({ status: 429, code: 'rate.limited', title: 'Too many requests', detail: 'Wait.' });
  expect(accountProblem(own, 'sign-in')).toEqual({ title: own.title, next: own.next });
  expect(accountProblem('?', 'sign-in').title).toBe('The sign-in service does not answer');
});
