/**
 * Accounts of a Cognito user pool, through aws-amplify. Loaded by the pages of signing in alone, and only when they need it.
 * Tokens are kept in memory for the moment between Cognito and our server; nothing of them reaches the browser's storage.
 */
import { Amplify } from 'aws-amplify';
import { type SignInOutput, cognitoUserPoolsTokenProvider, confirmResetPassword, confirmSignIn, confirmSignUp, resendSignUpCode, resetPassword, signIn, signUp } from 'aws-amplify/auth/cognito';
import type { KeyValueStorageInterface } from 'aws-amplify/utils';
import type { AccountSignIn } from '#domain/identity/account.ts';

export interface AccountTokens {
  idToken: string;
  refreshToken: string;
}
/** What a sign-in asks for next. */
export type SignInStep =
  | { step: 'done'; tokens: AccountTokens }
  | { step: 'confirm' }
  | { step: 'reset' }
  /** A second factor; `where`: the number or address a code went to, shortened by Cognito. */
  | { step: 'code'; by: 'app' | 'sms' | 'email'; where: string | null }
  /** Somebody else made the account and chose its password, and perhaps gave it no name. */
  | { step: 'new-password'; name: boolean }
  /** What these pages do not offer, by its name at Amplify. */
  | { step: 'unsupported'; name: string };

export interface AccountClient {
  signIn(email: string, password: string): Promise<SignInStep>;
  /** Answers the step before it: with a code, or a new password and, where that is asked for, a name. */
  answer(response: string, name?: string): Promise<SignInStep>;
  /** @returns whether a code was sent that confirms the address */
  signUp(account: { email: string; password: string; name: string }): Promise<{ confirm: boolean }>;
  confirm(email: string, code: string): Promise<void>;
  /** Sends the code of `confirm` again. */
  resend(email: string): Promise<void>;
  /** Sends a code to the address, or seems to, where there is no such account. */
  requestReset(email: string): Promise<void>;
  reset(email: string, code: string, password: string): Promise<void>;
}

/** Every function rejects with Cognito's exception, whose `name` account-problem.ts puts into words. */
export function createAccountClient({ userPoolId, clientId, endpoint }: AccountSignIn): AccountClient {
  const Cognito = { userPoolId, userPoolClientId: clientId, ...(endpoint ? { userPoolEndpoint: endpoint } : {}), loginWith: { email: true } };
  const memory = new Memory();
  Amplify.configure({ Auth: { Cognito } }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });
  cognitoUserPoolsTokenProvider.setAuthConfig({ Cognito });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(memory);

  return {
    async signIn(email, password) {
      // A sign-in that was broken off after its tokens came must not stand in the way of this one.
      await memory.clear();
      return stepOf(await signIn({ username: email, password, options: { authFlowType: 'USER_SRP_AUTH' } }), memory);
    },
    answer: async (response, name) => stepOf(await confirmSignIn({ challengeResponse: response, ...(name ? { options: { userAttributes: { name } } } : {}) }), memory),
    async signUp({ email, password, name }) {
      const { nextStep } = await signUp({ username: email, password, options: { userAttributes: { email, name } } });
      return { confirm: nextStep.signUpStep === 'CONFIRM_SIGN_UP' };
    },
    confirm: async (email, code) => void (await confirmSignUp({ username: email, confirmationCode: code })),
    resend: async (email) => void (await resendSignUpCode({ username: email })),
    requestReset: async (email) => void (await resetPassword({ username: email })),
    reset: (email, code, password) => confirmResetPassword({ username: email, confirmationCode: code, newPassword: password }),
  };
}

function stepOf({ isSignedIn, nextStep }: SignInOutput, memory: Memory): SignInStep {
  if (isSignedIn) return { step: 'done', tokens: memory.takeTokens() };
  switch (nextStep.signInStep) {
    case 'CONFIRM_SIGN_UP':
      return { step: 'confirm' };
    case 'RESET_PASSWORD':
      return { step: 'reset' };
    case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
      return { step: 'code', by: 'app', where: null };
    case 'CONFIRM_SIGN_IN_WITH_SMS_CODE':
      return { step: 'code', by: 'sms', where: nextStep.codeDeliveryDetails?.destination ?? null };
    case 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE':
      return { step: 'code', by: 'email', where: nextStep.codeDeliveryDetails?.destination ?? null };
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED': {
      // Other attributes that are missing can only be filled in by whoever runs the user pool.
      const missing: string[] = nextStep.missingAttributes ?? [];
      return missing.every((attribute) => attribute === 'name') ? { step: 'new-password', name: missing.length > 0 } : { step: 'unsupported', name: missing.join() };
    }
    default:
      return { step: 'unsupported', name: nextStep.signInStep };
  }
}

/** What Amplify would otherwise write into localStorage, where any script of the page could read it. */
class Memory implements KeyValueStorageInterface {
  #items = new Map<string, string>();
  async setItem(key: string, value: string): Promise<void> {
    this.#items.set(key, value);
  }
  async getItem(key: string): Promise<string | null> {
    return this.#items.get(key) ?? null;
  }
  async removeItem(key: string): Promise<void> {
    this.#items.delete(key);
  }
  async clear(): Promise<void> {
    this.#items.clear();
  }
  /** The tokens of the sign-in that is complete; they are in here no more. */
  takeTokens(): AccountTokens {
    const value = (name: string) => [...this.#items].find(([key]) => key.endsWith(`.${name}`))?.[1];
    const [idToken, refreshToken] = [value('idToken'), value('refreshToken')];
    this.#items.clear();
    if (!idToken || !refreshToken) throw new Error('Cognito signed somebody in without an ID token and a refresh token.');
    return { idToken, refreshToken };
  }
}
