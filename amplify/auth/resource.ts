import { defineAuth } from '@aws-amplify/backend';

/**
 * Accounts: an e-mail address and a password, a second factor by an app for those who want it. Anybody may sign up and is a
 * learner; interviewers and admins are put into their group by somebody who may administer the pool.
 */
export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailStyle: 'CODE',
      verificationEmailSubject: 'Your code for Spool',
      verificationEmailBody: (createCode) => `Your code is ${createCode()}. It is good for a day. If you did not ask for it, nothing has to be done.`,
    },
  },
  // Shown to people one meets in a session; the ID token carries it.
  userAttributes: { fullname: { required: true, mutable: true } },
  multifactor: { mode: 'OPTIONAL', totp: true },
  accountRecovery: 'EMAIL_ONLY',
  // The first counts most where somebody is in several.
  groups: ['admin', 'interviewer', 'learner'],
});
