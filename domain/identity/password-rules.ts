/**
 * What our user pool asks of a password (amplify/auth/user-pool.ts), and what the pages ask where they are told of a pool but not of
 * its rules. Length counts, kinds of characters do not: NIST SP 800-63B, 5.1.1.
 */
export const OUR_PASSWORD_RULES = { minLength: 12, lower: false, upper: false, number: false, symbol: false };
