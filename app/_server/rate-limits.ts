/** How often one person and one address may ask. Ordinary use stays an order of magnitude below. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { createTokenBuckets } from './token-buckets.ts';
import type { TokenBuckets } from './token-buckets.ts';

/** A page that polls twice a second uses 120 of these. */
export const REQUESTS_PER_PERSON_PER_MINUTE = 600;
/** Several people may share an address (an office, a school). */
export const REQUESTS_PER_ADDRESS_PER_MINUTE = 3_000;
export const SIGN_INS_PER_ADDRESS_PER_MINUTE = 120;

/** Meetings read by a shared link, of people who are not signed in. */
export const SHARED_READS_PER_ADDRESS_PER_MINUTE = 120;

export interface RateLimits {
  person: TokenBuckets;
  address: TokenBuckets;
  signIn: TokenBuckets;
  shared: TokenBuckets;
}

export function createRateLimits(clock: Clock): RateLimits {
  return {
    person: createTokenBuckets({ perMinute: REQUESTS_PER_PERSON_PER_MINUTE, clock }),
    address: createTokenBuckets({ perMinute: REQUESTS_PER_ADDRESS_PER_MINUTE, clock }),
    signIn: createTokenBuckets({ perMinute: SIGN_INS_PER_ADDRESS_PER_MINUTE, clock }),
    shared: createTokenBuckets({ perMinute: SHARED_READS_PER_ADDRESS_PER_MINUTE, clock }),
  };
}

/** @throws SpoolError `rate.limited` with the seconds to wait */
export function takeToken(buckets: TokenBuckets, key: string): void {
  const retryAfterS = buckets.take(key);
  if (retryAfterS !== null) throw new SpoolError('rate.limited', undefined, { retryAfterS });
}
