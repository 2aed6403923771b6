/** Cognito's exceptions in words for the person: what happened and what to do next, by what they were doing. */
import { ProblemError } from '#components/api/client.ts';

export type Doing = 'sign-in' | 'second-factor' | 'sign-up' | 'confirm' | 'send-code' | 'reset';
export type AccountField = 'email' | 'password' | 'code';

export interface AccountProblem {
  title: string;
  next: string;
  /** Said at this field, which gets the focus, instead of above the form. */
  field?: AccountField;
  /** The page that helps. */
  leadsTo?: 'sign-in' | 'confirm' | 'reset';
}

/** One for a wrong password, an unknown address and an account that is switched off: it must not tell which. */
const NOT_SIGNED_IN: AccountProblem = {
  title: 'The e-mail address or the password is not right',
  next: 'Check both and try again. If you do not know the password any more, choose a new one.',
};
const TOO_MANY: AccountProblem = { title: 'Too many tries', next: 'Wait a quarter of an hour, then try again.' };
const BUSY: AccountProblem = { title: 'Signing in is busy right now', next: 'Nothing is wrong with what you entered. Try again in a moment.' };
const NO_ANSWER: AccountProblem = { title: 'The sign-in service does not answer', next: 'Nothing is wrong with what you entered. Check your connection and try again in a moment.' };
const CLOSED: AccountProblem = { title: 'Signing in is set up wrongly here', next: 'Whoever runs this server must look at its user pool; you can do nothing about it.' };
const WRONG_CODE: AccountProblem = { title: 'The code is not right', next: 'That is not the code. Check each digit; only the latest one counts.', field: 'code' };
const OLD_CODE: AccountProblem = { title: 'The code is not good any more', next: 'This code has run out or was replaced. Ask for another one.', field: 'code' };
const OVER: AccountProblem = { title: 'That took too long', next: 'For your safety this sign-in has ended. Start again, with your password.' };
const CONFIRMED: AccountProblem = { title: 'This account is confirmed already', next: 'Sign in with its password.', leadsTo: 'sign-in' };

/** @param error what an operation of account-client.ts rejected with, or the API client */
export function accountProblem(error: unknown, doing: Doing): AccountProblem {
  if (error instanceof ProblemError) return { title: error.title, next: error.next };
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  switch (name) {
    case 'NotAuthorizedException':
      return notAuthorized(message, doing);
    case 'UserNotFoundException':
      return doing === 'confirm' || doing === 'reset' ? OLD_CODE : NOT_SIGNED_IN;
    case 'UserNotConfirmedException':
      return { title: 'This account is not confirmed yet', next: 'Enter the code that was sent to the address.', leadsTo: 'confirm' };
    case 'PasswordResetRequiredException':
      return { title: 'This account needs a new password', next: 'Choose one; a code is sent to the address.', leadsTo: 'reset' };
    case 'UsernameExistsException':
    case 'AliasExistsException':
      return { title: 'There is an account with this address', next: 'Sign in, or choose a new password if you do not know it.', leadsTo: 'sign-in' };
    case 'InvalidPasswordException':
      return { title: 'The password is not accepted', next: `Choose another one.${reason(message)}`, field: 'password' };
    case 'PasswordHistoryPolicyViolationException':
      return { title: 'The password was used before', next: 'Choose one that you have not used here before.', field: 'password' };
    case 'CodeMismatchException':
    case 'EnableSoftwareTokenMFAException':
      return WRONG_CODE;
    case 'ExpiredCodeException':
      return OLD_CODE;
    case 'LimitExceededException':
    case 'TooManyFailedAttemptsException':
      return TOO_MANY;
    case 'TooManyRequestsException':
    case 'ThrottlingException':
      return BUSY;
    case 'CodeDeliveryFailureException':
      return { title: 'The code could not be sent', next: 'Check the address. If it is right, try again in a moment.', field: 'email' };
    case 'InvalidParameterException':
      return invalid(message, doing);
    case 'UserLambdaValidationException':
      return { title: 'This address is not let in', next: 'This server accepts only certain people. Ask whoever runs it.' };
    case 'ForbiddenException':
      return { title: 'Your network is not let in', next: 'Try from another network, or ask whoever runs this server.' };
    case 'ResourceNotFoundException':
    case 'InvalidUserPoolConfigurationException':
    case 'UnexpectedLambdaException':
    case 'InvalidLambdaResponseException':
      return CLOSED;
    default:
      // NetworkError, InternalErrorException, a chunk of the page that did not load, and what nobody foresaw.
      return NO_ANSWER;
  }
}

function notAuthorized(message: string, doing: Doing): AccountProblem {
  if (/attempts exceeded/i.test(message)) return TOO_MANY;
  if (/status is CONFIRMED/.test(message)) return CONFIRMED;
  if (/SignUp is not permitted/i.test(message)) return { title: 'Nobody makes an account here by themselves', next: 'Ask whoever runs this server for one.', leadsTo: 'sign-in' };
  return doing === 'second-factor' ? OVER : NOT_SIGNED_IN;
}

function invalid(message: string, doing: Doing): AccountProblem {
  if (/already confirmed/i.test(message)) return CONFIRMED;
  if (/no registered\/verified/i.test(message)) return { title: 'This account is not confirmed yet', next: 'Confirm the address first: enter the code that was sent to it, or have another one sent.', leadsTo: 'confirm' };
  if (/password/i.test(message)) return { title: 'The password is not accepted', next: 'Choose another one.', field: 'password' };
  if (/code/i.test(message)) return WRONG_CODE;
  if (doing === 'sign-up' || /email|username/i.test(message)) return { title: 'The address is not accepted', next: 'Check the e-mail address.', field: 'email' };
  return CLOSED;
}

/** Cognito says in English which rule of the pool a password broke, and nothing else. */
function reason(message: string): string {
  const broken = /conform with policy: (.+)/i.exec(message)?.[1]?.trim();
  return broken ? ` The user pool says: ${broken.replace(/\.$/, '')}.` : '';
}
