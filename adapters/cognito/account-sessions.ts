/**
 * Renewing and ending sign-ins at a Cognito user pool, by three operations of its public API that need no credentials:
 * GetTokensFromRefreshToken, RevokeToken, GlobalSignOut (the Amazon Cognito user pools API reference).
 */
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { AccountSessions } from '#domain/identity/ports.ts';

/** Cognito answers in a fraction of a second; a page should not wait longer than this for it. */
const ANSWERS_WITHIN_MS = 10_000;
/** Requests of one page come together, all with the old cookie: one renewal serves them. */
export const KEPT_MS = 60_000;
const MAX_KEPT = 10_000;
/** Refusals that will not change by trying again. */
const REFUSED = ['NotAuthorizedException', 'UserNotFoundException', 'UserNotConfirmedException', 'InvalidParameterException', 'RefreshTokenReuseException', 'PasswordResetRequiredException', 'UnsupportedTokenTypeException'];

const tokensSchema = z.object({ AuthenticationResult: z.object({ IdToken: z.string(), AccessToken: z.string() }) });
const problemSchema = z.object({ __type: z.string() });
const claimsSchema = z.object({ exp: z.number() });

export interface CognitoSessionsOptions {
  userPoolId: string;
  clientId: string;
  /** Instead of Cognito's own address in the pool's region. */
  endpoint: string | null;
  clock: Clock;
}

export function createCognitoSessions({ userPoolId, clientId, endpoint, clock }: CognitoSessionsOptions): AccountSessions {
  const url = endpoint ?? `https://cognito-idp.${userPoolId.split('_')[0]}.amazonaws.com/`;
  const renewals = new Map<string, { idToken: Promise<string>; untilMs: number }>();
  /** Until when a sign-in that was ended is not renewed here, whatever was under way then; Cognito itself refuses it later. */
  const ended = new Map<string, number>();
  const isEnded = (refreshToken: string) => (ended.get(refreshToken) ?? -Infinity) > clock.nowMs();

  async function fresh(refreshToken: string): Promise<{ idToken: string; accessToken: string }> {
    const answer = tokensSchema.safeParse(await call(url, 'GetTokensFromRefreshToken', { ClientId: clientId, RefreshToken: refreshToken }));
    if (!answer.success) throw new SpoolError('unavailable', 'Cognito answered a renewal without tokens.');
    return { idToken: answer.data.AuthenticationResult.IdToken, accessToken: answer.data.AuthenticationResult.AccessToken };
  }

  return {
    secondsLeft: (token) => (expiryMs(token) - clock.nowMs()) / 1000,
    renew(refreshToken) {
      if (isEnded(refreshToken)) return Promise.reject(overAlready());
      const nowMs = clock.nowMs();
      const known = renewals.get(refreshToken);
      if (known && known.untilMs > nowMs) return known.idToken;
      for (const [key, { untilMs }] of renewals) if (untilMs <= nowMs || renewals.size >= MAX_KEPT) renewals.delete(key);
      const idToken = fresh(refreshToken).then((tokens) => {
        if (isEnded(refreshToken)) throw overAlready();
        return tokens.idToken;
      });
      const kept = { idToken, untilMs: nowMs + KEPT_MS };
      renewals.set(refreshToken, kept);
      idToken.catch(() => renewals.get(refreshToken) === kept && renewals.delete(refreshToken));
      return idToken;
    },
    async end(refreshToken, where) {
      renewals.delete(refreshToken);
      const nowMs = clock.nowMs();
      for (const [key, untilMs] of ended) if (untilMs <= nowMs) ended.delete(key);
      ended.set(refreshToken, nowMs + KEPT_MS);
      try {
        if (where === 'everywhere') await call(url, 'GlobalSignOut', { AccessToken: (await fresh(refreshToken)).accessToken });
        else await call(url, 'RevokeToken', { ClientId: clientId, Token: refreshToken });
      } catch (error) {
        ended.delete(refreshToken);
        throw error;
      }
    },
  };
}

const overAlready = () => new SpoolError('auth.invalid', 'The sign-in was ended meanwhile.');

/** @throws SpoolError `auth.invalid` | `unavailable`; neither names what was sent */
async function call(url: string, operation: string, body: Record<string, string>): Promise<unknown> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      redirect: 'error',
    });
    const text = await response.text();
    answer = text ? JSON.parse(text) : {};
  } catch (error) {
    throw new SpoolError('unavailable', `Cognito did not answer ${operation}.`, { cause: error });
  }
  if (response.ok) return answer;
  // Some answers write the name of the error behind a namespace.
  const type = problemSchema.safeParse(answer).data?.__type.split('#').at(-1) ?? '';
  if (REFUSED.includes(type)) throw new SpoolError('auth.invalid', `Cognito refused ${operation}: ${type}.`);
  throw new SpoolError('unavailable', `Cognito answered ${operation} with status ${response.status}.`);
}

/** What the token says, unverified: only whether it is time to renew it follows from this. */
function expiryMs(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return claimsSchema.parse(claims).exp * 1000;
  } catch {
    return -Infinity;
  }
}
